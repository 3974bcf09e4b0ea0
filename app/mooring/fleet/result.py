"""How far one machine has come in a run, and how it ended."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from mooring.fleet.capture import NOTHING, Capture
from mooring.model.terminal import ExitResult

FAILURE = 255
"""The status of whatever has no status of its own, as with ssh."""


class State(StrEnum):
    """One machine's state. `failed`: the command ended with another status than 0, or by a signal."""

    WAITING = "waiting"
    CONNECTING = "connecting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    TIMED_OUT = "timed out"
    UNREACHABLE = "unreachable"
    LOST = "lost"
    CANCELLED = "cancelled"

    @property
    def is_final(self) -> bool:
        """Whether nothing more will come."""
        return self not in (State.WAITING, State.CONNECTING, State.RUNNING)

    @property
    def is_fault(self) -> bool:
        """Whether it counts as a failure for `stop_after`; what was cancelled does not."""
        return self in (State.FAILED, State.TIMED_OUT, State.UNREACHABLE, State.LOST)


@dataclass(frozen=True, slots=True)
class MachineResult:
    """What one machine answered.

    `exit` is there where the command ended by itself. `reason` says in words why it did not, `reason_kind` is the same
    without the machine's own names, so that equal reasons can be told. `seconds` run from the first step towards the
    machine, without the time that a person took to answer.
    """

    machine: str
    state: State
    exit: ExitResult | None = None
    reason: str = ""
    reason_kind: str = ""
    output: Capture = NOTHING
    errors: Capture = NOTHING
    seconds: float = 0.0

    @property
    def status(self) -> int:
        """What a command line would end with."""
        return FAILURE if self.exit is None else self.exit.exit_code

    @property
    def ending(self) -> str:
        """The end in a few words: "done", "status 2", "killed by TERM", or the reason."""
        if self.exit is None:
            return self.reason_kind or str(self.state)
        if self.exit.signal is not None:
            return f"killed by {self.exit.signal}"
        if self.exit.status is None:
            return "ended without a status"
        return "done" if self.exit.status == 0 else f"status {self.exit.status}"


def exit_status(results: tuple[MachineResult, ...]) -> int:
    """The status of a whole run: the highest, which is 255 where a machine could not be reached or did not end."""
    return max((result.status for result in results), default=0)
