"""Tabs that were closed a while ago and may be wanted again."""

from __future__ import annotations

from dataclasses import dataclass

from mooring.ui.tabs.tab_pane import TabPane

MOST_TABS = 8
"""Closed tabs that are kept at most; their widgets stay, unseen."""


@dataclass(frozen=True, slots=True)
class ClosedTab:
    """A tab that ended, and its place among the others, from 0."""

    tab: TabPane
    place: int


class ClosedTabs:
    """The last tabs that were closed, bounded by number and by the memory of their scrollback in bytes."""

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._closed: list[ClosedTab] = []

    def __bool__(self) -> bool:
        return bool(self._closed)

    @property
    def tabs(self) -> tuple[TabPane, ...]:
        """What is kept, the oldest first."""
        return tuple(closed.tab for closed in self._closed)

    def put(self, tab: TabPane, place: int) -> tuple[TabPane, ...]:
        """Keep a tab; those that had to make room for it, itself among them, are to be taken away."""
        self._closed.append(ClosedTab(tab, place))
        dropped: list[TabPane] = []
        while len(self._closed) > MOST_TABS or self._kept_bytes > self._most_bytes:
            dropped.append(self._closed.pop(0).tab)
        return tuple(dropped)

    def take_last(self) -> ClosedTab | None:
        """Take back the tab that was closed last."""
        return self._closed.pop() if self._closed else None

    @property
    def _kept_bytes(self) -> int:
        return sum(closed.tab.kept_bytes for closed in self._closed)
