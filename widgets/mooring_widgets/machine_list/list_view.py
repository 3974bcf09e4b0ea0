"""The list as others deal with it: what it shows, what can be done to it, and what it says."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from textual.message import Message
from textual.timer import Timer

from mooring_widgets.machine_list.arranger import Arranger
from mooring_widgets.machine_list.line_window import LineWindow
from mooring_widgets.machine_list.ordering import SortOrder
from mooring_widgets.machine_list.outline import Heading, MachineLine
from mooring_widgets.machine_list.placement import Anchor, Wish, place_after
from mooring_widgets.machine_list.row import MachineRow
from mooring_widgets.machine_list.state import Condition, RowState

_VISIBLE_TOLD_AFTER = 0.15
"""Seconds before it is told what is in the window: nobody probes what is scrolled past."""
_STATES_GATHERED_FOR = 0.5
"""Seconds over which states are gathered before lines move for them."""


class MachineListView(LineWindow):
    """Machines under their groups. What is done to them reaches others as messages with their keys.

    `changed` is called when the lines are others or the columns may have moved: what stands around them is to be
    painted in the same frame, which a message would miss.

    A change of rows, filter or order shows when it is worked out, which long lists need a few frames for.
    """

    @dataclass
    class Highlighted(Message):
        """The cursor stands on another machine, or on none (a heading, an empty list)."""

        key: str | None

    class NothingToOpen(Message):
        """A machine was to be opened, and the list has none."""

    @dataclass
    class Opened(Message):
        """A machine was chosen, by key or by a second click."""

        key: str

    @dataclass
    class MarksChanged(Message):
        """Other machines are marked now."""

        keys: frozenset[str]

    @dataclass
    class VisibleChanged(Message):
        """Other machines are in the window, from top to bottom; told when it has stood still for a moment."""

        keys: tuple[str, ...]

    @dataclass
    class Arranged(Message):
        """Machines are listed in another way: in which order, under their groups or not."""

        order: SortOrder
        is_flat: bool

    def __init__(self, *, changed: Callable[[], None], id: str | None = None) -> None:
        super().__init__(id=id)
        self._changed = changed
        self._arranger = Arranger(self, self._show_arranged)
        self._wish = Wish()
        self._is_awaited = False
        self._is_filling = False
        self._range_start: int | None = None
        self._told_highlighted: str | None = None
        self._told_marks: frozenset[str] = frozenset()
        self._told_visible: tuple[str, ...] = ()
        self._visible_timer: Timer | None = None
        self._states_timer: Timer | None = None

    # What it shows.

    def set_rows(self, rows: Iterable[MachineRow]) -> None:
        """Show other machines; cursor, marks, folds, filter and window stay as far as their machines do."""
        is_away = Anchor.of(self.contents, self.place, self.window_height).was_scrolled_away
        self.contents.set_rows(rows)
        if self._is_filling and not is_away:
            self._wish = replace(self._wish, starts_over=True)
        self._arrange()

    def fill(self, *, begins: bool) -> None:
        """Say that the first rows come one after the other (`begins`), or that all have come.

        Meanwhile, as long as nobody has gone or scrolled anywhere, the cursor is on the first of them: else it would be
        on that of whoever answered first.
        """
        self._is_filling = begins

    def set_state(self, key: str, state: RowState, detail: str = "") -> None:
        """Show what goes on with one machine, without touching the others; `detail` stands in for the state's word.

        In an order by state, and in a filter that asks for it, the lines follow a moment later.
        """
        if self.contents.set_condition(key, Condition(state, detail)) and self._states_timer is None:
            self._states_timer = self.set_timer(_STATES_GATHERED_FOR, self._arrange_states)
        self.refresh_machine(key)

    def set_filter(self, pattern: str) -> None:
        """Show the machines that fit `pattern`, the best one under the cursor.

        A blank one shows all, and the machine that was under the cursor among its neighbours.
        """
        self._is_filling = False
        self.contents.set_filter(pattern)
        is_blank = not pattern.strip()
        self._wish = Wish(starts_over=not is_blank, among_neighbours=is_blank)
        self._arrange(is_awaited=True)

    def set_order(self, order: SortOrder) -> None:
        """Sort by something else; the machine under the cursor is shown among its new neighbours."""
        self.contents.set_order(order)
        self._wish = replace(self._wish, among_neighbours=True)
        self._arrange(is_awaited=True)
        self._tell(self.Arranged(self.order, self.is_flat))

    def set_flat(self, *, flat: bool) -> None:
        """List machines without their groups, or under them."""
        self.contents.set_flat(flat=flat)
        self._wish = replace(self._wish, among_neighbours=True)
        self._arrange(is_awaited=True)
        self._tell(self.Arranged(self.order, self.is_flat))

    @property
    def order(self) -> SortOrder:
        """What decides the order."""
        return self.contents.order

    @property
    def is_flat(self) -> bool:
        """Whether machines are listed without their groups."""
        return self.contents.is_flat

    @property
    def current_key(self) -> str | None:
        """The machine under the cursor."""
        line = self.line_under_cursor
        return line.key if isinstance(line, MachineLine) else None

    @property
    def marked_keys(self) -> frozenset[str]:
        """The marked machines, shown at the moment or not."""
        return self.contents.marks.keys

    @property
    def is_arranging(self) -> bool:
        """Whether the lines do not show yet all that was asked for."""
        return self._arranger.is_busy

    async def arranged(self) -> None:
        """Return when the lines show all that was asked for."""
        await self._arranger.wait()

    async def arranged_for_person(self) -> None:
        """Return when they show what a person asked for; a reload does not hold keys up."""
        if self._is_awaited:
            await self._arranger.wait()

    def select(self, key: str) -> bool:
        """Put the cursor on a machine, unfolding its group; False when it is not there or filtered out."""
        self._is_filling = False
        if self._arranger.is_busy:
            self._wish = replace(self._wish, goal=key)
            return True
        if self.contents.uncover(key):
            self._show(Wish(goal=key))
        index = self.contents.index_of(key)
        if index is None:
            return False
        self.go_to(index)
        return True

    # What is done to it.

    def go_to(self, index: int) -> None:
        """Put the cursor on the line at an index, or the nearest there is."""
        self._is_filling = False
        self._end_range()
        self.move_cursor(index)
        self._tell_highlighted()

    def fold(self, heading: Heading, *, folded: bool) -> None:
        """Fold a group, or unfold it, and stand on its heading."""
        self._is_filling = False
        self.contents.set_folded([heading], folded=folded)
        self._show(Wish(goal=heading))

    def fold_all(self, *, folded: bool) -> None:
        """Fold every group, or unfold it."""
        section = self.contents.outline.section_at(self.cursor)
        self.contents.set_all_folded(folded=folded)
        self._show(Wish(goal=section.heading if section is not None and folded else None))

    def mark(self, keys: Iterable[str]) -> None:
        """Mark these machines and no others."""
        self.contents.marks.set(keys)
        self._tell_marks()

    def toggle_marks(self, keys: Iterable[str]) -> None:
        """Mark these machines too; where all of them are marked, unmark them."""
        self.contents.marks.toggle(keys)
        self._tell_marks()

    def invert_marks(self, keys: Iterable[str]) -> None:
        """Mark of these machines what is not marked, and unmark the others of them."""
        self.contents.marks.invert(keys)
        self._tell_marks()

    def mark_range_to(self, index: int) -> None:
        """Draw a range of marks out, or back, from where the cursor was when this was first called."""
        if self._range_start is None:
            self._range_start = self.cursor
        self.move_cursor(index)
        first, last = sorted((self._range_start, self.cursor))
        lines = self.contents.outline.lines(first, last + 1)
        self.contents.marks.draw_range(line.key for line in lines if isinstance(line, MachineLine))
        self._tell_highlighted()
        self._tell_marks()

    def open(self, key: str) -> None:
        """Say that a machine was chosen. The focus is dropped, since what is typed from here on is not for the list:
        whoever hears `Opened` sets it.
        """
        self._is_filling = False
        self.screen.set_focus(None)
        self._tell(self.Opened(key))

    # Events.

    def on_resize(self) -> None:
        """Columns follow the width, and the cursor stays in view."""
        self.lay_out_columns()
        self._changed()
        self.refresh()
        self.call_after_refresh(lambda: self.move_cursor(self.cursor))
        self._tell_visible_soon()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Other machines are in view."""
        super().watch_scroll_y(old_value, new_value)
        self._tell_visible_soon()

    # Inner parts.

    def _arrange(self, *, is_awaited: bool = False) -> None:
        self._is_awaited = self._is_awaited or is_awaited
        self._arranger.start(self.contents.arrange())

    def _arrange_states(self) -> None:
        self._states_timer = None
        self._arrange()

    def _show_arranged(self) -> None:
        wish, self._wish = self._wish, Wish()
        self._is_awaited = False
        self._show(wish)
        self._tell_marks()

    def _show(self, wish: Wish) -> None:
        anchor = Anchor.of(self.contents, self.place, self.window_height)
        self.contents.show()
        self._end_range()
        self.show_lines(place_after(self.contents, anchor, wish, self.window_height))
        self._changed()
        self.paint_all()
        self._tell_highlighted()
        self._tell_visible_soon()

    def _end_range(self) -> None:
        self._range_start = None
        self.contents.marks.end_range()

    def _tell(self, message: Message) -> None:
        """Post a message as our own: Textual 8.2.8 ends bubbling at the parent when that called what posts."""
        self.post_message(message.set_sender(self))

    def _tell_highlighted(self) -> None:
        key = self.current_key
        if key != self._told_highlighted:
            self._told_highlighted = key
            self._tell(self.Highlighted(key))

    def _tell_marks(self) -> None:
        if self.marked_keys != self._told_marks:
            self._told_marks = self.marked_keys
            self.paint_all()
            self._tell(self.MarksChanged(self.marked_keys))

    def _tell_visible_soon(self) -> None:
        if self._visible_timer is not None:
            self._visible_timer.reset()
        else:
            self._visible_timer = self.set_timer(_VISIBLE_TOLD_AFTER, self._tell_visible)

    def _tell_visible(self) -> None:
        self._visible_timer = None
        keys = tuple(line.key for _index, line in self.visible_lines() if isinstance(line, MachineLine))
        if keys != self._told_visible:
            self._told_visible = keys
            self._tell(self.VisibleChanged(keys))
