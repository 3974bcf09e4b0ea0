"""The list of machines as one widget: header, filter, column titles, lines, what stands in for them, what failed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.visual import VisualType
from textual.widget import Widget
from textual.widgets import Input, Label, Static

from mooring_widgets.machine_list.column_titles import ColumnTitles
from mooring_widgets.machine_list.filter_input import FilterInput
from mooring_widgets.machine_list.header import LOADING_SIGN, ListHeader
from mooring_widgets.machine_list.interactive_view import InteractiveListView
from mooring_widgets.machine_list.key_turns import KeyTurns, TakeKey
from mooring_widgets.machine_list.list_view import MachineListView
from mooring_widgets.machine_list.row import MachineRow
from mooring_widgets.machine_list.state import PROBLEM_SIGN, RowState
from mooring_widgets.plain_text import plain_text

_FAILURES_SHOWN = 3


class MachineList(Vertical):
    """Machines with a filter above them.

    It takes `MachineRow`s and posts the messages of `MachineListView`, which hold their keys. The methods that are not
    here are those of `view`. An application with keys of its own is asked about each by `take_key` when its turn comes.
    """

    def __init__(self, title: str = "Machines", *, take_key: TakeKey | None = None, id: str | None = None) -> None:
        super().__init__(id=id)
        turns = KeyTurns(take_key)
        self._header = ListHeader(title)
        self._filter = FilterInput(changed=self._filter_changed, leave=self.focus_list, turns=turns)
        self._titles = ColumnTitles()
        self._view = InteractiveListView(
            start_filter=self.action_filter,
            clear_filter=self.clear_filter,
            changed=self._follow_lines,
            turns=turns,
        )
        self._nothing_at_all: VisualType = "no machines"

    def compose(self) -> ComposeResult:
        """The parts from top to bottom."""
        yield self._header
        with Horizontal(classes="machine-list--filter"):
            yield Label("/", classes="machine-list--slash")
            yield self._filter
        yield self._titles
        yield self._view
        yield Static(classes="machine-list--instead")
        yield Static(classes="machine-list--failures")

    @property
    def view(self) -> InteractiveListView:
        """The lines."""
        return self._view

    @property
    def current_key(self) -> str | None:
        """The machine under the cursor."""
        return self._view.current_key

    @property
    def marked_keys(self) -> frozenset[str]:
        """The marked machines, shown at the moment or not."""
        return self._view.marked_keys

    @property
    def pattern(self) -> str:
        """The filter as typed."""
        return self._filter.value

    def set_rows(self, rows: Iterable[MachineRow], *, nothing_at_all: VisualType = "no machines") -> None:
        """Show machines; `nothing_at_all` stands in the list's place when there is none."""
        self._nothing_at_all = nothing_at_all
        self._view.set_rows(rows)

    def set_state(self, key: str, state: RowState, detail: str = "") -> None:
        """Show what goes on with one machine; `detail` is told in place of the state's own word."""
        self._view.set_state(key, state, detail)

    def set_loading(self, loading: bool) -> None:
        """Say that more machines may come."""
        self._header.facts = replace(self._header.facts, is_loading=loading)
        if not (loading and self._view.contents.total):
            self._view.fill(begins=loading)
        self._show_instead()

    def set_failures(self, failures: Sequence[str], *, more: str = "more") -> None:
        """Say what could not be read, each in a line; what was read is listed all the same.

        Of many the first few are said, and how many there are `more`: that text says where the others are.
        """
        sign = PROBLEM_SIGN.sign
        told = [f"{sign} {plain_text(failure)}" for failure in failures[:_FAILURES_SHOWN]]
        if len(failures) > _FAILURES_SHOWN:
            told.append(f"{sign} and {len(failures) - _FAILURES_SHOWN} {more}")
        self.query_one(".machine-list--failures", Static).update(Content("\n".join(told)))
        self.set_class(bool(failures), "-failures")

    def set_pattern(self, pattern: str) -> None:
        """Filter as if `pattern` had been typed."""
        self._filter.value = pattern

    def focus_list(self) -> None:
        """Give the keys to the lines."""
        self._focus_now(self._view)

    def action_filter(self) -> None:
        """Give the keys to the filter, those included that are typed right behind this one."""
        self._focus_now(self._filter)

    def clear_filter(self) -> bool:
        """Show everything again; False where nothing was filtered."""
        had_one = bool(self.pattern)
        self.set_pattern("")
        return had_one

    def on_input_changed(self, event: Input.Changed) -> None:
        """It was told at once."""
        event.stop()

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Open the machine under the cursor as soon as the list shows what fits the whole pattern."""
        event.stop()
        await self._view.arranged_for_person()
        if self.current_key is None:
            self.action_filter()
        else:
            self._view.action_open()

    def on_machine_list_view_marks_changed(self, event: MachineListView.MarksChanged) -> None:
        """Say how many are marked."""
        self._header.facts = replace(self._header.facts, marked=len(event.keys))

    def _follow_lines(self) -> None:
        """Say how many there are, what to do when there is none, and where the columns are."""
        contents, spans = self._view.contents, self._view.column_spans
        self._header.facts = replace(
            self._header.facts, shown=contents.shown, total=contents.total, order=contents.order
        )
        self._show_instead()
        self._titles.show(spans)
        if self._view.size.width:
            self.set_class(len(spans) < 2, "-names-only")

    def _filter_changed(self, pattern: str) -> None:
        self._view.set_filter(pattern)

    def _focus_now(self, widget: Widget) -> None:
        """`Widget.focus` takes effect a message later, and whoever types fast has typed the next key by then."""
        self.screen.set_focus(widget)

    def _show_instead(self) -> None:
        """Fill the place of the lines where there are none."""
        facts = self._header.facts
        self.set_class(not facts.shown, "-empty")
        if facts.shown:
            return
        instead: VisualType
        if facts.total:
            instead = Content(f"no machine fits “{plain_text(self.pattern)}”\n\nctrl+u clears the filter")
        elif facts.is_loading:
            instead = Content(f"{LOADING_SIGN} reading machines")
        else:
            instead = self._nothing_at_all
        self.query_one(".machine-list--instead", Static).update(instead)
