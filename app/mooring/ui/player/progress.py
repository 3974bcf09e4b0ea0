"""Where in a recording one is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget


class ProgressLine(Widget):
    """State, time, a line to click on, length, speed."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"progress-line--done", "progress-line--left", "progress-line--time"}

    @dataclass
    class Wanted(Message):
        """A place was clicked: `part` of the whole, from 0 to 1."""

        part: float

    def __init__(self) -> None:
        super().__init__()
        self._position = 0.0
        self._length: float | None = None
        self._state = "▶"
        self._speed = 1.0
        self._track = (0, 1)

    def show(self, position: float, length: float | None, *, state: str, speed: float) -> None:
        """Show a position, of a length that may not be known yet, both in seconds."""
        self._position, self._length, self._state, self._speed = position, length, state, speed
        self.refresh()

    def render(self) -> Content:
        """The line."""
        before = f" {self._state} {spell(self._position)} "
        length = "…" if self._length is None else spell(self._length)
        behind = f" {length}  {self._speed:g}× "
        width = max(self.size.width - len(before) - len(behind), 1)
        self._track = (len(before), width)
        done = round(width * min(self._position / self._length, 1.0)) if self._length else 0
        return Content.assemble(
            (before, ".progress-line--time"),
            ("━" * done, ".progress-line--done"),
            ("─" * (width - done), ".progress-line--left"),
            (behind, ".progress-line--time"),
        )

    def on_click(self, event: events.Click) -> None:
        """Go there."""
        start, width = self._track
        if start <= event.x < start + width:
            self.post_message(self.Wanted((event.x - start) / max(width - 1, 1)))


def spell(seconds: float) -> str:
    """Seconds as a player shows them: "1:05", "2:03:04"."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
