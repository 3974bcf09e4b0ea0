"""The line at the bottom: what can be pressed now, a word on what just happened, and the session's facts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.style import Style
from textual.timer import Timer
from textual.widget import Widget

from mooring.ui.keys import Hint
from mooring.ui.screens.key_chosen import KeyChosen
from mooring_widgets.plain_text import fit, plain_text

_GAP = 3


def fitting_hints(hints: Sequence[Hint], width: int) -> tuple[Hint, ...]:
    """The first of `hints` that fit into `width` cells, each as a whole."""
    used = 1
    for index, hint in enumerate(hints):
        used += cell_len(hint.key) + 1 + cell_len(hint.label) + (_GAP if index else 0)
        if used > width:
            return tuple(hints[:index])
    return tuple(hints)


class StatusBar(Widget):
    """One line; a message stands in front of the keys for a while, and an alarm in their place as long as it lasts."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "status-bar--key",
        "status-bar--message",
        "status-bar--warning",
        "status-bar--facts",
        "status-bar--recording",
    }

    MESSAGE_SECONDS = 8.0

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._hints: tuple[Hint, ...] = ()
        self._facts = Content("")
        self._alarm = ""
        self._message: tuple[str, str] | None = None
        self._timer: Timer | None = None
        self._places: tuple[tuple[range, str], ...] = ()

    def show_keys(self, hints: Sequence[Hint]) -> None:
        """Show these keys."""
        if tuple(hints) != self._hints:
            self._hints = tuple(hints)
            self.refresh()

    def show_facts(self, facts: Content) -> None:
        """Show this at the right edge."""
        if facts != self._facts:
            self._facts = facts
            self.refresh()

    def show_alarm(self, text: str) -> None:
        """Show that something unusual holds for every key that is pressed; "" for nothing."""
        if text != self._alarm:
            self._alarm = plain_text(text)
            self.set_class(bool(text), "-alarm")
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

    def on_click(self, event: events.Click) -> None:
        """A key that is named here can be clicked on."""
        event.stop()
        for columns, key in self._places:
            if event.x in columns and key:
                self.post_message(KeyChosen(key))

    def render(self) -> Content:
        """The line, as long as it fits."""
        width = self.size.width
        facts = self._facts
        if cell_len(self._alarm) + facts.cell_length + _GAP > width and self._alarm:
            # How it is ended must be seen.
            return self._left(width)
        if facts.cell_length >= width // 2:
            facts = facts.truncate(width // 2, ellipsis=True)
        room = width - facts.cell_length - 2
        left = self._left(room)
        gap = max(1, width - left.cell_length - facts.cell_length - 1)
        return Content.assemble(left, " " * gap, facts, " ")

    def _left(self, room: int) -> Content:
        parts: list[Content | str | tuple[str, str | Style]] = [" "]
        self._places = ()
        places: list[tuple[range, str]] = []
        column = 1
        if self._message is not None:
            text, kind = self._message
            text = fit(text, room - 1)
            parts += [(text, f".status-bar--{kind}"), " " * _GAP]
            room -= cell_len(text) + _GAP
            column += cell_len(text) + _GAP
        if self._alarm:
            return Content.assemble(*parts, fit(self._alarm, room - 1))
        for index, hint in enumerate(fitting_hints(self._hints, room)):
            if index:
                parts.append(" " * _GAP)
                column += _GAP
            parts += [(hint.key, ".status-bar--key"), f" {hint.label}"]
            end = column + cell_len(hint.key) + 1 + cell_len(hint.label)
            places.append((range(column, end), hint.name))
            column = end
        self._places = tuple(places)
        return Content.assemble(*parts)
