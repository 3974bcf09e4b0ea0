"""A search as a person goes through it: all that is found is marked, and the view shows the current match."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from mooring_widgets.terminal.overlays import Marks, Match
from mooring_widgets.terminal.place import Place
from mooring_widgets.terminal.search.matches import Found
from mooring_widgets.terminal.search.pattern import PatternError, compile_pattern
from mooring_widgets.terminal.search.search import Search
from mooring_widgets.terminal.viewport import Viewport

_SLICE = 0.002
_OUTPUT_PERIOD = 0.1
"""Seconds between two looks at what was written meanwhile."""


@dataclass(frozen=True, slots=True)
class SearchStatus:
    """How far a search is: which match is the current one, from 1 at the oldest (0: none yet), and of how many.

    `is_counting` says that there may be more; `problem` is why nothing is found, or not all.
    """

    current: int = 0
    count: int = 0
    is_counting: bool = False
    problem: str = ""


class Searching:
    """Searches what the viewport shows. `run` has to run meanwhile; `tell` is called when the status is new."""

    def __init__(
        self,
        viewport: Viewport,
        marks: Marks,
        show: Callable[[int], None],
        paint: Callable[[], None],
        tell: Callable[[SearchStatus], None],
    ) -> None:
        self._viewport = viewport
        self._marks = marks
        self._show = show
        self._paint = paint
        self._tell = tell
        self._wanted = ("", False)
        self._search: Search | None = None
        self._problem = ""
        self.began_at = viewport.text.scrolled_out
        self._origin = Place(0, 0)
        self._down = False
        self._current: Place | None = None
        self._awake = asyncio.Event()
        self._told = SearchStatus()

    @property
    def is_on(self) -> bool:
        """Whether matches are marked."""
        return self._marks.matches is not None

    @property
    def current(self) -> Place | None:
        """Where the current match begins."""
        return self._current

    @property
    def current_match(self) -> Found | None:
        """Its first and its last cell."""
        if self._search is None or self._current is None:
            return None
        index = self._search.matches.index_at(self._current)
        return self._search.matches[index] if index is not None else None

    def begin(self, origin: Place, *, down: bool = False) -> None:
        """Search from a place: the nearest match above it, or below it, becomes the current one."""
        self._origin = origin
        self._down = down
        self._marks.matches = self._matches
        self._look_anew()

    def look_for(self, text: str, *, is_regex: bool) -> None:
        """Look for something else."""
        if (text, is_regex) != self._wanted:
            self._wanted = (text, is_regex)
            self._look_anew()

    def step(self, count: int, origin: Place | None = None) -> None:
        """Make the next match the current one, or with -1 the one before, around the ends.

        It is counted from `origin`, or from the current match.
        """
        if self._search is None or not (matches := self._search.matches):
            return
        place = origin or self._current or self._origin
        index = matches.index_before(place) if count < 0 else matches.index_after(place)
        if index is None:
            index = len(matches) - 1 if count < 0 else 0
        self._take(index)

    def end(self) -> None:
        """Mark nothing any more."""
        self._search = self._marks.matches = None
        self._paint()

    def text_changed(self) -> None:
        """Something was written."""
        if self._search is not None and not self._viewport.frozen:
            self._search.text_changed()
            self._awake.set()

    def restart(self) -> None:
        """The lines are broken anew, or others: nothing that was found holds."""
        if self.is_on:
            self._look_anew()

    async def run(self) -> None:
        """Search, in slices that leave the loop to others; cancel it to end."""
        while True:
            await self._awake.wait()
            search = self._search
            if search is None or not search.has_work:
                self._awake.clear()
                continue
            was_complete = search.is_complete
            search.work(_SLICE)
            self._follow(search)
            await asyncio.sleep(_OUTPUT_PERIOD if was_complete and search.is_complete and not search.is_busy else 0)

    def _look_anew(self) -> None:
        text, is_regex = self._wanted
        self._search, self._current, self._problem = None, None, ""
        try:
            if text:
                pattern = compile_pattern(text, is_regex=is_regex)
                self._search = Search(pattern, self._viewport.text)
        except PatternError as error:
            self._problem = str(error)
        self._awake.set()
        self._report()
        self._paint()

    def _follow(self, search: Search) -> None:
        """Choose a current match where there is none, and show what is new."""
        matches = search.matches
        if self._current is not None and search.is_complete and matches.index_at(self._current) is None:
            self._origin, self._current = self._current, None
        if self._current is None and matches:
            at = self._origin
            above, below = matches.index_before(Place(at.line, at.column + 1)), matches.index_after(at)
            index = below if self._down else above
            if index is None and search.is_complete:
                index = above if self._down else below
            # Downwards the nearest is found last: the search comes from the newest line.
            if index is not None and not (self._down and search.is_busy and not search.is_complete and above is None):
                self._take(index)
        if self._report() or not search.is_busy:
            self._paint()

    def _take(self, index: int) -> None:
        if self._search is not None:
            self._current, last = self._search.matches[index]
            self._show(last.line)
            self._show(self._current.line)
            self._report()
            self._paint()

    def _matches(self, start: int, end: int) -> Iterator[Match]:
        if self._search is not None:
            for first, last in self._search.matches.touching(start, end):
                yield Match(first, last, first == self._current)

    def _report(self) -> bool:
        """Tell the status if it is new, and return whether it is."""
        status = self._status()
        if status == self._told:
            return False
        self._told = status
        self._tell(status)
        return True

    def _status(self) -> SearchStatus:
        search = self._search
        if search is None:
            return SearchStatus(problem=self._problem)
        index = search.matches.index_at(self._current) if self._current is not None else None
        problem = "takes too long" if search.gave_up else "too slow for some lines" if search.is_too_slow else ""
        is_counting = not search.gave_up and (not search.is_complete or search.matches.is_full)
        return SearchStatus(0 if index is None else index + 1, len(search.matches), is_counting, problem)
