"""An emulator shown by Textual, with nobody typing at it: what a terminal view and a player of recordings share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, TypeAlias

from rich.color import Color as RichColor
from rich.color import ColorSystem
from rich.style import Style as RichStyle
from textual import events
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from mooring_widgets.emulator import (
    BellRang,
    Emulator,
    Event,
    PaletteChanged,
    Rgb,
    Settings,
    TitleChanged,
)
from mooring_widgets.notice import notice_bytes
from mooring_widgets.terminal import messages
from mooring_widgets.terminal.bell_flash import BellFlash
from mooring_widgets.terminal.feeder import Feeder
from mooring_widgets.terminal.overlays import OverlayStyles
from mooring_widgets.terminal.paint_times import PaintTimes
from mooring_widgets.terminal.painter import Colours, Painter, PalettePolicy
from mooring_widgets.terminal.picture import CursorLook, Picture
from mooring_widgets.terminal.selected_text import text_of
from mooring_widgets.terminal.selection import Selection
from mooring_widgets.terminal.selection_watch import SelectionWatch
from mooring_widgets.terminal.viewport import Viewport

_CREDIT_BATCH = 32 * 1024
_REVERSED = RichStyle(reverse=True)
_PARTS = ("selection", "scrollbar", "match", "current-match")
"""What lies over the rows, by the names of their component classes."""


class TerminalSurface(Widget):
    """Bytes go in by `feed`, their screen is shown, with its scrollback.

    `visual_bell` says whether the bell is seen on the cursor's line; `BellRang` is posted anyway.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"terminal-view--{part}" for part in _PARTS}
    DEFAULT_CSS = """
    TerminalSurface {
        width: 1fr;
        height: 1fr;
        background: $background;
        color: $foreground;
        & > .terminal-view--selection { background: $primary; color: $background; }
        & > .terminal-view--scrollbar { background: $primary; color: $background; }
        & > .terminal-view--match { background: $warning 40%; color: $foreground; }
        & > .terminal-view--current-match { background: $warning; color: $background; text-style: bold; }
    }
    """

    Resized: TypeAlias = messages.Resized
    Consumed: TypeAlias = messages.Consumed
    TitleChanged: TypeAlias = messages.TitleChanged
    BellRang: TypeAlias = messages.BellRang
    Scrolled: TypeAlias = messages.Scrolled

    def __init__(
        self,
        *,
        scrollback_lines: int = 10_000,
        scrollback_bytes: int | None = None,
        palette: PalettePolicy = PalettePolicy.TERMINAL,
        settings: Settings | None = None,
        name: str | None = None,
        id: str | None = None,
        classes: str | None = None,
        disabled: bool = False,
    ) -> None:
        super().__init__(name=name, id=id, classes=classes, disabled=disabled)
        self.emulator = Emulator(
            80,
            24,
            scrollback_lines=scrollback_lines,
            scrollback_bytes=scrollback_bytes,
            reply=self._reply,
            settings=settings if settings is not None else Settings(kitty_flags_granted=0),
        )
        self._palette = palette
        self._viewport = Viewport(self.emulator)
        plain = Painter(Colours(), ColorSystem.TRUECOLOR)
        self._picture = Picture(self.emulator, self._viewport, plain, OverlayStyles(*[_REVERSED] * len(_PARTS)))
        self._feeder = Feeder(self.emulator.feed, self._after_slice, self._is_typing, is_seen=lambda: self._shown)
        self._selection_watch: SelectionWatch | None = None
        self._times = PaintTimes(self._paint, self.set_timer)
        self._bell = BellFlash(self.emulator, self.set_timer, self._flash)
        self.visual_bell = True
        self._finished = False
        self._shown = False
        self._consumed = 0
        self._reversed = False

    # What the owner does.

    def feed(self, data: bytes) -> None:
        """Queue output of the remote program; `Consumed` tells when it is worked off."""
        self._feeder.put(data)

    def show_notice(self, text: str) -> None:
        """Write lines of ours between what the remote program wrote; controls in them are dropped."""
        self._feeder.put(notice_bytes(text), counted=False)

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

    @property
    def back(self) -> int:
        """How many lines above the live screen the view begins."""
        return self._viewport.back

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

    def _scroll_back(self, back: int) -> None:
        if self._viewport.move(back):
            self._paint()
            self.post_message(self.Scrolled(self, self._viewport.back))

    # Selection.

    def select(self, selection: Selection | None) -> None:
        """Show a selection, or none. It goes when its lines say something else, or are dropped."""
        if selection != self._picture.marks.selection:
            self._picture.marks.selection = selection
            self._selection_watch = SelectionWatch(selection, self._viewport.text) if selection is not None else None
            self._paint()

    @property
    def selected_text(self) -> str:
        """The selected text, "" without a selection."""
        selection = self._picture.marks.selection
        return text_of(selection, self._viewport.text) if selection is not None else ""

    def _drop_stale_selection(self) -> None:
        watch = self._selection_watch
        if watch is not None and not watch.holds(self._viewport.text):
            self._selection_watch = self._picture.marks.selection = None

    # What a view with a person in front of it does otherwise.

    def _reply(self, data: bytes) -> None:
        """The emulator has an answer for the remote program; here nobody is there to get it."""

    def _is_typing(self) -> bool:
        """Whether a key's way shall be short: then slices are."""
        return False

    def _cursor_look(self) -> CursorLook:
        """How the cursor is drawn."""
        return CursorLook.NONE if self._finished else CursorLook.UNFOCUSED

    def _default_colours(self) -> tuple[Rgb, Rgb] | None:
        """Default foreground and background as they are painted, None where the person's terminal alone knows them."""
        if self._palette is PalettePolicy.TERMINAL:
            return None
        style = self.rich_style
        foreground, background = _rgb(style.color), _rgb(style.bgcolor)
        return None if foreground is None or background is None else (foreground, background)

    def _lines_broken_anew(self) -> None:
        """The size is another: line numbers stand for other text."""

    def _emulator_event(self, event: Event) -> None:
        """Something happened that is not on the screen."""
        if isinstance(event, TitleChanged):
            self.post_message(self.TitleChanged(self, event.title))
        elif isinstance(event, BellRang):
            if self.visual_bell and self._shown:
                self._bell.ring()
            self.post_message(self.BellRang(self))
        elif isinstance(event, PaletteChanged):
            self._repaint()

    def _flash(self, line: int | None) -> None:
        self._picture.marks.bell = line
        self._paint()

    # Size, and being seen.

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
        self._take_size(columns, lines)
        self._picture.marks.selection = self._selection_watch = None
        self._lines_broken_anew()
        self._repaint()
        self.post_message(self.Resized(self, self.emulator.columns, self.emulator.lines))

    def _take_size(self, columns: int, lines: int) -> None:
        self.emulator.resize(columns, lines)

    def on_show(self) -> None:
        """Paint what came meanwhile."""
        self._shown = True
        self._repaint()

    def on_hide(self) -> None:
        """Feed on, and paint nothing."""
        self._shown = False

    # Working off.

    def _after_slice(self, counted: int, is_empty: bool) -> None:
        self._consumed += counted
        if self._consumed and (is_empty or self._consumed >= _CREDIT_BATCH):
            self.post_message(self.Consumed(self, self._consumed))
            self._consumed = 0
        for event in self.emulator.take_events():
            self._emulator_event(event)
        self._times.arrived(counted, more=not is_empty, is_shown=self._shown)

    # Painting.

    def _paint(self) -> None:
        """Paint what changed since the last time."""
        self._times.painted()
        modes = self.emulator.modes
        if modes.synchronized:
            self._times.look_again()
            return
        if modes.reverse_video != self._reversed:
            self._repaint()
            return
        self._drop_stale_selection()
        self._picture.cursor_look = self._cursor_look()
        changed = self._picture.changes()
        rows = range(self.content_size.height) if changed is None else sorted(changed)
        if rows and not self._paint_now(rows):
            left, top = self.gutter.left, self.gutter.top
            self.refresh(*(Region(left, y + top, self.content_size.width, 1) for y in rows))

    def _paint_now(self, rows: Sequence[int]) -> bool:
        """Paint changed rows without waiting for Textual; False leaves them to it."""
        return False

    def _repaint(self) -> None:
        """Paint everything anew: colours may mean something else."""
        if not self.is_mounted:
            return
        self._reversed = self.emulator.modes.reverse_video
        if (defaults := self._default_colours()) is not None:
            foreground, background = defaults
            self.emulator.set_base_colours(foreground, background, foreground, dark=sum(background) < sum(foreground))
        painter = Painter(
            self._colours(self.emulator.palette),
            self.app.console._color_system or ColorSystem.TRUECOLOR,
            reverse_video=self._reversed,
            faded=self._finished,
        )
        styles = (self.get_component_rich_style(f"terminal-view--{part}") for part in _PARTS)
        self._picture.restyle(painter, OverlayStyles(*styles))
        self._paint()
        self.refresh()

    def _colours(self, overrides: Mapping[int | str, Rgb]) -> Colours:
        if self._palette is PalettePolicy.TERMINAL:
            return Colours(overrides=overrides)
        style = self.rich_style
        return Colours(self.app.ansi_theme, style.color, style.bgcolor, overrides)

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


def _rgb(color: RichColor | None) -> Rgb | None:
    return Rgb(*color.triplet) if color is not None and color.triplet is not None else None
