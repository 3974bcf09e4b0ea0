"""Who is at the engine's door: a UI that attaches, takes up what is kept, and leaves; or somebody who only looks."""

from __future__ import annotations

import msgspec

from mooring.engine.protocol.message import Failure, Message
from mooring.model.connection import ConnectionFacts
from mooring.model.kept_sessions import EngineReport
from mooring.model.machine import Machine
from mooring.model.terminal import TerminalSize

LONGEST_NOTE = 64 * 1024
"""Characters of a note."""

ENVIRONMENT = ("SSH_AUTH_SOCK", "SSH_ASKPASS", "DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY", "KRB5CCNAME")
"""Variables of a login session, taken over from each UI that attaches: the agent of the last login may be gone."""

# Towards the engine.


class Attach(Message, frozen=True):
    """Be this engine's UI, answered by Kept or Refused. Another one that is attached is sent away with `take_over`.

    `keep_seconds` is how long sessions are kept where the UI goes without a word; 0 ends them. `environment` has what
    this login session has in place of an earlier one's (the agent's socket, say); what it lacks is unset.
    """

    process_id: int
    keep_seconds: float = 0.0
    environment: dict[str, str] | None = None
    take_over: bool = False


class Look(Message, frozen=True):
    """Tell what is there, answered by Report."""


class TakeUpSession(Message, frozen=True):
    """Show a kept session on a terminal of `size`: what draws it comes first, on `credit`, then what follows."""

    session: int
    size: TerminalSize
    credit: int


class Remember(Message, frozen=True):
    """Keep a note for the next UI: how the tabs are called and arranged. The last one counts."""

    note: str


class KeepFor(Message, frozen=True):
    """From now on the `keep_seconds` of the attaching are these: the person has changed that setting."""

    seconds: float


class Detach(Message, frozen=True):
    """Leave, and keep all sessions without a limit in time. An engine without sessions ends."""


# Towards the user interface.


class KeptSession(msgspec.Struct, frozen=True):
    """A session that the engine has kept; it waits for TakeUpSession or CloseSession. `started` is in Unix time."""

    session: int
    machine: Machine
    size: TerminalSize
    state: str
    started: float
    facts: ConnectionFacts | None = None


class Kept(Message, frozen=True):
    """The UI is attached; what the engine has kept, oldest first.

    `can_keep` says whether a later UI would find the engine: where its door can't be made, it ends with this UI.
    """

    sessions: tuple[KeptSession, ...] = ()
    note: str = ""
    can_keep: bool = True


class Refused(Message, frozen=True):
    """The UI may not attach; the engine closes the stream."""

    failure: Failure


class TakenOver(Message, frozen=True):
    """Another UI is attached from now on; the engine closes the stream."""

    process_id: int


class Report(Message, frozen=True):
    """What a Look found."""

    report: EngineReport
