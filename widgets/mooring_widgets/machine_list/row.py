"""What the list shows of one machine, as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class RowState(StrEnum):
    """What goes on with a machine; each state has a sign of its own, so that none is told by colour alone."""

    IDLE = "idle"
    CONNECTING = "connecting"
    OPEN = "open"
    FAILED = "failed"


STATE_SIGNS = {RowState.IDLE: " ", RowState.CONNECTING: "◌", RowState.OPEN: "●", RowState.FAILED: "✕"}
PROBLEM_SIGN = "!"
GUARD_SIGN = "⚠"
MARK_SIGN = "✓"


@dataclass(frozen=True, slots=True)
class MachineRow:
    """One machine. `key` identifies it and stays the same over reloads; everything else is shown as text.

    The fields may hold what strangers wrote: control characters and markup are taken out when they are painted.
    `group` is the heading that the row stands under, empty for none. `problem` says why the machine can't be used;
    `remark` is a word on its state ("refused"), shown where room is left.
    """

    key: str
    name: str
    address: str = ""
    user: str = ""
    driver: str = ""
    tags: tuple[str, ...] = ()
    group: str = ""
    problem: str | None = None
    remark: str = ""
    guard: bool = False
    state: RowState = RowState.IDLE
