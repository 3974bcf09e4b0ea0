"""Looking back in a terminal view: searching its text, and walking over it in copy mode."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from textual.events import Key

from mooring_widgets.terminal.copy_mode import Command, CopyMode
from mooring_widgets.terminal.links import Link
from mooring_widgets.terminal.picture import Picture
from mooring_widgets.terminal.place import Place
from mooring_widgets.terminal.search.searching import Searching, SearchStatus
from mooring_widgets.terminal.selected_text import pieces_of
from mooring_widgets.terminal.selection import Selection
from mooring_widgets.terminal.text import end_of
from mooring_widgets.terminal.viewport import Viewport

COPY_LIMIT = 16 * 1024 * 1024
"""Characters that are copied at once, at most."""


@dataclass(frozen=True, slots=True)
class CopyStatus:
    """Where the cursor of copy mode is: line `line` of `count`, from 1, shown in row `row` of the view.

    `selects` is what it selects by ("character", "line", "block"), "" for nothing.
    """

    line: int
    count: int
    selects: str
    row: int


class LookBackHost(Protocol):
    """What looking back needs of its view."""

    @property
    def word_pattern(self) -> re.Pattern[str]:
        """What a word is."""
        ...

    def paint(self) -> None:
        """Paint what changed."""
        ...

    def scrolled(self) -> None:
        """The view was moved."""
        ...

    def select(self, selection: Selection | None) -> None:
        """Show another selection."""
        ...

    def go_on(self, work: Callable[[], Awaitable[object]]) -> None:
        """Have a coroutine function run until the view is gone or another is given."""
        ...

    def copied(self, text: str) -> None:
        """Text is to be copied; "" when it was too much."""
        ...

    def activate_link(self, link: Link, *, wants_opening: bool = False) -> None:
        """A link was chosen."""
        ...

    def want_search(self) -> None:
        """Have the person asked for what to search."""
        ...

    def copying_changed(self, status: CopyStatus | None) -> None:
        """Copy mode is elsewhere, or was left."""
        ...


class LookBack:
    """Searching and copy mode of one view. In copy mode the view shows the text as it was when that began."""

    def __init__(self, host: LookBackHost, viewport: Viewport, picture: Picture) -> None:
        self._host = host
        self._viewport = viewport
        self._picture = picture
        self._copy_mode: CopyMode | None = None
        self._searching: Searching | None = None
        self._was_live = True
        self._came_from = 0
        self._searches_down = False

    @property
    def is_copying(self) -> bool:
        """Whether keys move a cursor over the text."""
        return self._copy_mode is not None

    @property
    def cursor(self) -> Place | None:
        """The cursor of copy mode."""
        return self._copy_mode.cursor if self._copy_mode is not None else None

    # Searching.

    @property
    def searching(self) -> Searching | None:
        """The search that is on."""
        return self._searching

    def begin_search(self, tell: Callable[[SearchStatus], None]) -> Searching:
        """Mark what is found and go to it, from the text that is shown upwards."""
        viewport = self._viewport
        self._came_from = viewport.back
        viewport.held = True
        self._searching = Searching(viewport, self._picture.marks, self._show_match, self._host.paint, tell)
        cursor = self.cursor
        bottom = Place(viewport.top + viewport.height - 1, viewport.columns)
        self._searching.begin(cursor if cursor is not None else bottom, down=self._searches_down)
        self._host.go_on(self._searching.run)
        return self._searching

    def end_search(self, *, keep: bool) -> None:
        """Go back to where one was, or stay at the match: it is selected then, or under the cursor of copy mode."""
        searching, viewport = self._searching, self._viewport
        if searching is None:
            return
        match = searching.current_match
        if self._copy_mode is not None:
            if keep and match is not None:
                self._copy_mode.move_to(match[0])
            else:
                self._drop_search()
            self._follow_cursor()
            return
        self._drop_search()
        if keep:
            self._host.select(Selection(*match) if match is not None else None)
        elif self._came_from == 0:
            self._move(0)
        else:
            self._move(self._came_from + viewport.text.scrolled_out - searching.began_at)

    def text_changed(self) -> None:
        """Something was written."""
        if self._searching is not None:
            self._searching.text_changed()

    def resized(self) -> None:
        """The lines are broken anew."""
        if self._copy_mode is not None:
            from_end = end_of(self._viewport.text) - self._copy_mode.cursor.line
            self._viewport.freeze()
            place = Place(end_of(self._viewport.text) - from_end, self._copy_mode.cursor.column)
            self._copy_mode = CopyMode(self._viewport.text, place, self._host.word_pattern)
            self._follow_cursor()
        if self._searching is not None:
            self._searching.restart()

    # Copy mode.

    def begin_copying(self, cursor: Place) -> None:
        """Let keys walk over the text as it is now, from a cell of it."""
        if self._copy_mode is None:
            self._was_live = self._viewport.back == 0
            self._viewport.freeze()
            self._copy_mode = CopyMode(self._viewport.text, cursor, self._host.word_pattern)
            self._follow_cursor()

    def end_copying(self) -> None:
        """Show what goes on again, or the text that was looked at before."""
        if self._copy_mode is None:
            return
        self._drop_search()
        self._copy_mode = self._picture.own_cursor = self._picture.marks.link = None
        self._host.select(None)
        self._viewport.thaw(live=self._was_live)
        self._host.copying_changed(None)
        self._host.scrolled()
        self._host.paint()

    def adopt(self, selection: Selection | None) -> None:
        """The mouse selected something: copy mode goes on with it."""
        if self._copy_mode is not None and selection != self._copy_mode.selection:
            self._copy_mode.adopt(selection)
            self._show_cursor()

    def scrolled(self) -> None:
        """The view was moved by other means: the cursor stays in it."""
        copying, viewport = self._copy_mode, self._viewport
        if copying is not None:
            line = min(max(copying.cursor.line, viewport.top), viewport.top + viewport.height - 1)
            if line != copying.cursor.line:
                copying.move_by_lines(line - copying.cursor.line)
                self._show_cursor()

    def press(self, event: Key) -> None:
        """Take a key in copy mode."""
        if self._copy_mode is None:
            return
        command = self._copy_mode.press(event.key, event.character, self._viewport.top)
        if command is None:
            self._follow_cursor()
        else:
            self._do(command, self._copy_mode)

    def _do(self, command: Command, copying: CopyMode) -> None:
        height = self._viewport.height
        match command:
            case Command.HALF_PAGE_UP | Command.HALF_PAGE_DOWN | Command.PAGE_UP | Command.PAGE_DOWN:
                lines = height // 2 if "half" in command else max(height - 1, 1)
                count = lines * copying.take_count() * (-1 if command.endswith("up") else 1)
                self._viewport.move(self._viewport.back - count)
                copying.move_by_lines(count)
                self._follow_cursor()
            case Command.COPY if copying.selection is None and (link := copying.link) is not None:
                self._host.copied(link.address)
                self.end_copying()
            case Command.COPY:
                self._copy(copying.what_to_copy())
            case Command.OTHER_END:
                if (link := copying.link) is not None:
                    self._host.activate_link(link, wants_opening=True)
            case Command.SEARCH_UP | Command.SEARCH_DOWN:
                self._searches_down = command is Command.SEARCH_DOWN
                self._host.want_search()
            case Command.SEARCH_AGAIN | Command.SEARCH_REVERSED:
                self._step_search(down=self._searches_down is (command is Command.SEARCH_AGAIN))
            case Command.LEAVE:
                self.end_copying()

    def _step_search(self, *, down: bool) -> None:
        if self._searching is not None and self._copy_mode is not None:
            self._searching.step(1 if down else -1, self._copy_mode.cursor)
            if (found := self._searching.current) is not None:
                self._copy_mode.move_to(found)
                self._follow_cursor()

    def _copy(self, selection: Selection) -> None:
        """Gather the text, in pieces if it is long, and leave."""
        text = self._viewport.text

        async def gather() -> None:
            pieces: list[str] = []
            size = 0
            for piece in pieces_of(selection, text):
                pieces.append(piece)
                size += len(piece)
                if size > COPY_LIMIT:
                    self._host.copied("")
                    return
                await asyncio.sleep(0)
            self._host.copied("".join(reversed(pieces)))

        self.end_copying()
        self._host.go_on(gather)

    def _follow_cursor(self) -> None:
        """Have the view show the cursor, and what is selected."""
        if self._copy_mode is not None:
            self._show_line(self._copy_mode.cursor.line)
            self._show_cursor()

    def _show_cursor(self) -> None:
        copying, viewport = self._copy_mode, self._viewport
        if copying is None:
            return
        text = viewport.text
        selection = copying.selection
        selects = "" if selection is None else "block" if selection.block else selection.unit.name.lower()
        self._picture.own_cursor = copying.cursor
        self._picture.marks.link = copying.link
        self._host.select(selection)
        count = end_of(text) - text.first_line
        row = copying.cursor.line - viewport.top
        self._host.copying_changed(CopyStatus(copying.cursor.line - text.first_line + 1, count, selects, row))
        self._host.paint()

    def _drop_search(self) -> None:
        if self._searching is not None:
            self._searching.end()
            self._searching = None
        self._viewport.held = False

    def _show_match(self, line: int) -> None:
        """Keep off the outermost rows: the bar and the sign of copy mode lie over them."""
        if self._viewport.show(line, margin=1):
            self._host.scrolled()

    def _show_line(self, line: int) -> None:
        if self._viewport.show(line):
            self._host.scrolled()

    def _move(self, back: int) -> None:
        if self._viewport.move(back):
            self._host.scrolled()
        self._host.paint()
