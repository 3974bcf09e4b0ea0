"""Looking for a pattern in a text a slice at a time, from its newest line back, and then in what comes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from time import perf_counter

from mooring_widgets.terminal.logical_line import LogicalLine
from mooring_widgets.terminal.search.matches import Found, Matches
from mooring_widgets.terminal.search.pattern import Pattern, TooSlowError
from mooring_widgets.terminal.text import Text, end_of

_LONGEST_LINE = 64 * 1024
"""Characters that are searched as one line; one that autowrap broke more often is cut."""

_BATCH = 256
"""Lines that are looked through between two looks at the clock, where that is quick."""

_SLOW_LINES = 20
"""Lines that may take too long before the search is given up."""

_Columns = Sequence[str]


class Search:
    """One search. `work` goes on with it; whoever shows matches asks at any time.

    The first pass covers what is there. What was in the scrollback by then never changes, so each further pass, after
    `text_changed`, looks at the screen and at what has left it since.
    """

    def __init__(self, pattern: Pattern, text: Text) -> None:
        self.matches = Matches()
        self.gave_up = False
        self._pattern = pattern
        self._text = text
        self._slow_lines = 0
        self._settled = text.first_line
        self._is_first = True
        self._changed = False
        self._pass: Iterator[None] | None = self._run()

    @property
    def is_complete(self) -> bool:
        """Whether all that was there has been looked at."""
        return not self._is_first

    @property
    def has_work(self) -> bool:
        """Whether there is something to go on with."""
        return not self.gave_up and (self._pass is not None or self._changed)

    @property
    def is_busy(self) -> bool:
        """Whether a pass is under way."""
        return self._pass is not None

    @property
    def is_too_slow(self) -> bool:
        """Whether the pattern took too long for some line, which was left out."""
        return self._slow_lines > 0

    def text_changed(self) -> None:
        """Something was written: look at it in the next pass."""
        self._changed = True

    def work(self, seconds: float) -> None:
        """Go on for about so long, and by one line at least."""
        end = perf_counter() + seconds
        while self.has_work:
            if self._pass is None:
                self._changed = False
                self._pass = self._run()
            if next(self._pass, self) is self:
                self._pass = None
            if perf_counter() >= end:
                return

    def _run(self) -> Iterator[None]:
        """One pass, from the newest line back to those that are settled; it yields after each line that took some work.

        The lines at the head of a run may go on with one of the run before, so they wait for it.
        """
        text, low = self._text, self._settled
        screen, at = text.scrolled_out, end_of(text)
        settled: int | None = None
        fresh: list[list[Found]] = []
        waiting: list[_Columns] = []
        waiting_wraps: list[bool] = []
        while at > low and (run := text.text_before(at)) is not None and not self._is_full:
            run = run.clipped(low, at)
            columns = [*(run.columns_of(line) for line in range(run.first, run.end)), *waiting]
            wraps = [*(line in run.wrapped for line in range(run.first, run.end)), *waiting_wraps]
            at = run.first
            too_long = sum(map(len, waiting)) > _LONGEST_LINE
            cut = 0 if at <= low or too_long else next((n + 1 for n, wrap in enumerate(wraps) if not wrap), len(wraps))
            if settled is None:
                ends = (at + n + 1 for n in range(len(wraps) - 1, -1, -1) if at + n < screen and not wraps[n])
                settled = screen if too_long else next(ends, None)
            found: list[Found] = []
            yield from self._look_through(at, columns, list(_groups(wraps, cut)), found)
            fresh.append(found)
            if self._is_first:
                fresh = self._show_early(fresh)
            waiting, waiting_wraps = columns[:cut], wraps[:cut]
        found = []
        yield from self._look_through(at, waiting, list(_groups(waiting_wraps, 0)), found)
        newly = [match for part in (found, *reversed(fresh)) for match in part]
        if self._is_first:
            self.matches.put_before(newly)
        else:
            self.matches.replace_from(low, newly)
        self._settled = max(settled if settled is not None else low, low)
        self._is_first = False
        self.matches.drop_before(self._text.first_line)

    @property
    def _is_full(self) -> bool:
        return self._is_first and self.matches.is_full

    def _show_early(self, fresh: list[list[Found]]) -> list[list[Found]]:
        """Let what the first pass has found be seen before its end, as soon as it is many: putting in front is work."""
        if sum(map(len, fresh)) <= len(self.matches) // 8:
            return fresh
        self.matches.put_before([match for part in reversed(fresh) for match in part])
        return []

    def _look_through(
        self, number: int, columns: Sequence[_Columns], groups: Sequence[tuple[int, int]], found: list[Found]
    ) -> Iterator[None]:
        """Add what is found in groups of lines; line `number` is the first of all."""
        for start in range(0, len(groups), _BATCH):
            batch = groups[start : start + _BATCH]
            texts = [_text(columns[first:last]) for first, last in batch]
            for index in self._pattern.candidates(texts):
                first, last = batch[index]
                self._look(number + first, columns[first:last], texts[index], found)
                yield
            yield

    def _look(self, first: int, columns: Sequence[_Columns], text: str, found: list[Found]) -> None:
        line: LogicalLine | None = None
        try:
            for start, end in self._pattern.spans(text):
                line = line or LogicalLine(first, columns)
                found.append((line.place(start), line.last_cell(end)))
        except TooSlowError:
            self._slow_lines += 1
            self.gave_up = self._slow_lines > _SLOW_LINES


def _text(columns: Sequence[_Columns]) -> str:
    only = columns[0] if len(columns) == 1 else None
    return only if isinstance(only, str) else "".join("".join(line) for line in columns)


def _groups(wraps: Sequence[bool], start: int) -> Iterator[tuple[int, int]]:
    """The lines that autowrap made of one, from `start` on, as (first, one behind the last)."""
    for index in range(start, len(wraps)):
        if not wraps[index] or index == len(wraps) - 1:
            yield start, index + 1
            start = index + 1
