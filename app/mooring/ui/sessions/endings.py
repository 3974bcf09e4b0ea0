"""How a session ended, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from mooring.model.errors import (
    AuthenticationFailedError,
    CancelledByPersonError,
    ConfigError,
    ConnectionFailedError,
    ConnectionLostError,
    EngineError,
    EngineTakenOverError,
    HostKeyChangedError,
    HostKeyError,
    HostKeyRevokedError,
    MooringError,
    UnsupportedError,
)
from mooring.session import Session, SessionState
from mooring.ui.problems import problem_lines, shorten_home


@dataclass(frozen=True, slots=True)
class Ending:
    """What happened, why, and the next step; a sign goes with the state."""

    title: str
    reason: str = ""
    hint: str = ""
    is_failure: bool = False

    @property
    def sign(self) -> str:
        """The sign of the tab's state."""
        return "✕" if self.is_failure else "■"


def ending_of(session: Session, *, ssh_available: bool = True) -> Ending:
    """Tell how `session` ended, which is over; `ssh_available` says whether it can be handed to the system's ssh."""
    name = session.machine.name
    if session.state is SessionState.FAILED and session.failure is not None:
        return _failure(session, session.failure, ssh_available=ssh_available)
    lasted = f" after {spell_duration(session.ended - session.started)}" if session.ended else ""
    result = session.result
    if result is None:
        return Ending(f"{name} ended{lasted}")
    if result.signal is not None:
        return Ending(f"{name} was ended by signal {result.signal}{lasted}", reason=result.message)
    if result.status is None:
        return Ending(f"{name} was closed{lasted}", reason=result.message if result.message != "closed" else "")
    return Ending(f"{name} ended with status {result.status}{lasted}", reason=result.message)


def spell_duration(duration: timedelta) -> str:
    """A duration as people say it: two units at most."""
    seconds = int(duration.total_seconds())
    if seconds < 60:
        return f"{seconds} s"
    minutes, seconds = divmod(seconds, 60)
    if minutes < 60:
        return f"{minutes} min {seconds} s"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min"


def _failure(session: Session, failure: MooringError, *, ssh_available: bool) -> Ending:
    name = session.machine.name
    reason = "\n".join(problem_lines(failure))
    if isinstance(failure, HostKeyChangedError):
        reason = f"{reason}\nThe key on record is at {shorten_home(str(failure.origin))}."
    if isinstance(failure, ConnectionFailedError) and failure.hop not in ("", session.machine.target.host):
        reason = f"{failure.hop}: {reason}"
    hint = failure.hint or ""
    if isinstance(failure, UnsupportedError) and ssh_available:
        hint = "Press o: the system's ssh can."
    is_failure = not isinstance(failure, EngineTakenOverError)
    return Ending(_title(name, session, failure), reason, hint, is_failure=is_failure)


def _title(name: str, session: Session, failure: MooringError) -> str:
    match failure:
        case HostKeyChangedError():
            return f"{name} shows another host key than before: refused"
        case HostKeyRevokedError():
            return f"{name} shows a host key that was revoked: refused"
        case HostKeyError():
            return f"{name} could not show that it is the right host"
        case AuthenticationFailedError():
            return f"{name} did not let us in"
        case CancelledByPersonError():
            return f"{name}: left, as you asked"
        case UnsupportedError():
            return f"{name} needs something that the native client can't do"
        case ConfigError():
            return f"The configuration of {name} can't be used"
        case EngineTakenOverError():
            return f"Another Mooring shows {name} now"
        case EngineError():
            return f"The engine that carried {name} is gone"
        case ConnectionLostError():
            return f"The connection to {name} was lost"
    return f"{name}: the session broke off" if session.facts else f"{name} can't be reached"
