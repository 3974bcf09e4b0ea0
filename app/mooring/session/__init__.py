"""A session's life, apart from any screen: states, reconnect, recording."""

from mooring.session.credit import CREDIT
from mooring.session.engine_link import EngineLink
from mooring.session.run import Run, RunListener, Runs
from mooring.session.session import Session, SessionState
from mooring.session.sessions import SessionListener, Sessions
from mooring.session.splash import splash

__all__ = [
    "CREDIT",
    "EngineLink",
    "Run",
    "RunListener",
    "Runs",
    "Session",
    "SessionListener",
    "SessionState",
    "Sessions",
    "splash",
]
