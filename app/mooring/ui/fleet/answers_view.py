"""The answers of a run: machines that say the same are one group; below, what the chosen ones say.

While a run goes on groups stay in the order in which they came up, below those that still run; then the smallest is
first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import partial

from textual.app import ComposeResult
from textual.containers import Container
from textual.message import Message
from textual.widgets import Input

from mooring.fleet.answers import AnswerGroup, largest
from mooring.fleet.masks import Mask
from mooring.fleet.result import MachineResult
from mooring.fleet.search import Hit, search
from mooring.ui.fleet.answer_rows import Row, identity, line_maker, machines_of
from mooring.ui.fleet.answer_text import AnswerText, Diff
from mooring.ui.fleet.group_work import GroupWork
from mooring.ui.fleet.newest_work import Done, NewestWork
from mooring.ui.fleet.progress_lines import Unfinished, furthest, name_width, progress_line, progress_rows
from mooring_widgets.line_list import LineList

_MOST_HITS = 2000


class Show(Enum):
    """What the upper list is about."""

    GROUPS = "groups"
    MACHINES = "machines"
    HITS = "hits"


class SearchField(Input):
    """The line that a text is typed into which all answers are searched for."""


class AnswersView(Container):
    """Groups and searches in threads; the newest wish counts."""

    @dataclass
    class Changed(Message):
        """What is shown is another."""

    def __init__(self) -> None:
        super().__init__()
        self.groups: tuple[AnswerGroup, ...] = ()
        self.masks: frozenset[Mask] = frozenset()
        self.diff = Diff.OFF
        self.what = Show.GROUPS
        self._results: tuple[MachineResult, ...] = ()
        self._last_output: Mapping[str, bytes] = {}
        self._is_live = False
        self._unfinished: Unfinished | None = None
        self._hits: tuple[Hit, ...] = ()
        self._missed = ""
        self._rows: Sequence[Row] = ()
        self._shown: object = None
        self._work = NewestWork(self, lambda words: self.answer.say(f"✕ {words}"))
        self._grouping = GroupWork(self._work, self._grouped)
        self.list = LineList(has_cursor=True, classes="answers--list")
        self.answer = AnswerText()

    def compose(self) -> ComposeResult:
        """The groups, and what the chosen one says."""
        yield self.list
        yield self.answer
        yield SearchField(placeholder="text to find in all answers", compact=True, classes="answers--search")

    # What the tab wants.

    def follow(self, results: tuple[MachineResult, ...], last_output: Mapping[str, bytes]) -> None:
        """Show how far a run is; `last_output` is what each machine wrote last. For being called often."""
        self._is_live = True
        self._results, self._last_output = results, last_output
        self._grouping.follow(results)
        state, rest = furthest(results), self._unfinished
        if rest is not None and state is not None and rest.state is not state:
            self._unfinished = replace(rest, state=state)
            self._show_list()
        elif self.what is Show.MACHINES:
            self._show_list()
        if self.what is Show.MACHINES or isinstance(self._row, Unfinished):
            self._show_chosen(again=False)

    def show(self, results: tuple[MachineResult, ...]) -> None:
        """Show the answers of a run that is over."""
        self._is_live = False
        self._results = results
        self._grouping.begin_anew(results, self.masks, is_live=False)

    def take_focus(self) -> None:
        """Give the keys to the list."""
        self.screen.set_focus(self.list)

    def switch_focus(self) -> None:
        """From the list to the text, and back."""
        self.screen.set_focus(self.list if self.answer.lines.has_focus else self.answer.lines)

    def toggle_mask(self, mask: Mask) -> None:
        """Count what a mask names, or don't."""
        self.masks ^= {mask}
        if self.what is Show.HITS:
            self._switch_to(Show.GROUPS)
        self._grouping.begin_anew(self._results, self.masks, is_live=self._is_live)

    def next_diff(self) -> None:
        """Against the largest group: one below the other, side by side, or not."""
        self.diff = self.diff.next
        self._show_chosen()

    def toggle_machines(self) -> None:
        """By machine, or by group."""
        self._switch_to(Show.MACHINES if self.what is Show.GROUPS else Show.GROUPS)

    def ask_what_to_find(self) -> None:
        """Open the line for a search."""
        self.add_class("-searching")
        self.screen.set_focus(self.query_one(SearchField))

    def leave(self) -> bool:
        """Step back: from a search, or from the machines, to the groups. False where there is nothing to leave."""
        had = self.what is not Show.GROUPS or self.has_class("-searching")
        self.remove_class("-searching")
        if had:
            self._switch_to(Show.GROUPS)
            self.take_focus()
        return had

    @property
    def machine_names(self) -> tuple[str, ...]:
        """The machines under the cursor."""
        return machines_of(self._row)

    @property
    def text(self) -> str:
        """What is in view: list and text."""
        return f"{self.list.text()}\n{self.answer.text}"

    # What the parts tell.

    def on_line_list_highlighted(self, event: LineList.Highlighted) -> None:
        """Show what the one under the cursor says."""
        event.stop()
        if event.list is self.list:
            self._missed = ""
            self._show_chosen()

    def on_line_list_chosen(self, event: LineList.Chosen) -> None:
        """Read it."""
        event.stop()
        if event.list is self.list:
            self.screen.set_focus(self.answer.lines)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Search."""
        event.stop()
        text = event.value
        self.remove_class("-searching")
        self.take_focus()
        if text:
            self._work.start("search", partial(self._search, self._results, text))

    def on_resize(self) -> None:
        """Side by side takes the width there is."""
        self._size_list()
        if self.diff is Diff.BESIDE:
            self._show_chosen()

    # What comes of grouping and searching.

    def _grouped(self, groups: tuple[AnswerGroup, ...], unfinished: Unfinished | None) -> None:
        self.groups, self._unfinished = groups, unfinished
        self._show_list()
        self._show_chosen(again=not self._is_live)

    def _search(self, results: tuple[MachineResult, ...], text: str) -> Done:
        return partial(self._found, text, tuple(search(results, text, limit=_MOST_HITS)))

    def _found(self, text: str, hits: tuple[Hit, ...]) -> None:
        self._hits, self._missed = hits, "" if hits else text
        self._switch_to(Show.HITS if hits else Show.GROUPS)

    # The list.

    @property
    def _row(self) -> Row | None:
        return self._rows[self.list.cursor] if self.list.cursor < len(self._rows) else None

    def _switch_to(self, what: Show) -> None:
        self.what = what
        self._show_list()
        self._show_chosen()
        self.post_message(self.Changed())

    def _show_list(self) -> None:
        """Show the rows there are; the cursor stays with its row."""
        before = identity(self._row)
        if self.what is Show.MACHINES:
            self._rows = self._results
        elif self.what is Show.HITS:
            self._rows = self._hits
        else:
            self._rows = self.groups if self._unfinished is None else (self._unfinished, *self.groups)
        most = largest(self.groups) if len(self.groups) > 1 and not self._is_live else None
        cursor = next((index for index, row in enumerate(self._rows) if identity(row) == before), None)
        self.list.show(len(self._rows), line_maker(self._rows, most), cursor=cursor or 0, keep_place=cursor is not None)
        self._size_list()

    def _size_list(self) -> None:
        self.list.styles.height = max(1, min(self.list.count, max(3, self.size.height * 2 // 5)))

    # What the chosen one says.

    def _show_chosen(self, *, again: bool = True) -> None:
        """Show it, where it was if it was shown; what has ended is read once more only where `again` says so."""
        row, reference = self._row, self._reference
        is_final = isinstance(row, MachineResult) and row.state.is_final
        wish = (identity(row), is_final, None if reference is None else (reference.key, self.diff, self.masks))
        same, self._shown = wish == self._shown, wish
        self.answer.remarks = self._remarks
        names = row.names if isinstance(row, AnswerGroup | Unfinished) else "".join(machines_of(row))
        if reference is not None:
            names = f"{names} against {reference.names}"
        match row:
            case None:
                self.answer.show_lines(0, lambda index: (), "")
            case Unfinished():
                self._show_progress([each for each in self._results if not each.state.is_final], names, same)
            case MachineResult() if not is_final:
                self._show_progress([row], names, same)
            case _ if same and not again:
                self.answer.say(names)
            case AnswerGroup() if reference is not None:
                self.answer.show_comparison(reference, row, self.masks, self.diff, names, keep_place=same)
            case AnswerGroup(sample=result):
                self.answer.show_answer(result, names, keep_place=same)
            case MachineResult():
                self.answer.show_answer(row, names, keep_place=same)
            case Hit():
                result = next(each for each in self._results if each.machine == row.machine)
                self.answer.show_answer(result, names, row)

    @property
    def _reference(self) -> AnswerGroup | None:
        """What the row under the cursor is compared with."""
        row, most = self._row, largest(self.groups)
        if self.diff is Diff.OFF or most is None or not isinstance(row, AnswerGroup):
            return None
        return most if row.key != most.key and _spoke(row) else None

    def _show_progress(self, results: Sequence[MachineResult], names: str, keep_place: bool) -> None:
        rows, last = progress_rows(results), self._last_output
        width = name_width(rows)
        self.answer.show_lines(
            len(rows), lambda index: progress_line(rows[index], width, last), names, keep_place=keep_place
        )

    @property
    def _remarks(self) -> tuple[str, ...]:
        """What is said besides whose text it is."""
        return (
            f"“{self._missed}” is in no answer{' so far' if self._is_live else ''}" if self._missed else "",
            f"{len(self._hits)} lines found, esc goes back to the groups" if self.what is Show.HITS else "",
            f"not counted: {', '.join(sorted(self.masks))}" if self.masks else "",
        )


def _spoke(group: AnswerGroup) -> bool:
    return bool(group.sample.output.size or group.sample.errors.size)
