"""The answers of a run: machines that say the same are one group, smallest first; below, what the chosen ones say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import partial

from textual.app import ComposeResult
from textual.containers import Container
from textual.message import Message
from textual.widgets import Input, Static

from mooring.fleet.answers import AnswerGroup, group_answers, largest
from mooring.fleet.differences import Comparison, compare_groups
from mooring.fleet.history import RunRecord
from mooring.fleet.masks import Mask
from mooring.fleet.result import MachineResult
from mooring.fleet.search import Hit, search
from mooring.ui.fleet.answer_lines import (
    beside_lines,
    group_line,
    hit_line,
    machine_line,
    name_width,
    unified_lines,
    widest_count,
)
from mooring.ui.fleet.answer_pages import AnswerPages
from mooring.ui.fleet.newest_work import Done, NewestWork
from mooring_widgets.line_list import Line, LineList
from mooring_widgets.plain_text import fit, plain_text

_MOST_HITS = 2000


class Show(Enum):
    """What the upper list is about."""

    GROUPS = "groups"
    MACHINES = "machines"
    HITS = "hits"


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


class SearchField(Input):
    """The line that a text is typed into which all answers are searched for."""


class AnswersView(Container):
    """Reads, groups, compares and searches in threads; the newest wish counts."""

    @dataclass
    class Changed(Message):
        """What is shown is another."""

    def __init__(self) -> None:
        super().__init__()
        self.record: RunRecord | None = None
        self.groups: tuple[AnswerGroup, ...] = ()
        self.masks: frozenset[Mask] = frozenset()
        self.diff = Diff.OFF
        self.what = Show.GROUPS
        self.hits: tuple[Hit, ...] = ()
        self._pages: AnswerPages | None = None
        self._work = NewestWork(self, lambda words: self._tell(f"✕ {words}"))
        self._wanted: set[int] = set()
        self.list = LineList(has_cursor=True, classes="answers--list")
        self.body = LineList(classes="answers--body")

    def compose(self) -> ComposeResult:
        """The groups, a line of what is shown of the chosen one, and that."""
        yield self.list
        yield Static("", classes="answers--about", markup=False)
        yield self.body
        yield SearchField(placeholder="text to find in all answers", compact=True, classes="answers--search")

    # What the tab wants.

    def show(self, record: RunRecord) -> None:
        """Show a run's answers."""
        self.record = record
        self._regroup()

    def take_focus(self) -> None:
        """Give the keys to the list."""
        self.screen.set_focus(self.list)

    def switch_focus(self) -> None:
        """From the list to the text, and back."""
        self.screen.set_focus(self.list if self.body.has_focus else self.body)

    def toggle_mask(self, mask: Mask) -> None:
        """Count what a mask names, or don't."""
        self.masks ^= {mask}
        self._regroup()

    def next_diff(self) -> None:
        """Against the largest group: one below the other, side by side, or not."""
        self.diff = self.diff.next
        self._show_chosen()

    def toggle_machines(self) -> None:
        """By machine, or by group."""
        self._show_list(Show.MACHINES if self.what is Show.GROUPS else Show.GROUPS)

    def ask_what_to_find(self) -> None:
        """Open the line for a search."""
        self.add_class("-searching")
        self.screen.set_focus(self.query_one(SearchField))

    def leave(self) -> bool:
        """Step back: from a search, or from the machines, to the groups. False where there is nothing to leave."""
        had = self.what is not Show.GROUPS or self.has_class("-searching")
        self.remove_class("-searching")
        if had:
            self._show_list(Show.GROUPS)
            self.take_focus()
        return had

    @property
    def machine_names(self) -> tuple[str, ...]:
        """The machines under the cursor."""
        index = self.list.cursor
        if self.what is Show.MACHINES and self.record is not None and index < len(self.record.results):
            return (self.record.results[index].machine,)
        if self.what is Show.HITS and index < len(self.hits):
            return (self.hits[index].machine,)
        return self.groups[index].machines if index < len(self.groups) else ()

    @property
    def text(self) -> str:
        """What is in view: list and text."""
        return f"{self.list.text()}\n{self.query_one('.answers--about', Static).content}\n{self.body.text()}"

    # What the parts tell.

    def on_line_list_highlighted(self, event: LineList.Highlighted) -> None:
        """Show what the one under the cursor says."""
        event.stop()
        if event.list is self.list:
            self._show_chosen()

    def on_line_list_chosen(self, event: LineList.Chosen) -> None:
        """Read it."""
        event.stop()
        if event.list is self.list:
            self.screen.set_focus(self.body)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Search."""
        event.stop()
        text = event.value
        self.remove_class("-searching")
        self.take_focus()
        if text and self.record is not None:
            self._work.start("search", partial(self._search, self.record, text))

    def on_resize(self) -> None:
        """Side by side takes the width there is."""
        self._size_list()
        if self.diff is Diff.BESIDE:
            self._show_chosen()

    # Grouping.

    def _regroup(self) -> None:
        if self.record is not None:
            self._work.start("group", partial(self._group, self.record, self.masks))

    def _group(self, record: RunRecord, masks: frozenset[Mask]) -> Done:
        groups = group_answers(record.results, masks)
        return partial(self._grouped, groups)

    def _grouped(self, groups: tuple[AnswerGroup, ...]) -> None:
        self.groups = groups
        self._show_list(self.what if self.what is not Show.HITS else Show.GROUPS)

    def _show_list(self, what: Show) -> None:
        self.what = what
        record = self.record
        if what is Show.MACHINES and record is not None:
            width = name_width(record.results)
            self.list.show(len(record.results), lambda index: machine_line(record.results[index], width))
        elif what is Show.HITS:
            hits = self.hits
            self.list.show(len(hits), lambda index: hit_line(hits[index]))
        else:
            groups, widest = self.groups, widest_count(self.groups)
            reference = largest(groups) if len(groups) > 1 else None
            self.list.show(len(groups), lambda index: group_line(groups[index], reference, widest))
        self._size_list()
        self._show_chosen()
        self.post_message(self.Changed())

    def _size_list(self) -> None:
        self.list.styles.height = max(1, min(self.list.count, max(3, self.size.height * 2 // 5)))

    # What the chosen ones say.

    def _show_chosen(self) -> None:
        record, index = self.record, self.list.cursor
        if record is None or not self.list.count:
            self.body.show_lines([])
            self._tell("")
            return
        if self.what is Show.GROUPS:
            group, reference = self.groups[index], largest(self.groups)
            if self.diff is not Diff.OFF and reference is not None and group is not reference and _spoke(group):
                self._work.start("read", partial(self._compare, reference, group, self.masks, self.diff))
                return
            self._work.start("read", partial(self._read, group.sample, group.names, None))
        elif self.what is Show.MACHINES:
            result = record.results[index]
            self._work.start("read", partial(self._read, result, result.machine, None))
        else:
            hit = self.hits[index]
            result = next(each for each in record.results if each.machine == hit.machine)
            self._work.start("read", partial(self._read, result, result.machine, hit))

    def _read(self, result: MachineResult, names: str, hit: Hit | None) -> Done:
        pages = AnswerPages(result)
        if hit is None:
            return partial(self._show_pages, pages, names, None)
        return partial(self._show_pages, pages, names, pages.place_of(hit.line, in_errors=hit.in_errors))

    def _show_pages(self, pages: AnswerPages, names: str, place: int | None) -> None:
        self._pages, self._wanted = pages, set()

        def line_at(index: int) -> Line:
            line = pages.line(index, self._want_page)
            return [(text, "match") for text, _tone in line] if index == place else line

        self.body.show(pages.count, line_at)
        if place is not None:
            self.body.go_to(place)
        self._tell(names)

    def _want_page(self, page: int) -> None:
        if page not in self._wanted and self._pages is not None:
            self._wanted.add(page)
            self._work.start(f"page {page}", partial(self._read_page, self._pages, page))

    def _read_page(self, pages: AnswerPages, page: int) -> Done:
        pages.read(page)
        return partial(self._page_read, page)

    def _page_read(self, page: int) -> None:
        self._wanted.discard(page)
        self.body.refresh()

    def _compare(self, reference: AnswerGroup, group: AnswerGroup, masks: frozenset[Mask], how: Diff) -> Done:
        comparison = compare_groups(reference, group, masks)
        return partial(self._show_comparison, comparison, how, f"{group.names} against {reference.names}")

    def _show_comparison(self, comparison: Comparison, how: Diff, names: str) -> None:
        if comparison.is_equal:
            lines: Sequence[Line] = [(("they wrote the same; how they ended differs", "quiet"),)]
        elif how is Diff.BESIDE:
            lines = beside_lines(comparison, (self.body.scrollable_content_region.width - 3) // 2)
        else:
            lines = unified_lines(comparison)
        self.body.show_lines(lines)
        self._tell(names)

    def _search(self, record: RunRecord, text: str) -> Done:
        return partial(self._found, text, tuple(search(record.results, text, limit=_MOST_HITS)))

    def _found(self, text: str, hits: tuple[Hit, ...]) -> None:
        self.hits = hits
        if hits:
            self._show_list(Show.HITS)
        else:
            self._show_list(Show.GROUPS)
            self._tell(f"“{text}” is in no answer")

    def _tell(self, names: str) -> None:
        words = [names]
        if self.what is Show.HITS:
            words.append(f"{len(self.hits)} lines found, esc goes back to the groups")
        if self.masks:
            words.append(f"not counted: {', '.join(sorted(self.masks))}")
        text = "   ".join(plain_text(word) for word in words if word)
        self.query_one(".answers--about", Static).update(fit(text, max(10, self.size.width - 2)))
        self.post_message(self.Changed())


def _spoke(group: AnswerGroup) -> bool:
    return bool(group.sample.output.size or group.sample.errors.size)
