"""The terminal as a Textual widget."""

from __future__ import annotations

from collections.abc import Collection
from time import perf_counter
from typing import ClassVar, TypeAlias

from rich.color import ColorSystem
from rich.style import Style as RichStyle
from textual import events
from textual._context import NoActiveAppError
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from mooring_widgets.emulator import (
    BellRang,
    ClipboardWritten,
    Emulator,
    MouseTracking,
    PaletteChanged,
    Row,
    Settings,
    TitleChanged,
)
from mooring_widgets.terminal import keys, messages, mouse, paste
from mooring_widgets.terminal.driver import TerminalDriver
from mooring_widgets.terminal.feeder import Feeder
from mooring_widgets.terminal.hardware_cursor import HardwareCursor
from mooring_widgets.terminal.key_press import KeyPress
from mooring_widgets.terminal.mouse import MouseButton, MouseInput
from mooring_widgets.terminal.notice import notice_bytes
from mooring_widgets.terminal.painter import Colours, Painter, PalettePolicy
from mooring_widgets.terminal.picture import CursorLook, OverlayStyles, Picture
from mooring_widgets.terminal.pointer import Pointer
from mooring_widgets.terminal.raw_key import RawKey, press_of
from mooring_widgets.terminal.selection import Selection
from mooring_widgets.terminal.viewport import Viewport

_WHEEL_LINES = 3
_TYPING = 0.03
"""Seconds after a key during which slices are short, so that the key and its echo get through Textual quickly."""

_FLOOD_FRAME = 1 / 30
"""Seconds between paintings while output waits: the eye can't follow it anyway, and painting costs throughput."""

_CREDIT_BATCH = 32 * 1024
_SYNCHRONIZED_LOOK = 0.25


class TerminalView(Widget, can_focus=True):
    """A terminal: bytes go in by `feed`, what the person does comes out as `Input` messages.

    Every key belongs to the remote program but for shift with pageup, pagedown, home and end, which move over the
    scrollback, and `reserved_keys` (names as in bindings), which bubble to the app. An app must run with
    `TerminalDriver` and derive from `RawKeyApp` for that to hold of every key; elsewhere it is as good as Textual's.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"terminal-view--selection", "terminal-view--scrollbar"}
    DEFAULT_CSS = """
    TerminalView {
        width: 1fr;
        height: 1fr;
        background: $background;
        color: $foreground;
        & > .terminal-view--selection { background: $primary; color: $background; }
        & > .terminal-view--scrollbar { background: $primary; color: $background; }
    }
    """

    Input: TypeAlias = messages.Input
    Resized: TypeAlias = messages.Resized
    Consumed: TypeAlias = messages.Consumed
    TitleChanged: TypeAlias = messages.TitleChanged
    BellRang: TypeAlias = messages.BellRang
    ClipboardRequested: TypeAlias = messages.ClipboardRequested
    LinkActivated: TypeAlias = messages.LinkActivated
    Scrolled: TypeAlias = messages.Scrolled

    def __init__(
        self,
        *,
        scrollback_lines: int = 10_000,
        reserved_keys: Collection[str] = (),
        palette: PalettePolicy = PalettePolicy.TERMINAL,
        settings: Settings | None = None,
        name: str | None = None,
        id: str | None = None,
        classes: str | None = None,
        disabled: bool = False,
    ) -> None:
        super().__init__(name=name, id=id, classes=classes, disabled=disabled)
        self.reserved_keys = frozenset(reserved_keys)
        self._palette = palette
        self.emulator = Emulator(
            80,
            24,
            scrollback_lines=scrollback_lines,
            reply=self._send,
            settings=settings if settings is not None else Settings(kitty_flags_granted=self._granted_kitty_flags()),
        )
        self._viewport = Viewport(self.emulator)
        self._picture = Picture(
            self.emulator,
            self._viewport,
            Painter(Colours(), ColorSystem.TRUECOLOR),
            OverlayStyles(RichStyle(reverse=True), RichStyle(reverse=True)),
        )
        self._feeder = Feeder(self.emulator.feed, self._after_slice, self._is_typing)
        self._pointer = Pointer(self)
        self._finished = False
        self._shown = False
        self._last_paint = 0.0
        self._consumed = 0
        self._reversed = False
        self._scroll_keys = {
            "shift+pageup": lambda: self.scroll_by_pages(-1),
            "shift+pagedown": lambda: self.scroll_by_pages(1),
            "shift+home": self.scroll_to_oldest,
            "shift+end": self.scroll_to_live,
        }

    # What the owner does.

    def feed(self, data: bytes) -> None:
        """Queue output of the remote program; `Consumed` tells when it is worked off."""
        self._feeder.put(data)

    def show_notice(self, text: str) -> None:
        """Write a line of ours between what the remote program wrote; controls in it are dropped."""
        self._feeder.put(notice_bytes(text), counted=False)

    def paste(self, text: str) -> None:
        """Send text as if it had been typed: bracketed where the program asked for that, without controls."""
        self._type(paste.encode(text, bracketed=self.emulator.modes.bracketed_paste))

    def finish(self, text: str = "") -> None:
        """The remote program is gone: keep its text, faded, to read and copy; nothing is sent any more."""
        self._finished = True
        while self._feeder.pending:
            self._feeder.slice()
        self.emulator.restore_modes()
        if text:
            self.emulator.feed(notice_bytes(text))
        self.add_class("-finished")
        self._repaint()

    def revive(self) -> None:
        """Take up work again after `finish`, for another program below the same text, as when one connects again."""
        self._finished = False
        self.remove_class("-finished")
        self._repaint()

    @property
    def finished(self) -> bool:
        """Whether `finish` was called."""
        return self._finished

    @property
    def pending(self) -> int:
        """Bytes that were fed and are not yet worked off."""
        return self._feeder.pending

    @property
    def palette(self) -> PalettePolicy:
        """Whose colours are used."""
        return self._palette

    @palette.setter
    def palette(self, policy: PalettePolicy) -> None:
        self._palette = policy
        self._repaint()

    # Scrollback.

    def scroll_by_lines(self, count: int) -> None:
        """Move over the scrollback; negative is back, towards older text."""
        self._scroll_back(self._viewport.back - count)

    def scroll_by_pages(self, count: int) -> None:
        """Move by screens, one line less each, so that the eye keeps its place."""
        self.scroll_by_lines(count * max(self.emulator.lines - 1, 1))

    def scroll_to_oldest(self) -> None:
        """Show the oldest text there is."""
        self._scroll_back(self._viewport.limit)

    def scroll_to_live(self) -> None:
        """Show the live screen."""
        self._scroll_back(0)

    @property
    def back(self) -> int:
        """How many lines above the live screen the view begins."""
        return self._viewport.back

    def _scroll_back(self, back: int) -> None:
        if self._viewport.move(back):
            self._paint()
            self.post_message(self.Scrolled(self, self._viewport.back))

    # Keys.

    def owns_key(self, key: str) -> bool:
        """Whether the key is for this view alone while it has the focus (`RawKeyApp` asks)."""
        return key not in self.reserved_keys and (not self._finished or key in self._scroll_keys)

    def on_key(self, event: events.Key) -> None:
        """Take keys in an app that is no `RawKeyApp`."""
        if self.owns_key(event.key):
            event.stop()
            event.prevent_default()
            self.receive_key(event)

    def receive_key(self, event: events.Key) -> None:
        """Send what the key sends, or scroll."""
        if scroll := self._scroll_keys.get(event.key):
            scroll()
            return
        press = press_of(event)
        if press is not None:
            self._type(keys.encode(press, self.emulator.modes))
        elif isinstance(event, RawKey) and not self.emulator.modes.kitty_flags:
            self._type(event.sequence.encode("utf-8", "replace"))

    def on_paste(self, event: events.Paste) -> None:
        """Send pasted text."""
        if not self._finished:
            event.stop()
            event.prevent_default()
            self.paste(event.text)

    def _type(self, data: bytes) -> None:
        """Send what the person did; the live screen comes back into view."""
        if data and not self._finished:
            self.select(None)
            self.scroll_to_live()
            self._send(data)

    def _send(self, data: bytes) -> None:
        if data and not self._finished:
            self.post_message(self.Input(self, data))

    # Mouse.

    @property
    def grid_size(self) -> tuple[int, int]:
        """Columns and lines."""
        return self.emulator.columns, self.emulator.lines

    @property
    def mouse_tracking(self) -> MouseTracking:
        """Which mouse events the remote program asked for."""
        return MouseTracking.OFF if self._finished else self.emulator.modes.mouse_tracking

    @property
    def top_line(self) -> int:
        """The number of the first line shown, counted from the first that ever was."""
        return self._viewport.top

    @property
    def cell_pixels(self) -> tuple[float, float] | None:
        """A cell's width and height in pixels where the person's terminal tells them."""
        driver = self._terminal_driver
        return driver.cell_pixels if driver is not None else None

    def row_at(self, line: int) -> Row | None:
        """The line with that number, None where there is none."""
        return self._viewport.row_at(line)

    def report_mouse(self, event: MouseInput) -> None:
        """Send a mouse event to the remote program, if it asked for this kind."""
        self._send(mouse.encode(event, self.emulator.modes))

    def select(self, selection: Selection | None) -> None:
        """Show a selection, or none."""
        if selection != self._picture.selection:
            self._picture.selection = selection
            self._paint()

    @property
    def selected_text(self) -> str:
        """The selected text, "" without a selection."""
        selection = self._picture.selection
        return selection.text(self._viewport.row_at) if selection is not None else ""

    def finish_selection(self) -> None:
        """Copy what is selected, through Textual (OSC 52)."""
        if text := self.selected_text:
            self.app.copy_to_clipboard(text)

    def activate_link(self, address: str) -> None:
        """Tell that a link was clicked."""
        self.post_message(self.LinkActivated(self, address))

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
        """The program's if it asked; cursor keys on the alternate screen, which has no scrollback; else ours."""
        event.stop()
        event.prevent_default()
        if self._pointer.wheel(event, button):
            return
        modes = self.emulator.modes
        if modes.alternate_screen and not event.shift:
            press = KeyPress("up" if lines < 0 else "down")
            self._type(keys.encode(press, modes) * abs(lines))
        else:
            self.scroll_by_lines(lines)

    # Focus, size, theme.

    def on_mount(self) -> None:
        """Begin to work off what is fed."""
        self.app.theme_changed_signal.subscribe(self, lambda _theme: self._repaint())
        self.run_worker(self._feeder.run(), name="feed", group="terminal", exit_on_error=True)
        self._repaint()

    def on_resize(self, event: events.Resize) -> None:
        """Give the emulator the size of the view."""
        columns, lines = event.size
        if columns < 1 or lines < 1:
            return
        self.emulator.resize(columns, lines)
        self._picture.selection = None
        self._repaint()
        self.post_message(self.Resized(self, self.emulator.columns, self.emulator.lines))

    def on_show(self) -> None:
        """Paint what came meanwhile."""
        self._shown = True
        self._repaint()

    def on_hide(self) -> None:
        """Feed on, and paint nothing."""
        self._shown = False

    def on_focus(self) -> None:
        """Tell a program that wants to know; the cursor changes its look."""
        self._focus_changed(b"\x1b[I")

    def on_blur(self) -> None:
        """Tell a program that wants to know; the cursor changes its look."""
        self._focus_changed(b"\x1b[O")

    def _focus_changed(self, report: bytes) -> None:
        if self.emulator.modes.focus_events:
            self._send(report)
        self._paint()

    # Working off.

    def _is_typing(self) -> bool:
        driver = self._terminal_driver
        return driver is not None and perf_counter() - driver.last_key_time < _TYPING

    def _after_slice(self, counted: int, is_empty: bool) -> None:
        self._consumed += counted
        if self._consumed and (is_empty or self._consumed >= _CREDIT_BATCH):
            self.post_message(self.Consumed(self, self._consumed))
            self._consumed = 0
        self._pass_on_events()
        if self._shown and (is_empty or perf_counter() - self._last_paint >= _FLOOD_FRAME):
            self._paint()

    def _pass_on_events(self) -> None:
        for event in self.emulator.take_events():
            if isinstance(event, TitleChanged):
                self.post_message(self.TitleChanged(self, event.title))
            elif isinstance(event, BellRang):
                self.post_message(self.BellRang(self))
            elif isinstance(event, ClipboardWritten) and self.has_focus:
                self.post_message(self.ClipboardRequested(self, event.text))
            elif isinstance(event, PaletteChanged):
                self._repaint()

    # Painting.

    def _paint(self) -> None:
        """Ask Textual to paint what changed since the last time."""
        self._last_paint = perf_counter()
        modes = self.emulator.modes
        if modes.synchronized:
            self.set_timer(_SYNCHRONIZED_LOOK, self._paint)
            return
        if modes.reverse_video != self._reversed:
            self._repaint()
            return
        self._picture.cursor_look = self._cursor_look()
        rows = self._picture.changes()
        if rows is None:
            self.refresh()
        elif rows:
            left, top = self.gutter.left, self.gutter.top
            self.refresh(*(Region(left, y + top, self.content_size.width, 1) for y in sorted(rows)))
        if (driver := self._terminal_driver) is not None and self.has_focus:
            driver.refresh_cursor()

    def _repaint(self) -> None:
        """Paint everything anew: colours may mean something else."""
        if not self.is_mounted:
            return
        self._reversed = self.emulator.modes.reverse_video
        painter = Painter(
            self._colours(),
            self.app.console._color_system or ColorSystem.TRUECOLOR,
            reverse_video=self._reversed,
            faded=self._finished,
        )
        selection, scrollbar = (
            self.get_component_rich_style(f"terminal-view--{part}") for part in ("selection", "scrollbar")
        )
        self._picture.restyle(painter, OverlayStyles(selection, scrollbar))
        self._paint()
        self.refresh()

    def _colours(self) -> Colours:
        overrides = self.emulator.palette
        if self._palette is PalettePolicy.TERMINAL:
            return Colours(overrides=overrides)
        style = self.rich_style
        return Colours(self.app.ansi_theme, style.color, style.bgcolor, overrides)

    def _cursor_look(self) -> CursorLook:
        if self._finished:
            return CursorLook.NONE
        if not self.has_focus:
            return CursorLook.UNFOCUSED
        return CursorLook.NONE if self._terminal_driver is not None else CursorLook.FOCUSED

    @property
    def _terminal_driver(self) -> TerminalDriver | None:
        driver = self.app._driver if self.is_attached else None
        return driver if isinstance(driver, TerminalDriver) else None

    def _granted_kitty_flags(self) -> int:
        """What the person's terminal can tell of keys, and so what a program may be promised."""
        try:
            driver = self.app._driver
        except NoActiveAppError:
            return 0
        return driver.kitty_flags if isinstance(driver, TerminalDriver) else 0

    def hardware_cursor(self) -> HardwareCursor | None:
        """The cursor as the person's terminal shall show it (`TerminalDriver` asks)."""
        cell = self._picture.cursor_cell()
        if cell is None or self._finished:
            return None
        cursor = self.emulator.cursor
        region = self.content_region
        x, y = region.x + cell[0], region.y + cell[1]
        if not region.contains(x, y):
            return None
        return HardwareCursor(x, y, int(cursor.shape) + (0 if cursor.blinking else 1))

    def render_line(self, y: int) -> Strip:
        """One row, for Textual's line API."""
        return self._picture.strip(y, self.content_size.width)

    def render_lines(self, crop: Region) -> list[Strip]:
        """The rows, past Textual's styles cache and line filters.

        The cache makes every strip anew on each refresh; the filters turn palette indices into RGB, and with NO_COLOR
        take the colours of remote output, which is not ours to change. A view with border or padding goes their way.
        """
        if self.gutter:
            return super().render_lines(crop)
        width = self.content_size.width
        strips = [self._picture.strip(y, width) for y in crop.line_range]
        if crop.column_span != (0, width):
            strips = [strip.crop(*crop.column_span) for strip in strips]
        return strips

    def get_line_filters(self) -> tuple[()]:
        """None: see `render_lines`."""
        return ()
