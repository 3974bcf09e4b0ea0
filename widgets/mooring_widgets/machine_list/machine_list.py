"""The list of machines as one widget: title and count, filter, column titles, lines, and what stands in for them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.segment import Segment
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.strip import Strip
from textual.visual import VisualType
from textual.widget import Widget
from textual.widgets import Input, Label, Static

from mooring_widgets.machine_list.columns import GAP, ColumnSpan
from mooring_widgets.machine_list.filter_input import FilterInput
from mooring_widgets.machine_list.list_view import MachineListView
from mooring_widgets.machine_list.row import MachineRow, RowState
from mooring_widgets.plain_text import plain_text


class ColumnTitles(Widget):
    """The names of the columns, one line; empty where the name stands alone."""

    def __init__(self) -> None:
        super().__init__()
        self._offset = 0
        self._spans: tuple[ColumnSpan, ...] = ()

    def show(self, spans: tuple[ColumnSpan, ...], offset: int) -> None:
        """Follow the list's columns."""
        self._spans, self._offset = spans, offset
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Paint the titles over their columns."""
        style = self.visual_style.rich_style
        text = ""
        if len(self._spans) > 1:
            titles = (" " * GAP).join(span.column.value.ljust(span.width) for span in self._spans)
            text = " " * self._offset + titles
        return Strip([Segment(text, style)]).adjust_cell_length(self.size.width, style)


class MachineList(Vertical):
    """Machines with a filter above them.

    It takes `MachineRow`s and posts `MachineListView.Highlighted`, `.Opened` and `.MarksChanged` with their keys.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "clear_filter", "Clear filter", show=False),
    ]

    def __init__(self, title: str = "Machines", *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._title = title
        self._nothing_at_all: VisualType = "no machines"
        self._total = 0

    def compose(self) -> ComposeResult:
        """The parts from top to bottom."""
        with Horizontal(classes="machine-list--header"):
            yield Label(self._title, classes="machine-list--title")
            yield Label("", classes="machine-list--count")
        with Horizontal(classes="machine-list--filter"):
            yield Label("/", classes="machine-list--slash")
            yield FilterInput(leave=self.focus_list)
        yield ColumnTitles()
        yield MachineListView(start_filter=self.action_filter)
        yield Static(classes="machine-list--empty")

    @property
    def view(self) -> MachineListView:
        """The lines."""
        return self.query_one(MachineListView)

    @property
    def current_key(self) -> str | None:
        """The machine under the cursor."""
        return self.view.current_key

    @property
    def pattern(self) -> str:
        """The filter as typed."""
        return self.query_one(FilterInput).value

    def set_rows(self, rows: Iterable[MachineRow], *, nothing_at_all: VisualType = "no machines") -> None:
        """Show machines; `nothing_at_all` stands in the list's place when there is none."""
        self._nothing_at_all = nothing_at_all
        self.view.set_rows(rows)

    def set_state(self, key: str, state: RowState, remark: str = "") -> None:
        """Show what goes on with one machine."""
        self.view.set_state(key, state, remark)

    def focus_list(self) -> None:
        """Give the keys to the lines."""
        self._focus_now(self.view)

    def action_filter(self) -> None:
        """Give the keys to the filter, those included that are typed right behind this one."""
        self._focus_now(self.query_one(FilterInput))

    def action_clear_filter(self) -> None:
        """Show everything again."""
        self.query_one(FilterInput).value = ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """`esc` is ours only while there is a filter to clear."""
        return bool(self.pattern) if action == "clear_filter" and self.is_mounted else True

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter as one types."""
        event.stop()
        self.view.set_filter(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Open the machine under the cursor at once."""
        event.stop()
        if self.current_key is None:
            self.action_filter()
        self.view.action_open()

    def on_machine_list_view_count_changed(self, event: MachineListView.CountChanged) -> None:
        """Say how many there are, and what to do when there is none."""
        event.stop()
        self._total = event.total
        count = str(event.total) if event.shown == event.total else f"{event.shown} of {event.total}"
        self.query_one(".machine-list--count", Label).update(count)
        self.set_class(not event.shown, "-empty")
        if not event.shown:
            self.query_one(".machine-list--empty", Static).update(self._stand_in())
        self._show_titles()

    def on_machine_list_view_laid_out(self, event: MachineListView.LaidOut) -> None:
        """The columns moved."""
        event.stop()
        self._show_titles()

    def _focus_now(self, widget: Widget) -> None:
        """`Widget.focus` takes effect a message later, and whoever types fast has typed the next key by then."""
        self.screen.set_focus(widget)

    def _stand_in(self) -> VisualType:
        if not self._total:
            return self._nothing_at_all
        return Content(f"no machine fits “{plain_text(self.pattern)}”\n\nctrl+u clears the filter")

    def _show_titles(self) -> None:
        titles = self.query_one(ColumnTitles)
        titles.show(self.view.column_spans, self.view.name_offset)
        self.set_class(len(self.view.column_spans) < 2, "-names-only")
