"""pyte's side of the screen: the methods that pyte's `Stream` calls and that users of pyte know, by pyte's names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyte
import pyte.modes
from pyte.screens import Margins

from mooring_widgets.emulator.events import BellRang

if TYPE_CHECKING:
    from mooring_widgets.emulator.buffers import ScreenBuffers
    from mooring_widgets.emulator.charsets import Charsets
    from mooring_widgets.emulator.editing import Editing
    from mooring_widgets.emulator.erasing import Erasing
    from mooring_widgets.emulator.events import EventQueue
    from mooring_widgets.emulator.line import Line
    from mooring_widgets.emulator.margins import MarginCommands
    from mooring_widgets.emulator.mode_switches import ModeSwitches
    from mooring_widgets.emulator.motion import Motion
    from mooring_widgets.emulator.pens import Pen
    from mooring_widgets.emulator.printing import Printer
    from mooring_widgets.emulator.reports import Reports
    from mooring_widgets.emulator.resizing import Resizing
    from mooring_widgets.emulator.scrolling import Scroller
    from mooring_widgets.emulator.tab_stops import TabStops


class PyteFace(pyte.Screen):
    """Hands each of pyte's events to the part that does it; the tab stops' and the titles' events are pyte's own."""

    rows: list[Line]
    pen: Pen
    top: int
    bottom: int
    events: EventQueue
    charsets: Charsets
    buffers: ScreenBuffers
    motion: Motion
    scroller: Scroller
    printer: Printer
    tabs: TabStops
    erasing: Erasing
    editing: Editing
    margin_commands: MarginCommands
    switches: ModeSwitches
    reports: Reports
    resizing: Resizing

    def refresh(self) -> None:
        """Find out anew what depends on modes and margins."""
        raise NotImplementedError

    @property
    def margins(self) -> Margins | None:
        """The top and bottom margin as pyte has them: None for the whole screen."""
        whole = self.top == 0 and self.bottom == self.lines - 1
        return None if whole else Margins(self.top, self.bottom)

    @margins.setter
    def margins(self, margins: Margins | None) -> None:
        self.top, self.bottom = margins or (0, self.lines - 1)
        self.refresh()

    @property
    def display(self) -> list[str]:
        """The rows as text, each as wide as the screen."""
        shown = []
        for line in self.rows:
            length = line.length
            text = line.text if line.text is not None else "".join(line.explode())
            shown.append(text + " " * (self.columns - length))
        return shown

    def resize(self, lines: int | None = None, columns: int | None = None) -> None:
        """Take another size."""
        self.resizing.resize(columns or self.columns, lines or self.lines)

    def return_and_linefeed(self) -> None:
        """CR LF, as one token the most frequent of all."""
        self.motion.carriage_return()
        self.scroller.index()

    def next_line(self) -> None:
        """NEL."""
        self.scroller.index()
        self.motion.carriage_return()

    def linefeed(self) -> None:
        """LF, VT, FF: IND, and CR in newline mode."""
        self.scroller.index()
        if pyte.modes.LNM in self.mode:
            self.motion.carriage_return()

    def bell(self, *args: object) -> None:
        """BEL."""
        self.events.put(BellRang())

    def select_graphic_rendition(self, *attrs: int) -> None:
        """SGR."""
        self.pen = self.pen.step("\x1b[" + ";".join(map(str, attrs)) + "m")

    def set_mode(self, *modes: int, private: bool = False, **kwargs: object) -> None:
        """SM and DECSET."""
        (self.switches.set_private if private else self.switches.set_ansi)(*modes)

    def reset_mode(self, *modes: int, private: bool = False, **kwargs: object) -> None:
        """RM and DECRST."""
        (self.switches.reset_private if private else self.switches.reset_ansi)(*modes)

    def define_charset(self, code: str, mode: str) -> None:
        """SCS for G0 and G1."""
        self.charsets.designate("()".index(mode), code)

    def report_device_attributes(self, mode: int = 0, **kwargs: bool) -> None:
        """DA1."""
        if not kwargs.get("private"):
            self.reports.primary_attributes(mode)

    def draw(self, data: str) -> None:
        """Print text."""
        self.printer.draw(data)

    def shift_in(self) -> None:
        """SI."""
        self.charsets.lock(0)

    def shift_out(self) -> None:
        """SO."""
        self.charsets.lock(1)

    def index(self) -> None:
        """IND."""
        self.scroller.index()

    def reverse_index(self) -> None:
        """RI."""
        self.scroller.reverse_index()

    def carriage_return(self) -> None:
        """CR."""
        self.motion.carriage_return()

    def backspace(self) -> None:
        """BS."""
        self.motion.backspace()

    def tab(self) -> None:
        """HT."""
        self.tabs.forward()

    def save_cursor(self) -> None:
        """DECSC."""
        self.buffers.save_cursor()

    def restore_cursor(self) -> None:
        """DECRC."""
        self.buffers.restore_cursor()

    def cursor_position(self, line: int | None = None, column: int | None = None) -> None:
        """CUP."""
        self.motion.position(line or 0, column or 0)

    def cursor_to_line(self, line: int | None = None) -> None:
        """VPA."""
        self.motion.to_line(line or 0)

    def cursor_to_column(self, column: int | None = None) -> None:
        """CHA."""
        self.motion.to_column(column or 0)

    def cursor_up(self, count: int | None = None) -> None:
        """CUU."""
        self.motion.up(count or 0)

    def cursor_down(self, count: int | None = None) -> None:
        """CUD."""
        self.motion.down(count or 0)

    def cursor_forward(self, count: int | None = None) -> None:
        """CUF."""
        self.motion.forward(count or 0)

    def cursor_back(self, count: int | None = None) -> None:
        """CUB."""
        self.motion.back(count or 0)

    def insert_lines(self, count: int | None = None) -> None:
        """IL."""
        self.editing.insert_lines(count or 0)

    def delete_lines(self, count: int | None = None) -> None:
        """DL."""
        self.editing.delete_lines(count or 0)

    def insert_characters(self, count: int | None = None) -> None:
        """ICH."""
        self.editing.insert_characters(count or 0)

    def delete_characters(self, count: int | None = None) -> None:
        """DCH."""
        self.editing.delete_characters(count or 0)

    def erase_characters(self, count: int | None = None) -> None:
        """ECH."""
        self.erasing.characters(count or 0)

    def erase_in_line(self, how: int = 0, private: bool = False) -> None:
        """EL and DECSEL."""
        (self.erasing.selective_in_line if private else self.erasing.in_line)(how)

    def erase_in_display(self, how: int = 0, *args: object, **kwargs: object) -> None:
        """ED."""
        self.erasing.in_display(how)

    def alignment_display(self) -> None:
        """DECALN."""
        self.erasing.alignment_display()

    def report_device_status(self, mode: int) -> None:
        """DSR."""
        self.reports.status(mode)

    def set_margins(self, top: int | None = None, bottom: int | None = None) -> None:
        """DECSTBM."""
        self.margin_commands.top_and_bottom(top or 0, bottom or 0)
