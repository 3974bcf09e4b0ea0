"""The scrolling part of the list: a cursor over lines, of which only the visible ones are ever painted."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from mooring_widgets.machine_list.columns import ColumnSpan, lay_out, natural_widths
from mooring_widgets.machine_list.contents import Contents
from mooring_widgets.machine_list.late_keys import passed_on
from mooring_widgets.machine_list.outline import GroupLine, MachineLine
from mooring_widgets.machine_list.paint import GROUP_INDENT, MARGIN, LineStyles, paint_group, paint_machine
from mooring_widgets.machine_list.row import MachineRow, RowState


class MachineListView(ScrollView, can_focus=True):
    """Machines under their groups. It costs by what is visible: a line is painted when it comes into view."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "machine-list--cursor",
        "machine-list--hover",
        "machine-list--name",
        "machine-list--dim",
        "machine-list--match",
        "machine-list--group",
        "machine-list--mark",
        "machine-list--problem",
        "machine-list--guard",
        "machine-list--open",
        "machine-list--connecting",
        "machine-list--failed",
    }

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "Up", show=False),
        Binding("down,j", "move(1)", "Down", show=False),
        Binding("pageup", "move_page(-1)", "Page up", show=False),
        Binding("pagedown", "move_page(1)", "Page down", show=False),
        Binding("home,g", "move_to(0)", "First", show=False),
        Binding("end,G", "move_to(-1)", "Last", show=False),
        Binding("left,h", "fold", "Fold group", show=False),
        Binding("right,l", "unfold", "Unfold group", show=False),
        Binding("space", "mark", "Mark", show=False),
    ]

    cursor: reactive[int] = reactive(0, repaint=False)
    """Index of the line under the cursor."""

    @dataclass
    class Highlighted(Message):
        """The cursor stands on another machine, or on none (a heading, an empty list)."""

        key: str | None

    @dataclass
    class Opened(Message):
        """A machine was chosen, by key or by a second click."""

        key: str

    @dataclass
    class MarksChanged(Message):
        """Other machines are marked now."""

        keys: frozenset[str]

    @dataclass
    class CountChanged(Message):
        """The number of machines that pass the filter, and of all."""

        shown: int
        total: int

    @dataclass
    class LaidOut(Message):
        """The columns have other widths now."""

    def __init__(self, *, start_filter: Callable[[], None], id: str | None = None) -> None:
        super().__init__(id=id)
        self._start_filter = start_filter
        self._contents = Contents()
        self._natural = natural_widths(())
        self._states: dict[str, tuple[RowState, str]] = {}
        self._spans: tuple[ColumnSpan, ...] = ()
        self._highlighted_key: str | None = None
        self._hover: int | None = None

    # What it shows.

    def set_rows(self, rows: Iterable[MachineRow]) -> None:
        """Show other machines; cursor, marks, folds and filter stay as far as their machines do."""
        held = tuple(rows)
        mark_went = self._contents.set_rows(held)
        self._natural = natural_widths(held)
        if mark_went:
            self._tell(self.MarksChanged(self.marked_keys))
        self._lay_out_columns()
        self._show_contents(keep_key=self._highlighted_key)

    def set_state(self, key: str, state: RowState, remark: str = "") -> None:
        """Show what goes on with one machine, without touching the others."""
        self._states[key] = (state, remark)
        self.refresh()

    def set_filter(self, pattern: str) -> None:
        """Show the machines that fit `pattern`, the best one under the cursor; an empty pattern shows all."""
        self._contents.set_filter(pattern)
        self._show_contents(keep_key=self._highlighted_key if self._contents.filter.is_empty else None)

    @property
    def current_key(self) -> str | None:
        """The machine under the cursor."""
        line = self._contents.line(self.cursor)
        return line.row.key if isinstance(line, MachineLine) else None

    @property
    def marked_keys(self) -> frozenset[str]:
        """The marked machines, shown at the moment or not."""
        return self._contents.marked

    @property
    def column_spans(self) -> tuple[ColumnSpan, ...]:
        """The columns as they are laid out now."""
        return self._spans

    @property
    def name_offset(self) -> int:
        """Cells before the first column."""
        return MARGIN + GROUP_INDENT * self._contents.has_groups

    def select(self, key: str) -> bool:
        """Put the cursor on a machine, unfolding its group; False when it is not there or filtered out."""
        if self._contents.uncover(key):
            self._show_contents(keep_key=key)
        index = self._contents.index_of(key)
        if index is None:
            return False
        self.cursor = index
        return True

    # Moving, folding, marking.

    def action_move(self, step: int) -> None:
        """Move the cursor by lines."""
        self.cursor = self._contents.clamp(self.cursor + step)

    def action_move_page(self, direction: int) -> None:
        """Move the cursor by what is visible, less one line to keep the place."""
        self.cursor = self._contents.clamp(self.cursor + direction * max(1, self.scrollable_content_region.height - 1))

    def action_move_to(self, index: int) -> None:
        """Move the cursor to the first machine (0) or the last line (-1)."""
        contents = self._contents
        self.cursor = contents.first_machine if index == 0 else contents.clamp(len(contents.outline.lines) - 1)

    def action_fold(self) -> None:
        """Fold the group that the cursor is in, and stand on its heading."""
        group = self._contents.group_around(self.cursor)
        if group is not None and self._contents.filter.is_empty:
            self._set_folded(group.name, folded=True)

    def action_unfold(self) -> None:
        """Unfold the group whose heading the cursor is on."""
        line = self._contents.line(self.cursor)
        if isinstance(line, GroupLine):
            self._set_folded(line.name, folded=False)

    def action_mark(self) -> None:
        """Mark or unmark the machine under the cursor and go to the next; on a heading, all of its machines."""
        line = self._contents.line(self.cursor)
        if line is not None:
            self._contents.toggle_mark(line)
        if isinstance(line, MachineLine):
            self.action_move(1)
        self._tell(self.MarksChanged(self.marked_keys))
        self.refresh()

    def action_open(self) -> None:
        """Open the machine under the cursor; on a heading, fold or unfold it.

        Opening drops the focus, since the keys that follow are not for the list: whoever hears `Opened` sets it.
        """
        line = self._contents.line(self.cursor)
        if isinstance(line, MachineLine):
            self.screen.set_focus(None)
            self._tell(self.Opened(line.row.key))
        elif isinstance(line, GroupLine) and self._contents.filter.is_empty:
            self._set_folded(line.name, folded=not line.folded)

    def watch_cursor(self, old: int, new: int) -> None:
        """Repaint the two lines that changed and keep the cursor in view."""
        self.refresh_line(old)
        self.refresh_line(new)
        if new <= self._contents.first_machine < self.scrollable_content_region.height:
            self.scroll_to(y=0, animate=False)  # The first machine takes its heading along.
        else:
            self.scroll_to_region(Region(0, new, 1, 1), animate=False, force=True, x_axis=False)
        self._tell_highlighted()

    # Painting.

    def render_line(self, y: int) -> Strip:
        """Paint one line of the visible window."""
        index = y + self.scroll_offset.y
        width = self.scrollable_content_region.width
        line = self._contents.line(index)
        if line is None:
            return Strip([Segment(" " * width, self.visual_style.rich_style)], width)
        styles = self._line_styles(index)
        if isinstance(line, GroupLine):
            return paint_group(line, width, styles)
        row = line.row
        if row.key in self._states:
            state, remark = self._states[row.key]
            row = replace(row, state=state, remark=remark)
        return paint_machine(
            row,
            self._spans,
            width,
            styles,
            marked=self._contents.is_marked(row.key),
            indented=self._contents.has_groups,
            highlights=self._contents.filter.highlights(row),
        )

    def _line_styles(self, index: int) -> LineStyles:
        ground: tuple[str, ...]
        if index == self.cursor:
            ground = ("machine-list--cursor",)
        elif index == self._hover:
            ground = ("machine-list--hover",)
        else:
            ground = ()

        names = ("name", "dim", "match", "group", "mark", "problem", "guard", "open", "connecting", "failed")
        style = {name: self.get_visual_style(*ground, f"machine-list--{name}").rich_style for name in names}
        base = self.get_visual_style(*ground).rich_style
        return LineStyles(
            base=base,
            name=style["name"],
            dim=style["dim"],
            match=style["match"],
            group=style["group"],
            mark=style["mark"],
            problem=style["problem"],
            guard=style["guard"],
            states={
                RowState.IDLE: base,
                RowState.OPEN: style["open"],
                RowState.CONNECTING: style["connecting"],
                RowState.FAILED: style["failed"],
            },
        )

    # Events.

    async def on_event(self, event: events.Event) -> None:
        """Take keys only while they are for the list."""
        if not passed_on(self, event):
            await super().on_event(event)

    def on_key(self, event: events.Key) -> None:
        """Take the keys that move the focus: as bindings they would act behind the keys typed after them."""
        match event.key:
            case "enter":
                self.action_open()
            case "slash":
                self._start_filter()
            case _:
                return
        event.stop()
        event.prevent_default()

    def on_resize(self) -> None:
        """Columns follow the width."""
        self._lay_out_columns()
        self.refresh()
        self.call_after_refresh(self.scroll_to_region, Region(0, self.cursor, 1, 1), animate=False, x_axis=False)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Show which line a click would take."""
        self._set_hover(event.y + self.scroll_offset.y)

    def on_leave(self) -> None:
        """The mouse is elsewhere."""
        self._set_hover(None)

    def on_click(self, event: events.Click) -> None:
        """A click moves the cursor; on a heading it folds, and the second on a machine opens it."""
        index = event.y + self.scroll_offset.y
        line = self._contents.line(index)
        if line is None:
            return
        self.cursor = index
        if isinstance(line, GroupLine) or event.chain == 2:
            self.action_open()

    # Inner parts.

    def _set_folded(self, name: str, *, folded: bool) -> None:
        self._contents.set_folded(name, folded=folded)
        self._show_contents()
        heading = self._contents.heading(name)
        if heading is not None:
            self.cursor = heading

    def _set_hover(self, index: int | None) -> None:
        if index != self._hover:
            self._hover = index
            self.refresh()

    def _lay_out_columns(self) -> None:
        self._spans = lay_out(max(1, self.scrollable_content_region.width - self.name_offset), self._natural)
        self._tell(self.LaidOut())

    def _show_contents(self, *, keep_key: str | None = None) -> None:
        """Show the lines as they are now, the cursor on `keep_key` where that is shown, else on the first machine."""
        contents = self._contents
        self.virtual_size = Size(0, len(contents.outline.lines))
        kept = contents.index_of(keep_key)
        self.set_reactive(MachineListView.cursor, contents.first_machine if kept is None else kept)
        if kept is None:
            self.scroll_to(y=0, animate=False)
        else:
            self.scroll_to_region(Region(0, kept, 1, 1), animate=False, x_axis=False)
        self.refresh()
        self._tell(self.CountChanged(len(contents.outline.kept), contents.total))
        self._tell_highlighted()

    def _tell(self, message: Message) -> None:
        """Post a message as our own: Textual 8.2.8 ends bubbling at the parent when that called what posts."""
        self.post_message(message.set_sender(self))

    def _tell_highlighted(self) -> None:
        key = self.current_key
        if key != self._highlighted_key:
            self._highlighted_key = key
            self._tell(self.Highlighted(key))
