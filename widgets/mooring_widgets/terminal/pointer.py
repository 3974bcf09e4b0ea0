"""The mouse over a terminal view: for the remote program where it asked for it, for selecting otherwise."""

from __future__ import annotations

from enum import Enum, auto
from typing import Protocol

from textual import events

from mooring_widgets.emulator.modes import MouseTracking
from mooring_widgets.emulator.row import Row
from mooring_widgets.terminal.extra_buttons import ExtraButtonDown, ExtraButtonUp
from mooring_widgets.terminal.key_press import Modifiers
from mooring_widgets.terminal.links import Link, link_at
from mooring_widgets.terminal.mouse import MouseAction, MouseButton, MouseInput
from mooring_widgets.terminal.mouse_selection import MouseSelection, SelectionHost

_BUTTONS = {1: MouseButton.LEFT, 2: MouseButton.MIDDLE, 3: MouseButton.RIGHT}
_EXTRA_BUTTONS = {
    8: MouseButton.BUTTON_8,
    9: MouseButton.BUTTON_9,
    10: MouseButton.BUTTON_10,
    11: MouseButton.BUTTON_11,
}


class PointerHost(SelectionHost, Protocol):
    """What the pointer needs of its view."""

    @property
    def mouse_tracking(self) -> MouseTracking:
        """What the remote program asked for; OFF when it is gone."""
        ...

    @property
    def cell_pixels(self) -> tuple[int, int]:
        """A cell's size in pixels, as the remote program is told."""
        ...

    def row_at(self, line: int) -> Row | None:
        """The line with that number."""
        ...

    def report_mouse(self, event: MouseInput) -> None:
        """Send an event to the remote program."""
        ...

    def point_at_link(self, link: Link | None) -> None:
        """Show that a click would follow a link, or that none would."""
        ...

    def activate_link(self, link: Link) -> None:
        """A link was clicked."""
        ...


class _Holds(Enum):
    NOTHING = auto()
    SELECTION = auto()
    REMOTE = auto()


class Pointer:
    """Decides for each event whose it is. Shift always selects; without it a program that asked gets every event.

    With ctrl a click follows a link; dragging with ctrl or alt selects a rectangle.
    """

    def __init__(self, host: PointerHost) -> None:
        self._host = host
        self._holds = _Holds.NOTHING
        self._selection = MouseSelection(host)
        self._pressed_link: Link | None = None
        self._last_cell = (-1, -1)

    def down(self, event: events.MouseDown) -> None:
        """A button went down."""
        if self._is_remote(event):
            self._holds = _Holds.REMOTE
            self._last_cell = self._cell(event)
            self._report(MouseAction.PRESS, _BUTTONS.get(event.button, MouseButton.NONE), event)
        elif event.button == 1:
            self._holds = _Holds.SELECTION
            self._pressed_link = self._link(event) if event.ctrl else None
            self._selection.press(event.x, event.y, event.time, block=event.ctrl or event.meta)

    def move(self, event: events.MouseMove) -> None:
        """The mouse is over another cell, with or without a button held."""
        if self._holds is _Holds.SELECTION:
            self._pressed_link = None
            self._selection.drag(event.x, event.y)
        elif self._holds is _Holds.REMOTE or self._is_remote(event):
            if (cell := self._cell(event)) != self._last_cell:
                self._last_cell = cell
                self._report(MouseAction.MOVE, _BUTTONS.get(event.button, MouseButton.NONE), event)
        else:
            self._host.point_at_link(self._link(event) if event.ctrl else None)

    def up(self, event: events.MouseUp) -> None:
        """A button went up."""
        holds, self._holds = self._holds, _Holds.NOTHING
        if holds is _Holds.REMOTE:
            self._report(MouseAction.RELEASE, _BUTTONS.get(event.button, MouseButton.NONE), event)
        elif holds is _Holds.SELECTION and not self._selection.release() and self._pressed_link is not None:
            self._host.activate_link(self._pressed_link)

    def extra_button(self, event: ExtraButtonDown | ExtraButtonUp) -> None:
        """A button from 8 to 11: nothing but the remote program has a use for them."""
        if self._is_remote(event):
            action = MouseAction.PRESS if isinstance(event, ExtraButtonDown) else MouseAction.RELEASE
            self._report(action, _EXTRA_BUTTONS[event.button], event)

    def wheel(self, event: events.MouseEvent, button: MouseButton) -> bool:
        """A turn of the wheel; return whether the remote program had asked for it."""
        if not self._is_remote(event):
            return False
        self._report(MouseAction.PRESS, button, event)
        return True

    @property
    def holds(self) -> bool:
        """Whether a button is held that went down over the view."""
        return self._holds is not _Holds.NOTHING

    def _link(self, event: events.MouseEvent) -> Link | None:
        return link_at(self._host.place_at(event.x, event.y), self._host.row_at)

    def _is_remote(self, event: events.MouseEvent) -> bool:
        return self._host.mouse_tracking is not MouseTracking.OFF and not event.shift

    def _cell(self, event: events.MouseEvent) -> tuple[int, int]:
        columns, lines = self._host.grid_size
        return min(max(event.x, 0), columns - 1), min(max(event.y, 0), lines - 1)

    def _report(self, action: MouseAction, button: MouseButton, event: events.MouseEvent) -> None:
        column, line = self._cell(event)
        modifiers = Modifiers.NONE
        for held, modifier in (
            (event.shift, Modifiers.SHIFT),
            (event.meta, Modifiers.ALT),
            (event.ctrl, Modifiers.CTRL),
        ):
            if held:
                modifiers |= modifier
        width, height = self._host.cell_pixels
        x, y = max(int(event.pointer_x * width), 0), max(int(event.pointer_y * height), 0)
        self._host.report_mouse(MouseInput(action, button, column, line, modifiers, x, y))
