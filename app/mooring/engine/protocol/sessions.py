"""Sessions: shells in tabs and commands that run apart, from the wish to the end."""

from __future__ import annotations

import msgspec

from mooring.engine.protocol.message import Failure, Message
from mooring.model.connection import ConnectionFacts, Step
from mooring.model.machine import Machine, Target
from mooring.model.recording import RecordingPlan, RecordingState
from mooring.model.terminal import ExitResult, TerminalSize

# Towards the engine.


class OpenSession(Message, frozen=True):
    """Connect to a machine and start a login shell in a PTY there. `credit` is how many bytes of output may follow.

    The scrollback's bounds are those of the UI's terminal: a session that is kept has as much. `splash` says whether
    the machine, its address and host key are written to the terminal first. With `reconnect` a connection that is lost
    is made again, for as long as that may help; SessionReconnecting tells of it, and SessionOpened that it is back.
    With a `recording` all that is written on the terminal is recorded.
    """

    session: int
    machine: Machine
    size: TerminalSize
    terminal_type: str
    environment: dict[str, str]
    credit: int
    scrollback_lines: int = 10_000
    scrollback_bytes: int = 64 * 1024 * 1024
    splash: bool = False
    reconnect: bool = True
    recording: RecordingPlan | None = None


class RunCommand(Message, frozen=True):
    """Run `command` on the machine's connection, beside what else is there; answered as OpenSession is.

    Without a `size` there is no PTY, and standard error comes apart. `credit` is for both streams together. With
    `takes_input` what is fed follows, and CloseInput; else its standard input is at its end from the beginning.
    """

    session: int
    target: Target
    command: str
    credit: int
    size: TerminalSize | None = None
    terminal_type: str = ""
    environment: dict[str, str] = msgspec.field(default_factory=dict)
    takes_input: bool = False


class ResizeSession(Message, frozen=True):
    """The terminal of a session has a new size, since it has shown `after` bytes of what it was sent."""

    session: int
    size: TerminalSize
    after: int = 0


class GrantCredit(Message, frozen=True):
    """So many more bytes of output may be sent for this session."""

    session: int
    count: int


class CloseInput(Message, frozen=True):
    """A command's standard input is at its end."""

    session: int


class RecordSession(Message, frozen=True):
    """Record a session's output from now on, or (None) no more; answered by RecordingChanged."""

    session: int
    plan: RecordingPlan | None


class CloseSession(Message, frozen=True):
    """Hang up: the channel is closed, and its connection when nothing else uses it. A command gets SIGTERM before."""

    session: int


class ReconnectSession(Message, frozen=True):
    """Try at once, where a session waits for its next attempt; give a connection up that does not answer now."""

    session: int


# Towards the user interface.


class SessionProgress(Message, frozen=True):
    """A session on its way: `hop` is the host that it is dealing with."""

    session: int
    step: Step
    hop: str


class SessionOpened(Message, frozen=True):
    """The program runs; output follows."""

    session: int
    facts: ConnectionFacts


class SessionReconnecting(Message, frozen=True):
    """The connection was lost, or could not be made again: attempt number `attempt` follows in `seconds`.

    SessionProgress tells how far that one has come.
    """

    session: int
    failure: Failure
    attempt: int
    seconds: float


class SessionSilent(Message, frozen=True):
    """The other side owes an answer, or has given it: what is typed waits, or is on its way, until then."""

    session: int
    silent: bool


class SessionEnded(Message, frozen=True):
    """The remote program is gone; all its output has been sent before this."""

    session: int
    result: ExitResult


class SessionFailed(Message, frozen=True):
    """The session never opened, or its connection was lost."""

    session: int
    failure: Failure


class SessionNotice(Message, frozen=True):
    """Text to show in a session before or between its output: a banner, a warning."""

    session: int
    hop: str
    text: str


class RecordingChanged(Message, frozen=True):
    """A session is recorded to a file, the recording failed, or there is none any more."""

    session: int
    state: RecordingState | None


class GrantInput(Message, frozen=True):
    """So many more bytes may be fed to a command: its channel has passed on what came before."""

    session: int
    count: int
