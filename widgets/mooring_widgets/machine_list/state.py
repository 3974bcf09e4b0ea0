"""The states of a machine in the list, each with a sign, so that none is told by colour alone."""

from __future__ import annotations

from enum import Enum, StrEnum, auto
from typing import NamedTuple


class RowState(StrEnum):
    """What goes on with a machine. The value is what the list says of it where nothing more is known."""

    IDLE = "idle"
    CHECKING = "checking"
    CONNECTING = "connecting"
    OPEN = "open"
    UP = "up"
    KEY_UNKNOWN = "key unknown"
    KEY_CHANGED = "key changed"
    REFUSED = "refused"
    TIMED_OUT = "timed out"
    DNS_FAILED = "DNS failed"
    NO_ROUTE = "no route"
    FAILED = "failed"

    @property
    def is_down(self) -> bool:
        """Whether the machine could not be reached."""
        return self in _DOWN


class Tone(Enum):
    """How a state is meant, which decides its colour."""

    QUIET = auto()
    GOOD = auto()
    BUSY = auto()
    BAD = auto()


class StateSign(NamedTuple):
    """One cell, and how it is meant."""

    sign: str
    tone: Tone


STATE_SIGNS = {
    RowState.IDLE: StateSign(" ", Tone.QUIET),
    RowState.CHECKING: StateSign("·", Tone.QUIET),
    RowState.CONNECTING: StateSign("◌", Tone.BUSY),
    RowState.OPEN: StateSign("●", Tone.GOOD),
    RowState.UP: StateSign("•", Tone.GOOD),
    RowState.KEY_UNKNOWN: StateSign("?", Tone.BUSY),
    RowState.KEY_CHANGED: StateSign("≠", Tone.BAD),
    RowState.REFUSED: StateSign("✕", Tone.BAD),
    RowState.TIMED_OUT: StateSign("✕", Tone.BAD),
    RowState.DNS_FAILED: StateSign("✕", Tone.BAD),
    RowState.NO_ROUTE: StateSign("✕", Tone.BAD),
    RowState.FAILED: StateSign("✕", Tone.BAD),
}
PROBLEM_SIGN = StateSign("!", Tone.BAD)

_DOWN = frozenset({RowState.REFUSED, RowState.TIMED_OUT, RowState.DNS_FAILED, RowState.NO_ROUTE, RowState.FAILED})


class Condition(NamedTuple):
    """A state and what is to be told of it, empty for the state's own word."""

    state: RowState
    detail: str = ""

    @property
    def text(self) -> str:
        """What a person reads of it; nothing for a machine that nothing is known of."""
        return self.detail or ("" if self.state is RowState.IDLE else self.state.value)
