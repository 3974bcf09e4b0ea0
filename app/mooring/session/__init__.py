"""A session's life, apart from any screen: states, reconnect, recording."""

from mooring.session.session import Session, SessionState
from mooring.session.sessions import SessionListener, Sessions
from mooring.session.splash import splash

__all__ = ["Session", "SessionListener", "SessionState", "Sessions", "splash"]
