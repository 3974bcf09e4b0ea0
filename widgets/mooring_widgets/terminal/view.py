"""The terminal as a Textual widget: a surface with a person in front of it."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Collection
from typing import TypeAlias

from textual import events
from textual.timer import Timer

from mooring_widgets.emulator import ClipboardWritten, CursorShape, Event, MouseTracking, Row, Settings
from mooring_widgets.terminal import keys, messages, mouse, paste
from mooring_widgets.terminal.driven_surface import DrivenSurface
from mooring_widgets.terminal.eight_bit import with_single_bytes
from mooring_widgets.terminal.extra_buttons import ExtraButtonDown, ExtraButtonUp
from mooring_widgets.terminal.hardware_cursor import HardwareCursor
from mooring_widgets.terminal.key_press import KeyPress
from mooring_widgets.terminal.links import Link
from mooring_widgets.terminal.look_back import CopyStatus, LookBack
from mooring_widgets.terminal.mouse import MouseButton, MouseInput
from mooring_widgets.terminal.painter import PalettePolicy
from mooring_widgets.terminal.picture import CursorLook
from mooring_widgets.terminal.place import Place
from mooring_widgets.terminal.pointer import Pointer
from mooring_widgets.terminal.raw_key import RawKey, press_of
from mooring_widgets.terminal.scroll_keys import ScrollKeys
from mooring_widgets.terminal.selection import DEFAULT_WORD_CHARACTERS, Selection, word_pattern

_WHEEL_LINES = 3


class TerminalView(DrivenSurface, can_focus=True):
    """A terminal: bytes go in by `feed`, what the person does comes out as `Input` messages.

    Every key belongs to the remote program but for `scroll_keys`, which move over the scrollback, and `reserved_keys`
    (names as in bindings), which bubble to the app. An app must run with `TerminalDriver` and derive from `RawKeyApp`
    for that to hold of every key; elsewhere it is as good as Textual's. `scrollback_lines` and `scrollback_bytes` bound
    the scrollback, whichever is reached first. `word_characters` belong to what a double click takes, beside letters
    and digits. `holds_pastes` has the owner asked (`PasteHeld`) before a paste presses enter in a program that can't
    tell it from typing.
    """

    Input: TypeAlias = messages.Input
    ClipboardRequested: TypeAlias = messages.ClipboardRequested
    Copied: TypeAlias = messages.Copied
    LinkActivated: TypeAlias = messages.LinkActivated
    PasteHeld: TypeAlias = messages.PasteHeld
    CopyingChanged: TypeAlias = messages.CopyingChanged

    def __init__(
        self,
        *,
        scrollback_lines: int = 10_000,
        scrollback_bytes: int | None = None,
        reserved_keys: Collection[str] = (),
        scroll_keys: ScrollKeys | None = None,
        palette: PalettePolicy = PalettePolicy.TERMINAL,
        settings: Settings | None = None,
        word_characters: str = DEFAULT_WORD_CHARACTERS,
        holds_pastes: bool = False,
        name: str | None = None,
        id: str | None = None,
        classes: str | None = None,
        disabled: bool = False,
    ) -> None:
        super().__init__(
            scrollback_lines=scrollback_lines,
            scrollback_bytes=scrollback_bytes,
            palette=palette,
            settings=settings,
            name=name,
            id=id,
            classes=classes,
            disabled=disabled,
        )
        self.reserved_keys = frozenset(reserved_keys)
        self.word_pattern: re.Pattern[str] = word_pattern(word_characters)
        self.holds_pastes = holds_pastes
        self._pointer = Pointer(self)
        self.look_back = LookBack(self, self._viewport, self._picture)
        self.open_search: Callable[[], None] | None = None
        """Asks the person what to search for; a search bar puts itself here."""
        self._scroll_keys: dict[str, Callable[[], object]] = {}
        self.set_scroll_keys(scroll_keys or ScrollKeys())

    # Keys.

    def set_scroll_keys(self, keys: ScrollKeys) -> None:
        """Move over the scrollback by these keys from now on."""
        moves: tuple[tuple[tuple[str, ...], Callable[[], object]], ...] = (
            (keys.page_up, lambda: self.scroll_by_pages(-1)),
            (keys.page_down, lambda: self.scroll_by_pages(1)),
            (keys.oldest, self.scroll_to_oldest),
            (keys.live, self.scroll_to_live),
        )
        self._scroll_keys = {name: move for names, move in moves for name in names}

    def owns_key(self, key: str) -> bool:
        """Whether the key is for this view alone while it has the focus (`RawKeyApp` asks)."""
        takes_all = not self._finished or self.look_back.is_copying
        return key not in self.reserved_keys and (takes_all or key in self._scroll_keys)

    def on_key(self, event: events.Key) -> None:
        """Take keys in an app that is no `RawKeyApp`."""
        if self.owns_key(event.key):
            event.stop()
            event.prevent_default()
            self.receive_key(event)

    def receive_key(self, event: events.Key) -> None:
        """Send what the key sends, or scroll, or walk over the text in copy mode."""
        if scroll := self._scroll_keys.get(event.key):
            scroll()
        elif self.look_back.is_copying:
            self.look_back.press(event)
        else:
            self.type_key(event)

    def type_key(self, event: events.Key) -> None:
        """Send what the key sends."""
        press = press_of(event)
        if press is not None:
            self._type(keys.encode(press, self.emulator.modes))
        elif isinstance(event, RawKey) and not self.emulator.modes.kitty_flags:
            self._type(event.sequence.encode("utf-8", "replace"))

    def paste(self, text: str) -> None:
        """Send text as if it had been typed: bracketed where the program asked for that, without controls."""
        self._type(paste.encode(text, bracketed=self.emulator.modes.bracketed_paste))

    def on_paste(self, event: events.Paste) -> None:
        """Send pasted text, or have the person asked first."""
        if self._finished:
            return
        event.stop()
        event.prevent_default()
        if self.holds_pastes and not self.tells_pastes and paste.presses_enter(event.text):
            self.post_message(self.PasteHeld(self, event.text))
        else:
            self.paste(event.text)

    @property
    def tells_pastes(self) -> bool:
        """Whether whoever gets a paste can tell it from typing."""
        return self.emulator.modes.bracketed_paste

    def _type(self, data: bytes) -> None:
        """Send what the person did; the live screen comes back into view."""
        if data and not self._finished:
            self.look_back.end_copying()
            self.select(None)
            self.scroll_to_live()
            self._reply(data)

    def _reply(self, data: bytes) -> None:
        if data and not self._finished:
            self.post_message(self.Input(self, data))

    # Looking back.

    def begin_copying(self) -> None:
        """Let keys walk over the text, which stands still meanwhile: copy mode."""
        cell = self._picture.cursor_cell()
        x, y = cell if cell is not None else (0, self.emulator.lines - 1)
        self.look_back.begin_copying(self.place_at(x, y))

    def select(self, selection: Selection | None) -> None:
        """Show a selection, or none; copy mode goes on with it."""
        super().select(selection)
        self.look_back.adopt(selection)

    @property
    def current_match_row(self) -> int | None:
        """The row in which the current match of a search begins, None without one."""
        searching = self.look_back.searching
        place = searching.current if searching is not None else None
        return place.line - self._viewport.top if place is not None else None

    def paint(self) -> None:
        """Paint what changed."""
        self._paint()

    def scrolled(self) -> None:
        """Tell that the view was moved."""
        self.post_message(self.Scrolled(self, self._viewport.back))

    def go_on(self, work: Callable[[], Awaitable[object]]) -> None:
        """Run a coroutine function; what was run so before is ended."""
        self.run_worker(work(), name="look back", group="look back", exclusive=True)

    def copied(self, text: str) -> None:
        """Have text copied; "" says that it was too much."""
        self.post_message(self.Copied(self, text))

    def want_search(self) -> None:
        """Have the person asked for what to search, at once: the next key is for the bar."""
        if self.open_search is not None:
            self.open_search()

    def copying_changed(self, status: CopyStatus | None) -> None:
        """Tell where the cursor of copy mode is."""
        self.post_message(self.CopyingChanged(self, status))

    def _scroll_back(self, back: int) -> None:
        super()._scroll_back(back)
        self.look_back.scrolled()

    def _after_slice(self, counted: int, is_empty: bool) -> None:
        super()._after_slice(counted, is_empty)
        self.look_back.text_changed()

    def _lines_broken_anew(self) -> None:
        self.look_back.resized()

    # Mouse.

    @property
    def grid_size(self) -> tuple[int, int]:
        """Columns and lines."""
        return self.emulator.columns, self.emulator.lines

    @property
    def mouse_tracking(self) -> MouseTracking:
        """Which mouse events the remote program asked for."""
        is_ours = self._finished or self.look_back.is_copying
        return MouseTracking.OFF if is_ours else self.emulator.modes.mouse_tracking

    def place_at(self, x: int, y: int) -> Place:
        """The cell of the text that is shown in a cell of the view, or in the next one for a cell beside it."""
        columns, lines = self.grid_size
        line = self._viewport.top + min(max(y, 0), lines - 1)
        row = self.row_at(line)
        return Place(line, min(max(x, 0), columns - 1) // (row.scale if row is not None else 1))

    @property
    def cell_pixels(self) -> tuple[int, int]:
        """A cell's width and height in pixels, as the remote program is told."""
        return self.emulator.cell_pixels

    def row_at(self, line: int) -> Row | None:
        """The line with that number, None where there is none."""
        return self._viewport.row_at(line)

    def report_mouse(self, event: MouseInput) -> None:
        """Send a mouse event to the remote program, if it asked for this kind."""
        self._reply(mouse.encode(event, self.emulator.modes))

    def finish_selection(self) -> None:
        """Have what is selected copied."""
        if text := self.selected_text:
            self.post_message(self.Copied(self, text))

    def point_at_link(self, link: Link | None) -> None:
        """Underline a link, or none."""
        if link != self._picture.marks.link:
            self._picture.marks.link = link
            self._paint()

    def activate_link(self, link: Link, *, wants_opening: bool = False) -> None:
        """Tell that a link was clicked, or chosen by key."""
        self.post_message(self.LinkActivated(self, link, wants_opening=wants_opening))

    def every(self, seconds: float, act: Callable[[], None]) -> Timer:
        """Do something again and again, until the timer is stopped."""
        return self.set_interval(seconds, act)

    def on_leave(self) -> None:
        """The mouse is elsewhere."""
        self.point_at_link(None)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begin a selection, or tell the remote program."""
        event.stop()
        self._pointer.down(event)
        if self._pointer.holds:
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Go on with what the button began."""
        event.stop()
        self._pointer.move(event)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """End what the button began."""
        event.stop()
        self.release_mouse()
        self._pointer.up(event)

    def on_extra_button_down(self, event: ExtraButtonDown) -> None:
        """Tell the remote program."""
        event.stop()
        self._pointer.extra_button(event)

    def on_extra_button_up(self, event: ExtraButtonUp) -> None:
        """Tell the remote program."""
        event.stop()
        self._pointer.extra_button(event)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Wheel away from the person."""
        self._wheel(event, MouseButton.WHEEL_UP, -_WHEEL_LINES)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Wheel towards the person."""
        self._wheel(event, MouseButton.WHEEL_DOWN, _WHEEL_LINES)

    def on_mouse_scroll_left(self, event: events.MouseScrollLeft) -> None:
        """Wheel to the left."""
        self._wheel(event, MouseButton.WHEEL_LEFT, 0)

    def on_mouse_scroll_right(self, event: events.MouseScrollRight) -> None:
        """Wheel to the right."""
        self._wheel(event, MouseButton.WHEEL_RIGHT, 0)

    def _wheel(self, event: events.MouseEvent, button: MouseButton, lines: int) -> None:
        """The program's if it asked; cursor keys on the alternate screen, if mode 1007 lets it; else ours."""
        event.stop()
        event.prevent_default()
        if self._pointer.wheel(event, button):
            return
        modes = self.emulator.modes
        is_remote = modes.alternate_screen and modes.alternate_scroll and not self.look_back.is_copying
        if is_remote and not event.shift:
            press = KeyPress("up" if lines < 0 else "down")
            self._type(keys.encode(press, modes) * abs(lines))
        else:
            self.scroll_by_lines(lines)

    # Focus and cursor.

    def on_focus(self) -> None:
        """Tell a program that wants to know; the cursor changes its look."""
        self._focus_changed(b"\x1b[I")

    def on_blur(self) -> None:
        """Tell a program that wants to know; the cursor changes its look."""
        self._focus_changed(b"\x1b[O")

    def hardware_cursor(self) -> HardwareCursor | None:
        """The cursor as the person's terminal shall show it (`TerminalDriver` asks)."""
        cell = self._picture.cursor_cell()
        is_copying = self.look_back.is_copying
        if cell is None or (self._finished and not is_copying):
            return None
        cursor = self.emulator.cursor
        region = self.content_region
        x, y = region.x + cell[0], region.y + cell[1]
        if not region.contains(x, y):
            return None
        if is_copying:
            return HardwareCursor(x, y, int(CursorShape.BLOCK) + 1)
        return HardwareCursor(x, y, int(cursor.shape) + (0 if cursor.blinking else 1))

    def _focus_changed(self, report: bytes) -> None:
        modes = self.emulator.modes
        if modes.focus_events:
            self._reply(with_single_bytes(report) if modes.eight_bit_controls else report)
        self._paint()

    # What a surface leaves open.

    def _cursor_look(self) -> CursorLook:
        if self.has_focus and self._terminal_driver is not None:
            return CursorLook.NONE
        if self.look_back.is_copying:
            return CursorLook.COPYING
        if self._finished:
            return CursorLook.NONE
        return CursorLook.FOCUSED if self.has_focus else CursorLook.UNFOCUSED

    def _emulator_event(self, event: Event) -> None:
        if not isinstance(event, ClipboardWritten):
            super()._emulator_event(event)
        elif self.has_focus:
            self.post_message(self.ClipboardRequested(self, event.text))
