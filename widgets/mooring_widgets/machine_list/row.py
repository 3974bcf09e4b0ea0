"""What the list shows of one machine, as plain data."""

from __future__ import annotations

from dataclasses import dataclass

from mooring_widgets.machine_list.state import RowState


@dataclass(frozen=True, slots=True)
class MachineRow:
    """One machine. `key` identifies it, stays the same over reloads, and occurs once; everything else is shown as text.

    The fields may hold what strangers wrote: control characters and markup are taken out when they are painted.
    `groups` are the headings that the row stands under. `problem` says why the machine can't be used as it stands.
    `detail` is what is to be told of its state in place of the state's own word ("3 ms", "timed out after 5 s").
    `score` says how often and how lately the machine was used, 0 for never; `last_used` says the latter in words.
    `colour` is the machine's own, by any name or number that Textual takes; one that it does not know is left out.
    """

    key: str
    name: str
    address: str = ""
    user: str = ""
    driver: str = ""
    tags: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    last_used: str = ""
    problem: str | None = None
    guard: bool = False
    favourite: bool = False
    score: float = 0.0
    colour: str = ""
    state: RowState = RowState.IDLE
    detail: str = ""
