"""The state that the parts of the emulator share, under pyte's names."""

from __future__ import annotations

import pyte
import pyte.modes
from pyte.screens import Margins

from mooring_widgets.emulator.buffers import ScreenBuffers
from mooring_widgets.emulator.charsets import Charsets
from mooring_widgets.emulator.colours import Colours
from mooring_widgets.emulator.cursor import LiveCursor
from mooring_widgets.emulator.damage import DamageTracker, Versions
from mooring_widgets.emulator.editing import Editing
from mooring_widgets.emulator.erasing import Erasing
from mooring_widgets.emulator.events import BellRang, EventQueue
from mooring_widgets.emulator.keyboard import Keyboard
from mooring_widgets.emulator.line import Line
from mooring_widgets.emulator.margins import MarginCommands
from mooring_widgets.emulator.mode_actions import ModeActions
from mooring_widgets.emulator.mode_switches import DEFAULT_MODES, ModeSwitches
from mooring_widgets.emulator.motion import Motion
from mooring_widgets.emulator.osc import OscCommands
from mooring_widgets.emulator.pens import Pen, Pens
from mooring_widgets.emulator.printing import Printer
from mooring_widgets.emulator.replies import Replies
from mooring_widgets.emulator.reports import Reports
from mooring_widgets.emulator.resizing import Resizing
from mooring_widgets.emulator.scrollback import Scrollback
from mooring_widgets.emulator.scrolling import Scroller
from mooring_widgets.emulator.settings import Settings
from mooring_widgets.emulator.tab_stops import TabStops
from mooring_widgets.emulator.window_reports import WindowReports

_ORIGIN = pyte.modes.DECOM
_AUTOWRAP = pyte.modes.DECAWM
_INSERT = pyte.modes.IRM
_REVERSE_WRAP = 45 << 5
_EXTENDED_REVERSE_WRAP = 1045 << 5


class Screen(pyte.Screen):
    """pyte's screen with lines instead of its dictionary of cells; each family of functions is a part of its own.

    Parts reach each other and the state through this object. pyte's tab stops, mode set, title, bell and cursor are
    kept; what pyte's `Stream` calls works (see the methods below), the emulator's own parser calls the parts.
    """

    def __init__(self, columns: int, lines: int, settings: Settings, replies: Replies) -> None:
        self.settings = settings
        self.replies = replies
        self.events = EventQueue()
        self.pens = Pens()
        self.pen: Pen = self.pens.default
        self.charsets = Charsets()
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
        self.osc = OscCommands(self)
        self.resizing = Resizing(self)
        self.window = WindowReports(self)
        self.actions = ModeActions(self)
        self.switches = ModeSwitches(self)
        super().__init__(columns, lines)
        # pyte's cells and its set of dirty rows are not kept up to date here: who uses them shall fail, not read blanks.
        del self.buffer
        del self.dirty
        self.mode = set(DEFAULT_MODES)
        self.refresh()

    def reset(self) -> None:
        """RIS: everything but the scrollback as at the start."""
        self.mode = set(DEFAULT_MODES)
        self.pen = self.pens.default
        self.title = ""
        self.icon_name = ""
        self.cursor: LiveCursor = LiveCursor()
        self.rows: list[Line] = []
        self.margin_mode = False
        self.charsets.reset()
        self.buffers.reset()
        self.colours.reset()
        self.keyboard.reset()
        self.switches.forget_saved()
        self.replies.eight_bit = False
        self.rows = self.buffers.blank_rows()
        self.tabs.reset()
        self.reset_margins()
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
        self.plain = self.full_width and not self.insert

    def reset_margins(self) -> None:
        """Let the whole screen scroll."""
        self.top, self.bottom = 0, self.lines - 1
        self.left, self.right = 0, self.columns - 1
        self.refresh()

    def edge(self, x: int) -> int:
        """The column after the last that text printed at `x` may use: the right margin holds who is not beyond it."""
        return self.right + 1 if x <= self.right else self.columns

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

    # What follows is what pyte's own `Stream` calls and what its users know, by pyte's names.

    @property
    def margins(self) -> Margins | None:
        """The top and bottom margin as pyte has them: None for the whole screen."""
        return None if self.full_height else Margins(self.top, self.bottom)

    @margins.setter
    def margins(self, margins: Margins | None) -> None:
        self.top, self.bottom = margins or (0, self.lines - 1)
        self.refresh()

    @property
    def display(self) -> list[str]:
        """The rows as text, each as wide as the screen, as pyte has it."""
        shown = []
        for line in self.rows:
            length = line.length
            text = line.text if line.text is not None else "".join(line.explode())
            shown.append(text + " " * (self.columns - length))
        return shown

    def resize(self, lines: int | None = None, columns: int | None = None) -> None:
        """Take another size, as pyte's does."""
        self.resizing.resize(columns or self.columns, lines or self.lines)

    def draw(self, data: str) -> None:
        """Print text."""
        self.printer.draw(data)

    def bell(self, *args: object) -> None:
        """BEL."""
        self.events.put(BellRang())

    def index(self) -> None:
        """IND."""
        self.scroller.index()

    def reverse_index(self) -> None:
        """RI."""
        self.scroller.reverse_index()

    def linefeed(self) -> None:
        """LF, VT, FF: IND, and CR in newline mode."""
        self.scroller.index()
        if pyte.modes.LNM in self.mode:
            self.motion.carriage_return()

    def return_and_linefeed(self) -> None:
        """CR LF, as one token the most frequent of all."""
        self.motion.carriage_return()
        self.scroller.index()

    def next_line(self) -> None:
        """NEL."""
        self.scroller.index()
        self.motion.carriage_return()

    def carriage_return(self) -> None:
        """CR."""
        self.motion.carriage_return()

    def backspace(self) -> None:
        """BS."""
        self.motion.backspace()

    def tab(self) -> None:
        """HT."""
        self.tabs.forward()

    def cursor_position(self, line: int | None = None, column: int | None = None) -> None:
        """CUP."""
        self.motion.position(line or 0, column or 0)

    def save_cursor(self) -> None:
        """DECSC."""
        self.buffers.save_cursor()

    def restore_cursor(self) -> None:
        """DECRC."""
        self.buffers.restore_cursor()
