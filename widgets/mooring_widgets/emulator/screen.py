"""The state that the parts of the emulator share, under pyte's names."""

from __future__ import annotations

import pyte.modes

from mooring_widgets.emulator.buffers import ScreenBuffers
from mooring_widgets.emulator.charsets import Charsets
from mooring_widgets.emulator.colours import Colours
from mooring_widgets.emulator.cursor import LiveCursor
from mooring_widgets.emulator.damage import DamageTracker, Versions
from mooring_widgets.emulator.editing import Editing
from mooring_widgets.emulator.erasing import Erasing
from mooring_widgets.emulator.events import EventQueue
from mooring_widgets.emulator.keyboard import Keyboard
from mooring_widgets.emulator.line import Line
from mooring_widgets.emulator.line_size import LineSizes
from mooring_widgets.emulator.margins import MarginCommands
from mooring_widgets.emulator.mode_actions import ModeActions
from mooring_widgets.emulator.mode_switches import DEFAULT_MODES, ModeSwitches
from mooring_widgets.emulator.motion import Motion
from mooring_widgets.emulator.osc import OscCommands
from mooring_widgets.emulator.palette_commands import PaletteCommands
from mooring_widgets.emulator.pens import Pen, Pens
from mooring_widgets.emulator.presentation import PresentationState
from mooring_widgets.emulator.printing import Printer
from mooring_widgets.emulator.protection import Protection
from mooring_widgets.emulator.pyte_face import PyteFace
from mooring_widgets.emulator.rectangles import Rectangles
from mooring_widgets.emulator.rendition_stack import RenditionStack
from mooring_widgets.emulator.replies import Replies
from mooring_widgets.emulator.reports import Reports
from mooring_widgets.emulator.resets import HIGHEST_LEVEL, Resets
from mooring_widgets.emulator.resizing import Resizing
from mooring_widgets.emulator.scrollback import Scrollback
from mooring_widgets.emulator.scrolling import Scroller
from mooring_widgets.emulator.settings import Settings
from mooring_widgets.emulator.tab_stops import TabStops
from mooring_widgets.emulator.titles import Titles
from mooring_widgets.emulator.window_reports import WindowReports

_ORIGIN = pyte.modes.DECOM
_AUTOWRAP = pyte.modes.DECAWM
_INSERT = pyte.modes.IRM
_REVERSE_WRAP = 45 << 5
_EXTENDED_REVERSE_WRAP = 1045 << 5


class Screen(PyteFace):
    """pyte's screen with lines instead of its dictionary of cells; each family of functions is a part of its own.

    Parts reach each other and the state through this object. pyte's tab stops, set of modes, titles and cursor are kept
    and what pyte's own `Stream` calls works (`PyteFace`); the emulator's parser calls the parts.
    """

    def __init__(self, columns: int, lines: int, settings: Settings, replies: Replies) -> None:
        self.settings = settings
        self.replies = replies
        self.events = EventQueue()
        self.pens = Pens()
        self.pen: Pen = self.pens.default
        self.charsets = Charsets(self.refresh)
        self.versions = Versions()
        self.damage = DamageTracker(self.versions)
        self.scrollback = Scrollback(
            self.versions, max_lines=settings.scrollback_lines, max_bytes=settings.scrollback_bytes
        )
        dynamic = {
            "foreground": settings.foreground,
            "background": settings.background,
            "cursor": settings.cursor_color,
        }
        self.colours = Colours(settings.palette, dynamic)
        self.dark = settings.dark
        self.cell_pixels = settings.cell_pixels
        self.sizes = LineSizes(self)
        self.buffers = ScreenBuffers(self)
        self.motion = Motion(self)
        self.scroller = Scroller(self)
        self.printer = Printer(self)
        self.tabs = TabStops(self)
        self.erasing = Erasing(self)
        self.editing = Editing(self)
        self.margin_commands = MarginCommands(self)
        self.keyboard = Keyboard(self)
        self.reports = Reports(self)
        self.titles = Titles(self)
        self.palette_commands = PaletteCommands(self)
        self.renditions = RenditionStack(self)
        self.presentation = PresentationState(self)
        self.osc = OscCommands(self)
        self.resizing = Resizing(self)
        self.protection = Protection(self)
        self.rectangles = Rectangles(self)
        self.resets = Resets(self)
        self.window = WindowReports(self)
        self.actions = ModeActions(self)
        self.switches = ModeSwitches(self)
        super().__init__(columns, lines)
        # pyte's cells and its set of dirty rows are not kept up to date: who uses them shall fail, not read blanks.
        del self.buffer
        del self.dirty
        self.mode = set(DEFAULT_MODES)
        self.refresh()

    def reset(self) -> None:
        """RIS: everything but the scrollback as at the start."""
        self.mode = set(DEFAULT_MODES)
        self.pen = self.pens.default
        self.titles.reset()
        self.cursor: LiveCursor = LiveCursor()
        self.rows: list[Line] = []
        self.margin_mode = False
        self.sizes.reset()
        self.reset_margins()
        self.charsets.use_utf8(True)
        self.charsets.reset()
        self.buffers.reset()
        self.colours.reset()
        self.palette_commands.reset()
        self.renditions.reset()
        self.keyboard.reset()
        self.protection.reset()
        self.actions.synchronize(False)
        self.resets.level = HIGHEST_LEVEL
        self.rectangles.extent = 0
        self.switches.forget_saved()
        self.replies.eight_bit = False
        self.rows = self.buffers.blank_rows()
        self.tabs.reset()
        self.damage.mark_everything()

    def refresh(self) -> None:
        """Find out anew what the hot paths ask; to be called after modes, margins or the screen shown changed."""
        mode = self.mode
        self.autowrap = _AUTOWRAP in mode
        self.insert = _INSERT in mode
        self.origin = _ORIGIN in mode
        self.reverse_wrap = _REVERSE_WRAP in mode
        self.extended_reverse_wrap = _EXTENDED_REVERSE_WRAP in mode
        self.full_width = self.left == 0 and self.right == self.columns - 1
        self.full_height = self.top == 0 and self.bottom == self.lines - 1
        self.keeps_scrollback = not self.buffers.alternate
        self.sizes.look()
        self.plain = (
            not self.sizes.any_shown
            and self.full_width
            and not self.insert
            and self.charsets.plain
            and not self.printer.joining
        )

    def reset_margins(self) -> None:
        """Let the whole screen scroll."""
        self.top, self.bottom = 0, self.lines - 1
        self.left, self.right = 0, self.columns - 1
        self.refresh()

    def edge(self, x: int) -> int:
        """The column after the last that text printed at `x` may use: the right margin holds who is not beyond it."""
        edge = self.right + 1 if x <= self.right else self.columns
        if self.sizes.any_shown:
            columns = self.sizes.columns(self.cursor.y)
            return min(edge, columns) if x < columns else self.columns
        return edge

    @property
    def cursor_in_margins(self) -> bool:
        """Whether the cursor is inside the scroll region."""
        cursor = self.cursor
        return self.top <= cursor.y <= self.bottom and self.left <= cursor.x <= self.right

    def set_origin(self, on: bool) -> None:
        """Switch origin mode without moving the cursor."""
        if on:
            self.mode.add(_ORIGIN)
        else:
            self.mode.discard(_ORIGIN)
        self.refresh()
