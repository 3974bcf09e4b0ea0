"""The state of copy mode: a cursor over a text, what is selected from where, and the keys that are half pressed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from mooring_widgets.terminal.copy_mode.command import COPY_MODE_KEYS, Command
from mooring_widgets.terminal.copy_mode.motions import Motions
from mooring_widgets.terminal.links import Link, link_at, links_on
from mooring_widgets.terminal.place import Place
from mooring_widgets.terminal.selection import WORD, Selection, Unit
from mooring_widgets.terminal.text import Text

_LARGEST_COUNT = 99_999
_LINES_FOR_LINKS = 20_000
"""Lines in which the next link is looked for, at most."""

_COMMANDS = {name: command for names, command in COPY_MODE_KEYS for name in names.split(",")}
_FINDS = {
    Command.FIND: (False, False),
    Command.FIND_BACK: (True, False),
    Command.TILL: (False, True),
    Command.TILL_BACK: (True, True),
}
"""Back, and till."""


class CopyMode:
    """Takes keys and moves its cursor; what it can't do by itself it gives back, for whoever has the view."""

    def __init__(self, text: Text, cursor: Place, words: re.Pattern[str] = WORD) -> None:
        self._text = text
        self._motions = Motions(text, words)
        self._words = words
        self.cursor = self._motions.inside(cursor)
        self.selection: Selection | None = None
        self._wanted_column = self.cursor.column
        self._count = 0
        self._finding: Command | None = None
        self._last_find: tuple[str, bool, bool] | None = None

    @property
    def link(self) -> Link | None:
        """The link under the cursor."""
        return link_at(self.cursor, self._text.row_at)

    def press(self, key: str, character: str | None, top: int) -> Command | None:
        """Take a key, while the view shows the text from line `top` on.

        A command comes back when it is for whoever has the view: to copy, to search, to scroll, to leave.
        """
        if (finding := self._finding) is not None:
            self._finding = None
            if character and character.isprintable():
                self._last_find = (character, *_FINDS[finding])
                self._repeat(lambda: self._find(*self._last_find) if self._last_find else None)
            return None
        if key.isdecimal() and (key != "0" or self._count):
            self._count = min(self._count * 10 + int(key), _LARGEST_COUNT)
            return None
        command = _COMMANDS.get(key)
        return None if command is None else self.do(command, top)

    def do(self, command: Command, top: int) -> Command | None:
        """Do what is asked for; see `press`."""
        if command in _FINDS:
            self._finding = command
            return None
        if command is Command.OTHER_END and self.selection is not None:
            self._swap_ends()
        elif command in (Command.SELECT, Command.SELECT_LINES, Command.SELECT_BLOCK):
            self._select(command)
        elif (motion := self._motion(command, top)) is not None:
            motion()
        else:
            return command
        self._count = 0
        return None

    def take_count(self, default: int = 1) -> int:
        """The number that was typed in front of a command, used up."""
        count, self._count = self._count or default, 0
        return count

    def move_to(self, place: Place, *, keeps_column: bool = False) -> None:
        """Put the cursor somewhere; what is selected reaches as far."""
        self.cursor = self._motions.inside(place)
        if not keeps_column:
            self._wanted_column = self.cursor.column
        if self.selection is not None:
            self.selection = self.selection.to(self.cursor)

    def move_by_lines(self, count: int) -> None:
        """Go up or down; the column is kept, over shorter lines too."""
        place = Place(self.cursor.line + count, self._wanted_column)
        is_block = self.selection is not None and self.selection.block
        self.move_to(place if is_block else self._motions.on_text(place), keeps_column=True)

    def adopt(self, selection: Selection | None) -> None:
        """Go on with what the mouse selected."""
        self.selection = selection
        if selection is not None:
            self.cursor = self._motions.inside(selection.head)
            self._wanted_column = self.cursor.column

    def what_to_copy(self) -> Selection:
        """What is selected; else the line under the cursor."""
        return self.selection or Selection(self.cursor, self.cursor, Unit.LINE)

    def _motion(self, command: Command, top: int) -> Callable[[], None] | None:
        motions = self._motions
        steps: dict[Command, Callable[[Place], Place]] = {
            Command.LEFT: motions.left,
            Command.RIGHT: motions.right,
            Command.NEXT_WORD: motions.next_word,
            Command.PREVIOUS_WORD: motions.previous_word,
            Command.WORD_END: motions.word_end,
            Command.BLOCK_UP: lambda place: motions.block(place, -1),
            Command.BLOCK_DOWN: lambda place: motions.block(place, 1),
            Command.PREVIOUS_LINK: lambda place: self._link(place, -1),
            Command.NEXT_LINK: lambda place: self._link(place, 1),
        }
        if (step := steps.get(command)) is not None:
            return lambda: self._repeat(lambda: self.move_to(step(self.cursor)))
        height = self._text.lines
        jumps: dict[Command, Callable[[], None]] = {
            Command.UP: lambda: self.move_by_lines(-self.take_count()),
            Command.DOWN: lambda: self.move_by_lines(self.take_count()),
            Command.LINE_START: lambda: self.move_to(motions.line_start(self.cursor)),
            Command.LINE_TEXT: lambda: self.move_to(motions.line_text(self.cursor)),
            Command.LINE_END: lambda: self.move_to(motions.line_end(self.cursor)),
            Command.OLDEST: lambda: self.move_to(Place(motions.first_line + self.take_count() - 1, 0)),
            Command.NEWEST: lambda: self.move_to(Place(motions.last_line, 0)),
            Command.VIEW_TOP: lambda: self.move_to(Place(top + self.take_count() - 1, 0)),
            Command.VIEW_MIDDLE: lambda: self.move_to(Place(top + height // 2, 0)),
            Command.VIEW_BOTTOM: lambda: self.move_to(Place(top + height - self.take_count(), 0)),
            Command.FIND_AGAIN: lambda: self._find_again(reverse=False),
            Command.FIND_REVERSED: lambda: self._find_again(reverse=True),
        }
        return jumps.get(command)

    def _repeat(self, act: Callable[[], None]) -> None:
        for _ in range(self.take_count()):
            before = self.cursor
            act()
            if self.cursor == before:
                return

    def _find(self, character: str, back: bool, till: bool) -> None:
        self.move_to(self._motions.find(self.cursor, character, back=back, till=till))

    def _find_again(self, *, reverse: bool) -> None:
        if self._last_find is not None:
            character, back, till = self._last_find
            self._repeat(lambda: self._find(character, back is not reverse, till))

    def _link(self, place: Place, step: int) -> Place:
        """The start of the next link upwards (-1) or downwards (1)."""
        end = self._motions.first_line - 1 if step < 0 else self._motions.last_line + 1
        for line in range(place.line, end, step)[:_LINES_FOR_LINKS]:
            firsts = [link.first for link in links_on(line, self._text.row_at)]
            ahead = [first for first in firsts if (first < place if step < 0 else first > place)]
            if ahead:
                return ahead[-1] if step < 0 else ahead[0]
        return place

    def _select(self, command: Command) -> None:
        """Begin to select, change by what, or stop selecting."""
        unit = Unit.LINE if command is Command.SELECT_LINES else Unit.CHARACTER
        block = command is Command.SELECT_BLOCK
        before = self.selection
        if before is not None and (before.unit, before.block) == (unit, block):
            self.selection = None
        elif before is not None:
            self.selection = replace(before, unit=unit, block=block)
        else:
            self.selection = Selection(self.cursor, self.cursor, unit, block, self._words)

    def _swap_ends(self) -> None:
        if self.selection is not None:
            self.selection = replace(self.selection, anchor=self.selection.head, head=self.selection.anchor)
            self.cursor = self.selection.head
            self._wanted_column = self.cursor.column
