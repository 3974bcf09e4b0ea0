"""The line at the bottom: what can be pressed now, a word on what just happened, and the session's facts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual.content import Content
from textual.style import Style
from textual.timer import Timer
from textual.widget import Widget

from mooring.ui.keymap import Hint
from mooring_widgets.plain_text import fit, plain_text

_GAP = 3
_LEADER_GAP = 2
"""The leader's map is long, and all of it has to be seen at 80 columns."""


def fitting_hints(hints: Sequence[Hint], width: int, gap: int) -> tuple[Hint, ...]:
    """The first of `hints` that fit into `width` cells, each as a whole, `gap` cells apart."""
    used = 1
    for index, hint in enumerate(hints):
        used += cell_len(hint.key) + 1 + cell_len(hint.label) + (gap if index else 0)
        if used > width:
            return tuple(hints[:index])
    return tuple(hints)


class StatusBar(Widget):
    """One line; a message stands in front of the keys for a while."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "status-bar--key",
        "status-bar--message",
        "status-bar--warning",
        "status-bar--leader",
        "status-bar--facts",
    }

    MESSAGE_SECONDS = 8.0

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._hints: tuple[Hint, ...] = ()
        self._lead = ""
        self._facts = Content("")
        self._message: tuple[str, str] | None = None
        self._timer: Timer | None = None

    def show_keys(self, hints: Sequence[Hint], *, lead: str = "") -> None:
        """Show these keys, `lead` before them."""
        if (tuple(hints), lead) != (self._hints, self._lead):
            self._hints, self._lead = tuple(hints), lead
            self.refresh()

    def show_facts(self, facts: Content) -> None:
        """Show this at the right edge."""
        if facts != self._facts:
            self._facts = facts
            self.refresh()

    def show_message(self, text: str, *, warning: bool = False) -> None:
        """Show what happened, until something else happens or some seconds have passed."""
        self._message = (plain_text(text), "warning" if warning else "message")
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(self.MESSAGE_SECONDS, self.clear_message)
        self.refresh()

    def clear_message(self) -> None:
        """Show the keys alone."""
        if self._message is not None:
            self._message = None
            self.refresh()

    @property
    def message(self) -> str:
        """What is shown as having happened; empty for nothing."""
        return self._message[0] if self._message else ""

    def render(self) -> Content:
        """The line, as long as it fits."""
        width = self.size.width
        shown = Content("") if self._lead else self._facts  # The leader's map needs the room.
        facts = shown if shown.cell_length < width // 2 else shown.truncate(width // 2, ellipsis=True)
        room = width - facts.cell_length - 2
        left = self._left(room)
        gap = max(1, width - left.cell_length - facts.cell_length - 1)
        return Content.assemble(left, " " * gap, facts, " ")

    def _left(self, room: int) -> Content:
        parts: list[Content | str | tuple[str, str | Style]] = [" "]
        if self._message is not None and not self._lead:
            text, kind = self._message
            text = fit(text, room - 1)
            parts += [(text, f".status-bar--{kind}"), " " * _GAP]
            room -= cell_len(text) + _GAP
        gap = _LEADER_GAP if self._lead else _GAP
        if self._lead:
            # As ".status-bar--leader" it would lose its background (Textual 8.2.8 blends it away in partial styles).
            parts = [(f" {self._lead} ", self.get_visual_style("status-bar--leader")), " "]
            room -= cell_len(self._lead) + 2
        for index, hint in enumerate(fitting_hints(self._hints, room, gap)):
            if index:
                parts.append(" " * gap)
            parts += [(hint.key, ".status-bar--key"), f" {hint.label}"]
        return Content.assemble(*parts)
