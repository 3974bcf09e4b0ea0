"""The messages between the user interface and the engine.

A frame is a four-byte big-endian length (of the body alone), a one-byte kind, and the body. Kind 0 carries one of the
structs of this package as msgpack; the other kinds carry a session's raw bytes behind its four-byte number (1: typed or
fed, towards the engine; 2 and 3: standard output and standard error, towards the UI), so that neither side pays for an
encoder where the bytes are many. A session is what RFC 4254 calls one: a shell in a tab, a command that runs apart, or
a subsystem. Its number is chosen by the UI, that of a question by the engine.
"""

from __future__ import annotations

from mooring.engine.protocol.attach import (
    ENVIRONMENT,
    LONGEST_NOTE,
    Attach,
    Detach,
    KeepFor,
    Kept,
    KeptSession,
    Look,
    Refused,
    Remember,
    Report,
    TakenOver,
    TakeUpSession,
)
from mooring.engine.protocol.files import (
    CopyFiles,
    CopyTold,
    CopyWouldReplace,
    FilesDone,
    FolderListed,
    ListFolder,
    MakeFolder,
    OpenFiles,
    RemoveFiles,
    RenameFile,
)
from mooring.engine.protocol.forwards import (
    AddForward,
    ForwardList,
    ListForwards,
    RemoveForward,
    SessionForwards,
)
from mooring.engine.protocol.message import PROTOCOL_VERSION, Failure, Hello, Message, Shutdown
from mooring.engine.protocol.questions import AnswerQuestion, AskQuestion, CancelQuestion
from mooring.engine.protocol.requests import CancelRequest, Probe, Probed, Reply, Request, RequestFailed
from mooring.engine.protocol.sessions import (
    CloseInput,
    CloseSession,
    GrantCredit,
    GrantInput,
    OpenSession,
    ReconnectSession,
    RecordingChanged,
    RecordSession,
    ResizeSession,
    RunCommand,
    SessionEnded,
    SessionFailed,
    SessionNotice,
    SessionOpened,
    SessionProgress,
    SessionReconnecting,
    SessionSilent,
)

ToEngine = (
    Hello
    | OpenSession
    | RunCommand
    | RecordSession
    | ResizeSession
    | GrantCredit
    | CloseInput
    | CloseSession
    | ReconnectSession
    | AnswerQuestion
    | Probe
    | CancelRequest
    | ListForwards
    | AddForward
    | RemoveForward
    | Attach
    | Look
    | TakeUpSession
    | OpenFiles
    | ListFolder
    | MakeFolder
    | RenameFile
    | RemoveFiles
    | CopyFiles
    | Remember
    | KeepFor
    | Detach
    | Shutdown
)
SessionNews = (
    SessionProgress
    | SessionOpened
    | SessionReconnecting
    | SessionSilent
    | SessionForwards
    | SessionEnded
    | SessionFailed
    | SessionNotice
    | RecordingChanged
    | CopyTold
    | GrantInput
    | AskQuestion
)
"""What is told about one session."""

News = SessionNews | CancelQuestion
"""What the UI is told unasked."""

ToUI = (
    Hello
    | Kept
    | Refused
    | TakenOver
    | Report
    | News
    | Probed
    | ForwardList
    | FolderListed
    | FilesDone
    | CopyWouldReplace
    | RequestFailed
)

__all__ = [
    "ENVIRONMENT",
    "LONGEST_NOTE",
    "PROTOCOL_VERSION",
    "AddForward",
    "AnswerQuestion",
    "AskQuestion",
    "Attach",
    "CancelQuestion",
    "CancelRequest",
    "CloseInput",
    "CloseSession",
    "CopyFiles",
    "CopyTold",
    "CopyWouldReplace",
    "Detach",
    "Failure",
    "FilesDone",
    "FolderListed",
    "ForwardList",
    "GrantCredit",
    "GrantInput",
    "Hello",
    "KeepFor",
    "Kept",
    "KeptSession",
    "ListFolder",
    "ListForwards",
    "Look",
    "MakeFolder",
    "Message",
    "News",
    "OpenFiles",
    "OpenSession",
    "Probe",
    "Probed",
    "ReconnectSession",
    "RecordSession",
    "RecordingChanged",
    "Refused",
    "Remember",
    "RemoveFiles",
    "RemoveForward",
    "RenameFile",
    "Reply",
    "Report",
    "Request",
    "RequestFailed",
    "ResizeSession",
    "RunCommand",
    "SessionEnded",
    "SessionFailed",
    "SessionForwards",
    "SessionNews",
    "SessionNotice",
    "SessionOpened",
    "SessionProgress",
    "SessionReconnecting",
    "SessionSilent",
    "Shutdown",
    "TakeUpSession",
    "TakenOver",
    "ToEngine",
    "ToUI",
]
