"""A tab of sessions: one fills it, or two to four are side by side and stacked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import ClassVar

from textual import events
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from mooring.model.machine import Machine
from mooring.ui.sessions.session_pane import SessionPane
from mooring.ui.sessions.split.frame import Frame
from mooring.ui.sessions.split.nodes import Axis, Direction, Leaf
from mooring.ui.sessions.split.tree import Divider, SplitTree
from mooring.ui.tabs import TabPane
from mooring_widgets.session_tabs import TabItem
from mooring_widgets.session_tabs.painting import component_classes

MOST_PANES = 4


class SessionTab(TabPane):
    """Lays out its panes, paints what is between them, and speaks for them in the row of tabs.

    The panes lie over this widget; what is seen of it are their title lines and the dividers.
    """

    HOLDS_SESSIONS = True
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "pane-title--divider",
        "pane-title--divider-active",
        *component_classes("pane-title"),
    }

    @dataclass
    class PaneWanted(Message):
        """A pane's title was clicked: the keys are to go there."""

        pane: SessionPane

    def __init__(self, pane: SessionPane, title: str, *, id: str) -> None:
        super().__init__(title, id=id)
        self._tree: SplitTree[SessionPane] = SplitTree(Leaf(pane))
        self._active_pane = pane
        self._frame = Frame(self)
        self._dragged: Divider | None = None
        self.is_zoomed = False

    # Its panes.

    @property
    def panes(self) -> tuple[SessionPane, ...]:
        """Its sessions' panes, from left to right and from top to bottom."""
        return self._tree.keys

    @property
    def parts(self) -> tuple[Widget, ...]:
        """The panes."""
        return self.panes

    @property
    def active_pane(self) -> SessionPane:
        """The pane that keys and commands are for."""
        return self._active_pane

    @property
    def seen_panes(self) -> tuple[SessionPane, ...]:
        """The panes that are shown while the tab is: all, but for a zoomed one, or where there is no room for all."""
        if self.is_zoomed or not self._tree.fits(self._area.size):
            return (self._active_pane,)
        return self.panes

    @property
    def division(self) -> SplitTree[SessionPane]:
        """How the tab is divided."""
        return self._tree

    def divide(self, division: SplitTree[SessionPane], active: SessionPane) -> None:
        """Take another division, with one of its panes active. Panes that are not in it any more are the caller's."""
        self._tree = division
        self._active_pane = active
        self.is_zoomed = False
        self._rearrange()

    def pane_before(self, pane: SessionPane) -> SessionPane:
        """The pane that the keys go to when this one goes: the one before it, or behind it where it is the first."""
        others = [other for other in self.panes if other is not pane]
        return others[max(0, self.panes.index(pane) - 1)]

    def has_room(self, axis: Axis, size: Size) -> bool:
        """Whether the active pane can be halved in a tab of this size."""
        return self._tree.split(self._active_pane, self._active_pane, axis).fits(size)

    def activate_pane(self, pane: SessionPane) -> None:
        """Have keys and commands go to another pane."""
        if pane is not self._active_pane:
            self._active_pane = pane
            self._rearrange()

    def activate_neighbour_pane(self, direction: Direction) -> bool:
        """Go to the pane that lies in a direction; False where there is none."""
        if len(self.seen_panes) < 2:
            return False
        pane = self._tree.neighbour(self._active_pane, direction, self._area)
        if pane is None:
            return False
        self.activate_pane(pane)
        return True

    def toggle_zoom(self) -> None:
        """Have the active pane fill the tab, or all be seen again."""
        self.is_zoomed = not self.is_zoomed and len(self.panes) > 1
        self._rearrange()

    def resize_pane(self, direction: Direction, cells: int) -> None:
        """Move an edge of the active pane."""
        if len(self.seen_panes) > 1:
            self._tree = self._tree.resized(self._active_pane, direction, cells, self._area)
            self._rearrange()

    # Where everything is.

    def regions(self, area: Region) -> Mapping[Widget, Region]:
        """Below each title line its pane; a pane that is alone has no title and fills the tab."""
        regions: dict[Widget, Region] = {self: area}
        for pane, place in self._places(area).items():
            regions[pane] = place if len(self.panes) == 1 else _below_title(place)
        return regions

    def _places(self, area: Region) -> dict[SessionPane, Region]:
        if self.is_zoomed or not self._tree.fits(area.size):
            return {self._active_pane: area}
        return self._tree.rectangles(area)

    @property
    def _area(self) -> Region:
        """The tab's own cells."""
        return self.size.region

    def _rearrange(self) -> None:
        self._tell_panes()
        self.refresh(layout=True)
        self.post_message(self.Changed(self))

    def _tell_panes(self) -> None:
        seen = self.seen_panes
        for pane in self.panes:
            pane.set_active(self.is_active and pane in seen, has_keys=pane is self._active_pane)
            pane.display = self.is_active

    def on_resize(self) -> None:
        """There may be room for other panes than before."""
        self._tell_panes()

    # What is seen of it.

    def render_line(self, y: int) -> Strip:
        """Title lines and dividers."""
        if len(self.panes) == 1:
            return Strip.blank(self.size.width, self.rich_style)
        note = self._note if len(self.seen_panes) == 1 else ""
        dividers = (
            []
            if note
            else [divider.region for divider in self._tree.dividers(self._area) if divider.axis is Axis.COLUMNS]
        )
        return self._frame.line(y, self.size.width, self._places(self._area), self._active_pane, dividers, note)

    @property
    def _note(self) -> str:
        number = self.panes.index(self._active_pane) + 1
        why = "zoomed" if self.is_zoomed else "no room for the others"
        return f"{number} of {len(self.panes)}, {why}"

    def tab_item(self) -> TabItem:
        """The state of the active pane, and what happened in any since it was last looked at."""
        panes = self.panes
        return replace(
            self._active_pane.item(),
            key=self.id or "",
            title=self.title,
            guard=any(pane.machine.guard for pane in panes),
            unseen=any(pane.has_news for pane in panes),
            bell=any(pane.has_rung for pane in panes),
            recorded=any(pane.item().recorded for pane in panes),
            more=len(panes) - 1,
            closable=True,
        )

    def pane_changed(self) -> None:
        """One of its panes looks different, and so does its title."""
        if len(self.panes) > 1:
            self.refresh()
        self.post_message(self.Changed(self))

    # Dividers, by the mouse.

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begin to drag a divider, and go to the pane whose title this is."""
        event.stop()
        x, y = event.offset
        if len(self.seen_panes) > 1:
            self._dragged = next((each for each in self._tree.dividers(self._area) if each.region.contains(x, y)), None)
        pane = next(
            (
                pane
                for pane, place in self._places(self._area).items()
                if place.line_range[0] == y and place.contains(x, y)
            ),
            None,
        )
        if pane is not None:
            self.post_message(self.PaneWanted(pane))
        if self._dragged is not None:
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """The divider follows."""
        if self._dragged is None:
            return
        event.stop()
        self._tree = self._tree.dragged(self._dragged, event.x, event.y, self._area)
        moved = next(
            each
            for each in self._tree.dividers(self._area)
            if each.branch == self._dragged.branch and each.index == self._dragged.index
        )
        if moved != self._dragged:
            self._dragged = moved
            self._rearrange()

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """It stays there."""
        event.stop()
        self._dragged = None
        self.release_mouse()

    def on_click(self, event: events.Click) -> None:
        """A double click on a title zooms."""
        event.stop()
        if event.chain == 2 and len(self.panes) > 1:
            self.toggle_zoom()

    # What every tab has.

    @property
    def machine(self) -> Machine:
        """That of the active pane."""
        return self._active_pane.machine

    @property
    def at_stake(self) -> tuple[str, ...]:
        """The shells that are open."""
        if len(self.panes) == 1:
            return (self.title,) if self._active_pane.is_at_stake else ()
        return tuple(pane.machine.name for pane in self.panes if pane.is_at_stake)

    def facts(self) -> Content:
        """Those of the active pane."""
        return self._active_pane.facts()

    def set_active(self, active: bool) -> None:
        """What is seen is seen."""
        super().set_active(active)
        self._tell_panes()

    def take_focus(self) -> None:
        """Give the keys to the active pane."""
        self._active_pane.take_focus()

    def end(self) -> None:
        """Hang up."""
        for pane in self.panes:
            pane.hang_up()

    @property
    def can_reopen(self) -> bool:
        """A session can be begun again where it was."""
        return True

    @property
    def kept_bytes(self) -> int:
        """The scrollback of its sessions."""
        return sum(pane.terminal.emulator.scrollback_size for pane in self.panes)

    def reopen(self) -> None:
        """Connect again."""
        for pane in self.panes:
            pane.begin_again()


def _below_title(place: Region) -> Region:
    return Region(place.x, place.y + 1, place.width, place.height - 1)
