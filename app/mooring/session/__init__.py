"""A session's life, apart from any screen: states, reconnect, recording."""

from mooring.session.credit import CREDIT
from mooring.session.engine_choice import EngineChoice
from mooring.session.engine_link import EngineLink
from mooring.session.file_access import FileAccess, FileAccessListener, Folder
from mooring.session.run import Run, RunListener, Runs
from mooring.session.session import ForwardCount, Retry, Session, SessionState
from mooring.session.sessions import SessionListener, Sessions, TerminalChoices

__all__ = [
    "CREDIT",
    "EngineChoice",
    "EngineLink",
    "FileAccess",
    "FileAccessListener",
    "Folder",
    "ForwardCount",
    "Retry",
    "Run",
    "RunListener",
    "Runs",
    "Session",
    "SessionListener",
    "SessionState",
    "Sessions",
    "TerminalChoices",
]
