"""What Mooring itself knows of a machine, beside what its sources say: told in the details. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mooring.ui.browser.ago import ago
from mooring_widgets.machine_list import RowState

if TYPE_CHECKING:
    from mooring.store.recent import Visit
    from mooring.ui.browser.findings import Finding

VISITS_SHOWN = 3
NEIGHBOURS_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Background:
    """How a machine was found when it was looked for, when the person was there, and who lives in the same place.

    `jump` is the last host on the way there, and `beside` the other machines behind it; `behind` are those that are
    reached through this one.
    """

    finding: Finding | None = None
    is_checking: bool = False
    visits: tuple[Visit, ...] = ()
    jump: str = ""
    beside: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()

    @property
    def state(self) -> RowState:
        """How it was found."""
        if self.is_checking:
            return RowState.CHECKING
        return RowState.IDLE if self.finding is None else self.finding.state

    def reached(self, now: float) -> str:
        """The finding in words, and how old it is; "" where nobody has looked."""
        if self.is_checking:
            return "looking …"
        if self.finding is None:
            return ""
        age = ago(now - self.finding.when)
        return self.finding.sentence if age == "now" else f"{self.finding.sentence} ({age} ago)"

    def last_there(self, now: float) -> str:
        """The last connections: "3 h ago, 2 d ago by ssh"."""
        told = dict.fromkeys(_visit(visit, now) for visit in self.visits)
        return ", ".join(tuple(told)[:VISITS_SHOWN])


NOTHING_MORE = Background()
"""Of a machine that nothing else is known of."""


def names_told(names: Sequence[str]) -> str:
    """The first of them, and how many more there are."""
    told = ", ".join(names[:NEIGHBOURS_SHOWN])
    more = len(names) - NEIGHBOURS_SHOWN
    return f"{told} and {more} more" if more > 0 else told


def _visit(visit: Visit, now: float) -> str:
    age = ago(now - visit.when)
    when = "just now" if age == "now" else f"{age} ago"
    return when if visit.how == "native" else f"{when} by {visit.how}"
