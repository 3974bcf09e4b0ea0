"""The list under a person's hands: which key or click does what to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import events
from textual.actions import SkipAction
from textual.binding import Binding, BindingsMap, BindingType

from mooring_widgets.machine_list.key_turns import KeyTurns, act
from mooring_widgets.machine_list.list_view import MachineListView
from mooring_widgets.machine_list.ordering import SortOrder
from mooring_widgets.machine_list.outline import GroupLine, MachineLine
from mooring_widgets.machine_list.paint import MARGIN


class InteractiveListView(MachineListView):
    """Takes keys and the mouse. `start_filter` is called for the key that goes to the filter, and `clear_filter` for
    the one that clears it; the latter says whether there was anything to clear.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "Up", show=False),
        Binding("down,j", "move(1)", "Down", show=False),
        Binding("pageup", "move_page(-1)", "Page up", show=False),
        Binding("pagedown", "move_page(1)", "Page down", show=False),
        Binding("home,g", "move_to(0)", "First", show=False),
        Binding("end,G", "move_to(-1)", "Last", show=False),
        Binding("left,h", "fold", "Fold group", show=False),
        Binding("right,l", "unfold", "Unfold group", show=False),
        Binding("shift+left,H", "fold_all(True)", "Fold all groups", show=False),
        Binding("shift+right,L", "fold_all(False)", "Unfold all groups", show=False),
        Binding("t", "toggle_groups", "With groups or without", show=False),
        Binding("s", "next_order", "Sort by something else", show=False),
        Binding("space", "mark", "Mark", show=False),
        Binding("shift+up,K", "mark_range(-1)", "Mark upwards", show=False),
        Binding("shift+down,J", "mark_range(1)", "Mark downwards", show=False),
        Binding("a", "mark_all", "Mark all that are listed", show=False),
        Binding("i", "invert_marks", "Mark the others instead", show=False),
        Binding("u", "clear_marks", "Unmark all", show=False),
        Binding("enter", "open", "Open", show=False),
        Binding("slash", "filter", "Filter", show=False),
        Binding("escape", "clear_filter", "Clear the filter", show=False),
    ]

    def __init__(
        self,
        *,
        start_filter: Callable[[], None],
        clear_filter: Callable[[], bool],
        changed: Callable[[], None],
        turns: KeyTurns,
        id: str | None = None,
    ) -> None:
        super().__init__(changed=changed, id=id)
        self._keys = BindingsMap(self.BINDINGS)
        self._turns = turns
        turns.join(self)
        self._start_filter = start_filter
        self._clear_filter = clear_filter

    # Moving.

    def action_move(self, step: int) -> None:
        """Move the cursor by lines."""
        self.go_to(self.cursor + step)

    def action_move_page(self, direction: int) -> None:
        """Move the cursor by what is visible, less one line to keep the place."""
        self.go_to(self.cursor + direction * max(1, self.window_height - 1))

    def action_move_to(self, index: int) -> None:
        """Move the cursor to the first machine (0) or the last line (-1)."""
        outline = self.contents.outline
        self.go_to(outline.first_machine if index == 0 else outline.height - 1)

    # Folding and sorting.

    def action_fold(self) -> None:
        """Fold the group that the cursor is in, and stand on its heading."""
        section = self.contents.outline.section_at(self.cursor)
        if section is not None and section.heading is not None:
            self.fold(section.heading, folded=True)

    def action_unfold(self) -> None:
        """Unfold the group whose heading the cursor is on."""
        line = self.line_under_cursor
        if isinstance(line, GroupLine):
            self.fold(line.heading, folded=False)

    def action_fold_all(self, folded: bool) -> None:
        """Fold or unfold every group."""
        self.fold_all(folded=folded)

    def action_toggle_groups(self) -> None:
        """List machines under their groups, or all in one."""
        self.set_flat(flat=not self.is_flat)

    def action_next_order(self) -> None:
        """Sort by recency, by name, by state, and again."""
        orders = list(SortOrder)
        self.set_order(orders[(orders.index(self.order) + 1) % len(orders)])

    # Marking.

    def action_mark(self) -> None:
        """Mark or unmark the machine under the cursor and go to the next; on a heading, all of its machines."""
        line = self.line_under_cursor
        if line is not None:
            self.toggle_marks(self.contents.keys_of(line))
        if isinstance(line, MachineLine):
            # Over a heading: whoever goes on marking means machines, not the whole group that comes next.
            self.go_to(self.contents.outline.nearest_machine(self.cursor + 1))

    def action_mark_range(self, step: int) -> None:
        """Draw a range out from where the cursor is, or back."""
        self.mark_range_to(self.cursor + step)

    def action_mark_all(self) -> None:
        """Mark all that pass the filter; where all of them are marked, unmark them."""
        self.toggle_marks(self.contents.shown_keys())

    def action_invert_marks(self) -> None:
        """Mark of what passes the filter what is not marked, and unmark the rest."""
        self.invert_marks(self.contents.shown_keys())

    def action_clear_marks(self) -> None:
        """Unmark everything, shown or not."""
        self.mark(())

    def action_open(self) -> None:
        """Open the machine under the cursor; on a heading, fold or unfold it."""
        line = self.line_under_cursor
        if isinstance(line, MachineLine):
            self.open(line.key)
        elif isinstance(line, GroupLine):
            self.fold(line.heading, folded=not line.folded)
        else:
            self.post_message(self.NothingToOpen())

    def action_filter(self) -> None:
        """Go to the filter."""
        self._start_filter()

    def action_clear_filter(self) -> None:
        """Show everything again; where nothing is filtered the key is somebody else's."""
        if not self._clear_filter():
            raise SkipAction

    # Events.

    async def on_event(self, event: events.Event) -> None:
        """Take keys only while they are for the list, and when it shows what they were typed for."""
        if isinstance(event, events.Key):
            await self.arranged_for_person()
        mine = self._turns.mine(self, event)
        if mine is not None:
            await super().on_event(mine)

    async def on_key(self, event: events.Key) -> None:
        """Act at once."""
        await act(self, self._keys, event)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Show which line a click would take."""
        self.show_hover(self.index_at(event.y))

    def on_leave(self) -> None:
        """The mouse is elsewhere."""
        self.show_hover(None)

    def on_click(self, event: events.Click) -> None:
        """A click moves the cursor, with shift it marks up to there, with ctrl it marks; a second one opens.

        On a heading's fold sign the first click folds.
        """
        index = self.index_at(event.y)
        line = self.contents.outline.line(index)
        if line is None:
            return
        if event.shift:
            self.mark_range_to(index)
            return
        self.go_to(index)
        if event.ctrl:
            self.toggle_marks(self.contents.keys_of(line))
        elif event.chain == 2 or (isinstance(line, GroupLine) and event.x < MARGIN):
            self.action_open()
