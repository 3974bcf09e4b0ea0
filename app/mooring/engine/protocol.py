"""The messages between the user interface and the engine.

A frame is a four-byte big-endian length (of the body alone), a one-byte kind, and the body. Kind 0 carries one of the
structs below as msgpack; kinds 1 and 2 carry a session's raw bytes behind its four-byte id (1: typed, towards the
engine; 2: output, towards the UI), so that neither side pays for an encoder where the bytes are many. Session ids are
chosen by the UI, question ids by the engine.
"""

from __future__ import annotations

from typing import Any

import msgspec

from mooring.model.connection import ConnectionFacts, Step
from mooring.model.machine import Target
from mooring.model.origin import Origin
from mooring.model.prompts import HostKeyQuestion, KeyboardInteractiveQuestion, SecretQuestion
from mooring.model.terminal import ExitResult, TerminalSize

PROTOCOL_VERSION = 1
"""Both sides name it in their first message; a difference ends the conversation with both numbers said."""


class Message(msgspec.Struct, frozen=True, tag=True, tag_field="type"):
    """What both directions have in common."""


class Hello(Message, frozen=True):
    """The first message of either side."""

    version: int
    process_id: int


# Towards the engine.


class OpenSession(Message, frozen=True):
    """Connect to `target` and start a login shell in a PTY there. `credit` is how many bytes of output may follow."""

    session: int
    target: Target
    size: TerminalSize
    terminal_type: str
    environment: dict[str, str]
    credit: int


class ResizeSession(Message, frozen=True):
    """The terminal of a session has a new size."""

    session: int
    size: TerminalSize


class GrantCredit(Message, frozen=True):
    """So many more bytes of output may be sent for this session."""

    session: int
    count: int


class CloseSession(Message, frozen=True):
    """Hang up: the channel is closed, and its connection when nothing else uses it."""

    session: int


class AnswerQuestion(Message, frozen=True):
    """What the person said; None is "leave it"."""

    question: int
    answer: tuple[str, ...] | None

    def __repr__(self) -> str:
        return f"AnswerQuestion(question={self.question}, answer=<withheld>)"

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        """Keep the answer out of tracebacks that rich prints with local variables, as Textual's do."""
        return [("question", self.question), ("answer", "<withheld>")]


class Shutdown(Message, frozen=True):
    """End every session and the engine."""


# Towards the user interface.


class SessionProgress(Message, frozen=True):
    """A session on its way: `hop` is the host that it is dealing with."""

    session: int
    step: Step
    hop: str


class SessionOpened(Message, frozen=True):
    """The shell runs; output follows."""

    session: int
    facts: ConnectionFacts


class SessionEnded(Message, frozen=True):
    """The remote program is gone; all its output has been sent before this."""

    session: int
    result: ExitResult


class Failure(msgspec.Struct, frozen=True):
    """An error of `mooring.model.errors`, as data: its class name, and what it carries.

    `mooring.engine.failures` makes it and turns it into the error again; what a class does not carry is None.
    """

    kind: str
    message: str
    hint: str | None = None
    hop: str | None = None
    origin: Origin | None = None
    fingerprint: str | None = None
    known_fingerprint: str | None = None
    known_name: str | None = None


class SessionFailed(Message, frozen=True):
    """The session never opened, or its connection was lost."""

    session: int
    failure: Failure


class SessionNotice(Message, frozen=True):
    """Text to show in a session before or between its output: a banner, a warning."""

    session: int
    hop: str
    text: str


class AskQuestion(Message, frozen=True):
    """A question for the person; every one is answered or cancelled once."""

    question: int
    session: int
    host_key: HostKeyQuestion | None = None
    secret: SecretQuestion | None = None
    keyboard: KeyboardInteractiveQuestion | None = None


class CancelQuestion(Message, frozen=True):
    """A question lapsed (its connection is gone); an open dialog closes."""

    question: int


ToEngine = Hello | OpenSession | ResizeSession | GrantCredit | CloseSession | AnswerQuestion | Shutdown
ToUI = (
    Hello
    | SessionProgress
    | SessionOpened
    | SessionEnded
    | SessionFailed
    | SessionNotice
    | AskQuestion
    | CancelQuestion
)
