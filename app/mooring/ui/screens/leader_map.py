"""The keys that may follow the leader, shown over the bottom of the screen while it is down."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from mooring.ui.keys import Hint
from mooring.ui.screens.key_chosen import KeyChosen

_GAP = 2
_MARGIN = 1
_LEFT_FREE = 2
"""Lines of the screen that it never takes."""


class LeaderMap(Widget):
    """Keys in columns, as many lines as they need. It lies over what is below it, which keeps its size."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"leader-map--key", "leader-map--leader"}

    def __init__(self, leader: str, hints: Sequence[Hint], *, id: str) -> None:
        super().__init__(id=id)
        self._leader = leader
        self._hints = tuple(hint for hint in hints if hint.label)
        self._words = " and then"

    def show(self, leader: str, hints: Sequence[Hint], *, again: bool = False) -> None:
        """Show these keys behind the leader; `again` says that they may follow each other."""
        self._leader = leader
        self._hints = tuple(hint for hint in hints if hint.label)
        self._words = " and again, any other key goes on" if again else " and then"
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the columns are long, and one for the leader itself; the tabs above stay in view."""
        return max(2, min(1 + columns_of(self._hints, width)[1], viewport.height - _LEFT_FREE))

    def on_click(self, event: events.Click) -> None:
        """A key that is named here can be clicked on, too."""
        event.stop()
        count, wanted = columns_of(self._hints, self.size.width)
        lines = min(wanted, self.size.height - 1)
        column, line = (event.x - _MARGIN) // _column_width(self._hints), event.y - 1
        index = column * lines + line
        if 0 <= line < lines and 0 <= column < count and index < len(self._hints):
            self.post_message(KeyChosen(self._hints[index].name))

    def render(self) -> Content:
        """The leader's name, and below it the keys, column by column; where there is no room the last ones miss."""
        count, wanted = columns_of(self._hints, self.size.width)
        lines = min(wanted, self.size.height - 1)
        column = _column_width(self._hints)
        key_width = max(cell_len(hint.key) for hint in self._hints)
        title = Content.assemble(" ", (f" {self._leader} ", self.get_visual_style("leader-map--leader")), self._words)
        if lines < wanted:
            title = title.append(", ? shows all of them")
        rows = [title]
        for line in range(lines):
            parts: list[Content | str] = [" " * _MARGIN]
            for hint in self._hints[line : count * lines : lines]:
                text = Content.assemble((hint.key.rjust(key_width), ".leader-map--key"), f" {hint.label}")
                parts += [text, " " * (column - text.cell_length)]
            rows.append(Content.assemble(*parts))
        return Content("\n").join(rows)


def columns_of(hints: Sequence[Hint], width: int) -> tuple[int, int]:
    """How many columns fit into `width` cells, and how many lines they then need."""
    count = max(1, (width - _MARGIN) // _column_width(hints))
    return count, -(-len(hints) // count)


def _column_width(hints: Sequence[Hint]) -> int:
    return max(cell_len(hint.key) for hint in hints) + 1 + max(cell_len(hint.label) for hint in hints) + _GAP
