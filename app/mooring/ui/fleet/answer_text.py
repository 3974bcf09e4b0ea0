"""What the chosen ones of a run say, or how they differ from most of the others."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from functools import partial

from textual.app import ComposeResult
from textual.containers import Container
from textual.widgets import Static

from mooring.fleet.answers import AnswerGroup
from mooring.fleet.differences import Comparison, compare_groups
from mooring.fleet.masks import Mask
from mooring.fleet.result import MachineResult
from mooring.fleet.search import Hit
from mooring.ui.fleet.answer_lines import beside_lines, unified_lines
from mooring.ui.fleet.answer_pages import AnswerPages
from mooring.ui.fleet.newest_work import Done, NewestWork
from mooring_widgets.line_list import Line, LineAt, LineList
from mooring_widgets.plain_text import fit, plain_text


class Diff(Enum):
    """How a group is shown against the largest."""

    OFF = "off"
    UNIFIED = "unified"
    BESIDE = "side by side"

    @property
    def next(self) -> Diff:
        """The one that follows."""
        order = list(Diff)
        return order[(order.index(self) + 1) % len(order)]


class AnswerText(Container):
    """A line that says whose text it is, and the text. Reads and compares in threads; the newest wish counts.

    `keep_place` has the view stay where it is, for a text that is the same or has only grown.
    """

    def __init__(self) -> None:
        super().__init__()
        self.remarks: tuple[str, ...] = ()
        """What the line says besides."""
        self.lines = LineList(classes="answers--body")
        self._names = ""
        self._pages: AnswerPages | None = None
        self._wanted: set[int] = set()
        self._work = NewestWork(self, lambda words: self.say(f"✕ {words}"))

    def compose(self) -> ComposeResult:
        """The line, and the text."""
        yield Static("", classes="answers--about", markup=False)
        yield self.lines

    @property
    def text(self) -> str:
        """What is in view."""
        return f"{self.query_one('.answers--about', Static).content}\n{self.lines.text()}"

    def say(self, names: str) -> None:
        """Say whose text it is."""
        self._names = names
        words = "   ".join(plain_text(word) for word in (names, *self.remarks) if word)
        self.query_one(".answers--about", Static).update(fit(words, max(10, self.size.width - 2)))

    def show_lines(self, count: int, line_at: LineAt, names: str, *, keep_place: bool = False) -> None:
        """Show lines that are there already."""
        self._work.drop("read")
        self._pages = None
        self.lines.show(count, line_at, keep_place=keep_place)
        self.say(names)

    def show_answer(
        self, result: MachineResult, names: str, hit: Hit | None = None, *, keep_place: bool = False
    ) -> None:
        """Show what one machine wrote, at the line of `hit`."""

        def read() -> Done:
            pages = AnswerPages(result)
            place = None if hit is None else pages.place_of(hit.line, in_errors=hit.in_errors)
            return partial(self._show_pages, pages, names, place, keep_place)

        self._work.start("read", read)

    def show_comparison(
        self,
        reference: AnswerGroup,
        group: AnswerGroup,
        masks: frozenset[Mask],
        how: Diff,
        names: str,
        *,
        keep_place: bool = False,
    ) -> None:
        """Show how a group differs from another."""

        def compare() -> Done:
            comparison = compare_groups(reference, group, masks)
            return partial(self._show_comparison, comparison, how, names, keep_place)

        self._work.start("read", compare)

    def on_resize(self) -> None:
        """The line takes the width there is."""
        self.say(self._names)

    def _show_pages(self, pages: AnswerPages, names: str, place: int | None, keep_place: bool) -> None:
        self._pages, self._wanted = pages, set()

        def line_at(index: int) -> Line:
            line = pages.line(index, self._want_page)
            return [(text, "match") for text, _tone in line] if index == place else line

        self.lines.show(pages.count, line_at, keep_place=keep_place)
        if place is not None:
            self.lines.go_to(place)
        self.say(names)

    def _want_page(self, page: int) -> None:
        if page not in self._wanted and self._pages is not None:
            self._wanted.add(page)
            self._work.start(f"page {page}", partial(self._read_page, self._pages, page))

    def _read_page(self, pages: AnswerPages, page: int) -> Done:
        pages.read(page)
        return partial(self._page_read, page)

    def _page_read(self, page: int) -> None:
        self._wanted.discard(page)
        self.lines.refresh()

    def _show_comparison(self, comparison: Comparison, how: Diff, names: str, keep_place: bool) -> None:
        if comparison.is_equal:
            lines: Sequence[Line] = [(("they wrote the same; how they ended differs", "quiet"),)]
        elif how is Diff.BESIDE:
            lines = beside_lines(comparison, (self.lines.scrollable_content_region.width - 3) // 2)
        else:
            lines = unified_lines(comparison)
        self.show_lines(len(lines), lines.__getitem__, names, keep_place=keep_place)
