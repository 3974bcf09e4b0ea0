"""A workspace: which machines are open in which tabs, and how the tabs are divided, to be opened again later."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Literal


@dataclass(frozen=True, slots=True)
class PanePlan:
    """A session on the machine of that name. `session` is its number in an engine that keeps it, None elsewhere."""

    machine: str
    session: int | None = None


@dataclass(frozen=True, slots=True)
class SplitPlan:
    """Parts side by side ("columns") or stacked ("lines"), with their shares of the room in any unit."""

    axis: Literal["columns", "lines"]
    parts: tuple[Plan, ...]
    shares: tuple[float, ...]


Plan = PanePlan | SplitPlan


@dataclass(frozen=True, slots=True)
class TabPlan:
    """One tab; without a title of the person's own it is called as its machine is."""

    plan: Plan
    title: str = ""


@dataclass(frozen=True, slots=True)
class Workspace:
    """Tabs in their order; `active` is the number of the one to go to, from 1."""

    name: str
    tabs: tuple[TabPlan, ...]
    active: int = 1

    @property
    def machines(self) -> tuple[str, ...]:
        """The names of all machines, as often as there are sessions on them."""
        return tuple(pane.machine for tab in self.tabs for pane in panes_of(tab.plan))


def panes_of(plan: Plan) -> Iterator[PanePlan]:
    """The panes of a plan, from left to right and from top to bottom."""
    if isinstance(plan, PanePlan):
        yield plan
    else:
        for part in plan.parts:
            yield from panes_of(part)


def keep_panes(plan: Plan, wanted: Callable[[PanePlan], bool]) -> Plan | None:
    """The plan with the wanted panes alone; None where none is left."""
    if isinstance(plan, PanePlan):
        return plan if wanted(plan) else None
    kept = [
        (part, share)
        for old, share in zip(plan.parts, plan.shares, strict=True)
        if (part := keep_panes(old, wanted)) is not None
    ]
    if len(kept) < 2:
        return kept[0][0] if kept else None
    return replace(plan, parts=tuple(part for part, _share in kept), shares=tuple(share for _part, share in kept))
