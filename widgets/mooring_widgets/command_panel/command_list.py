"""Saved commands, one a line, below the headings of their sections."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.content import Content, Span
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from mooring_widgets.command_panel.row import CommandRow
from mooring_widgets.fuzzy import fold, fuzzy_match
from mooring_widgets.plain_text import plain_text

FAVOURITE_SIGN = "★"
ASKS_SIGN = "⚠"
FOREIGN_SIGN = "◆"

Fit = tuple[CommandRow, Sequence[int]]


class CommandList(OptionList):
    """Shows rows, those alone that fit the filter. The cursor stays with its command when rows change."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "command-list--heading",
        "command-list--match",
        "command-list--favourite",
        "command-list--warning",
        "command-list--foreign",
    }

    @dataclass
    class Chosen(Message):
        """The command under the cursor was clicked: the first click puts the cursor there."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(compact=True, markup=False, id=id)
        self._pressed_at: int | None = None
        self._rows: tuple[CommandRow, ...] = ()
        self._pattern = ""

    def on_mouse_down(self) -> None:
        """Remember where the cursor was."""
        self._pressed_at = self.highlighted

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click."""
        event.stop()
        if event.option_index == self._pressed_at:
            self.post_message(self.Chosen())

    @property
    def current_key(self) -> str | None:
        """The command under the cursor."""
        option = self.highlighted_option
        return None if option is None else option.id

    @property
    def shown(self) -> int:
        """How many commands are listed."""
        return sum(option.id is not None for option in self.options)

    def set_rows(self, rows: Sequence[CommandRow]) -> None:
        """Show other commands."""
        if tuple(rows) != self._rows:
            self._rows = tuple(rows)
            self._arrange(self.current_key)

    def set_filter(self, pattern: str) -> None:
        """Show those that fit, the best first; the cursor goes to the first."""
        if pattern != self._pattern:
            self._pattern = pattern
            self._arrange(None)

    def go_to(self, key: str) -> None:
        """Put the cursor on a command, where it is listed."""
        for index, option in enumerate(self.options):
            if option.id == key:
                self.highlighted = index

    def neighbours(self, key: str) -> tuple[str | None, str | None]:
        """The commands above and below one in the same section; none while a filter orders them otherwise."""
        section = next((row.section for row in self._rows if row.key == key), None)
        keys = [] if self._pattern else [row.key for row in self._rows if row.section == section]
        if key not in keys:
            return None, None
        place = keys.index(key)
        return (keys[place - 1] if place else None), (keys[place + 1] if place + 1 < len(keys) else None)

    def _arrange(self, stay_at: str | None) -> None:
        options: list[Option] = []
        section = ""
        for row, positions in self._fitting():
            # Sorted by how well they fit, commands of several sections stand among each other.
            if row.section != section and not self._pattern:
                section = row.section
                options.append(Option(Content.assemble((plain_text(section), ".command-list--heading")), disabled=True))
            options.append(Option(_line(row, positions), id=row.key))
        place = next((index for index, option in enumerate(options) if option.id == stay_at and stay_at), None)
        first = next((index for index, option in enumerate(options) if option.id is not None), None)
        self.set_options(options)
        self.highlighted = first if place is None else place

    def _fitting(self) -> list[Fit]:
        words = fold(self._pattern).split()
        if not words:
            return [(row, ()) for row in self._rows]
        scored: list[tuple[int, int, Fit]] = []
        for index, row in enumerate(self._rows):
            if (fit := _fit(words, f"{row.title} {row.detail}")) is not None:
                scored.append((-fit[0], index, (row, fit[1])))
        return [fit for _score, _index, fit in sorted(scored, key=lambda each: each[:2])]


def _fit(words: Sequence[str], text: str) -> tuple[int, list[int]] | None:
    """Each word has to fit somewhere."""
    folded = fold(text)
    score = 0
    positions: list[int] = []
    for word in words:
        match = fuzzy_match(word, text, folded)
        if match is None:
            return None
        score += match.score
        positions += match.positions
    return score, positions


def _line(row: CommandRow, positions: Sequence[int]) -> Content:
    title = plain_text(row.title)
    sign = FAVOURITE_SIGN if row.favourite else " "
    lead = f"{sign} "
    marks = [
        Span(len(lead) + position, len(lead) + position + 1, ".command-list--match")
        for position in positions
        if position < len(title)
    ]
    line = Content(f"{lead}{title}", [Span(0, 1, ".command-list--favourite"), *marks])
    if row.asks_first and not row.is_foreign:
        line = line.append(Content.assemble(" ", (ASKS_SIGN, ".command-list--warning")))
    if row.is_foreign:
        line = line.append(Content.assemble(" ", (FOREIGN_SIGN, ".command-list--foreign")))
    return line
