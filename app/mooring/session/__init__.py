"""A session's life, apart from any screen: states, reconnect, recording."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mooring_widgets.facade import parts_of

if TYPE_CHECKING:
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

_HOMES = {
    "CREDIT": "credit",
    "EngineChoice": "engine_choice",
    "EngineLink": "engine_link",
    "FileAccess": "file_access",
    "FileAccessListener": "file_access",
    "Folder": "file_access",
    "ForwardCount": "session",
    "Retry": "session",
    "Run": "run",
    "RunListener": "run",
    "Runs": "run",
    "Session": "session",
    "SessionListener": "sessions",
    "SessionState": "session",
    "Sessions": "sessions",
    "TerminalChoices": "sessions",
}
"""The module of each of them."""

if not TYPE_CHECKING:
    __getattr__ = parts_of(__name__, _HOMES)
