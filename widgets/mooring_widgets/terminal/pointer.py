"""The mouse over a terminal view: for the remote program where it asked for it, for selecting otherwise."""

from __future__ import annotations

from enum import Enum, auto
from typing import Protocol

from textual import events

from mooring_widgets.emulator.modes import MouseTracking
from mooring_widgets.emulator.row import Row
from mooring_widgets.terminal.extra_buttons import ExtraButtonDown, ExtraButtonUp
from mooring_widgets.terminal.key_press import Modifiers
from mooring_widgets.terminal.links import link_at
from mooring_widgets.terminal.mouse import MouseAction, MouseButton, MouseInput
from mooring_widgets.terminal.selection import Place, Selection, Unit

_BUTTONS = {1: MouseButton.LEFT, 2: MouseButton.MIDDLE, 3: MouseButton.RIGHT}
_EXTRA_BUTTONS = {
    8: MouseButton.BUTTON_8,
    9: MouseButton.BUTTON_9,
    10: MouseButton.BUTTON_10,
    11: MouseButton.BUTTON_11,
}
_CLICK_CHAIN = 0.5
"""Seconds within which a further click at the same place takes a word, then a line."""


class PointerHost(Protocol):
    """What the pointer needs of its view."""

    @property
    def grid_size(self) -> tuple[int, int]:
        """Columns and lines."""
        ...

    @property
    def mouse_tracking(self) -> MouseTracking:
        """What the remote program asked for; OFF when it is gone."""
        ...

    @property
    def top_line(self) -> int:
        """The number of the first line shown."""
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

    def select(self, selection: Selection | None) -> None:
        """Show another selection."""
        ...

    def finish_selection(self) -> None:
        """The button is up: copy what is selected."""
        ...

    def activate_link(self, address: str) -> None:
        """A link was clicked."""
        ...

    def scroll_by_lines(self, count: int) -> None:
        """Move over the scrollback; negative is back."""
        ...


class _Holds(Enum):
    NOTHING = auto()
    SELECTION = auto()
    REMOTE = auto()


class Pointer:
    """Decides for each event whose it is. Shift always selects; without it a program that asked gets every event."""

    def __init__(self, host: PointerHost) -> None:
        self._host = host
        self._holds = _Holds.NOTHING
        self._selection: Selection | None = None
        self._last_cell = (-1, -1)
        self._clicks = 0
        self._last_click = (0.0, Place(-1, -1))

    def down(self, event: events.MouseDown) -> None:
        """A button went down."""
        column, line = self._cell(event)
        place = self._place(column, line)
        if self._is_remote(event):
            self._holds = _Holds.REMOTE
            self._last_cell = (column, line)
            self._report(MouseAction.PRESS, _BUTTONS.get(event.button, MouseButton.NONE), event)
        elif event.button == 1:
            if event.ctrl and (row := self._host.row_at(place.line)) and (address := link_at(row, place.column)):
                self._host.activate_link(address)
                return
            self._start_selection(place, event.time)

    def move(self, event: events.MouseMove) -> None:
        """The mouse is over another cell, with or without a button held."""
        column, line = self._cell(event)
        if self._holds is _Holds.SELECTION and self._selection is not None:
            if not 0 <= event.y < self._host.grid_size[1]:
                self._host.scroll_by_lines(-1 if event.y < 0 else 1)
            self._selection = self._selection.to(self._place(column, line))
            self._host.select(self._selection)
        elif (self._holds is _Holds.REMOTE or self._is_remote(event)) and (column, line) != self._last_cell:
            self._last_cell = (column, line)
            self._report(MouseAction.MOVE, _BUTTONS.get(event.button, MouseButton.NONE), event)

    def up(self, event: events.MouseUp) -> None:
        """A button went up."""
        holds, self._holds = self._holds, _Holds.NOTHING
        if holds is _Holds.REMOTE:
            self._report(MouseAction.RELEASE, _BUTTONS.get(event.button, MouseButton.NONE), event)
        elif holds is _Holds.SELECTION and self._selection is not None:
            if self._selection.unit is Unit.CHARACTER and self._selection.anchor == self._selection.head:
                self._selection = None
                self._host.select(None)
            else:
                self._host.finish_selection()

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

    def _start_selection(self, place: Place, time: float) -> None:
        last_time, last_place = self._last_click
        chained = place == last_place and time - last_time < _CLICK_CHAIN
        self._clicks = self._clicks % 3 + 1 if chained else 1
        self._last_click = (time, place)
        self._holds = _Holds.SELECTION
        self._selection = Selection(place, place, Unit(self._clicks))
        self._host.select(self._selection if self._clicks > 1 else None)

    def _is_remote(self, event: events.MouseEvent) -> bool:
        return self._host.mouse_tracking is not MouseTracking.OFF and not event.shift

    def _place(self, column: int, line: int) -> Place:
        """The cell of the text that is shown in a cell of the view: large characters take two."""
        row = self._host.row_at(self._host.top_line + line)
        return Place(self._host.top_line + line, column // row.scale if row is not None else column)

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
