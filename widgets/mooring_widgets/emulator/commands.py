"""Which function each control sequence calls.

CSI functions are keyed by private prefix, intermediates and final byte, the others by their characters.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mooring_widgets.emulator.screen import Screen

Function = Callable[..., None]
"""Takes the parameters as ints, missing ones by default; surplus ones are cut off before the call."""

_WITHOUT_EFFECT = ("q", "i", "?i", " t", " u", ">p", ">s", "$}", "$~", "'w", "'z", "'{", "'|", ",|", ",}", ",~", "#y")
"""Understood, and nothing to do: DECLL, MC, bell volumes, XTSMPOINTER, XTSHIFTESCAPE (shift selects here), DECSASD and
DECSSDT (there is no status line), the locator's, DECAC, DECATC, DECPS, XTCHECKSUM."""


def csi_functions(screen: Screen) -> dict[str, Function]:
    """The control sequences."""
    motion, tabs, editing, erasing = screen.motion, screen.tabs, screen.editing, screen.erasing
    rectangles = screen.rectangles
    margins, switches, reports, keyboard = screen.margin_commands, screen.switches, screen.reports, screen.keyboard
    palette, renditions = screen.palette_commands, screen.renditions
    return {
        **dict.fromkeys(_WITHOUT_EFFECT, _nothing),
        "@": editing.insert_characters,
        "A": motion.up,
        "B": motion.down,
        "C": motion.forward,
        "D": motion.back,
        "E": motion.next_line,
        "F": motion.previous_line,
        "G": motion.to_column,
        "H": motion.position,
        "I": tabs.forward,
        "J": erasing.in_display,
        "K": erasing.in_line,
        "L": editing.insert_lines,
        "M": editing.delete_lines,
        "P": editing.delete_characters,
        "S": screen.scroller.up,
        "T": screen.scroller.down_unless_tracking,
        "X": erasing.characters,
        "Z": tabs.back,
        "^": screen.scroller.down,
        "`": motion.to_column,
        "a": motion.right_relative,
        "b": screen.printer.repeat,
        "c": reports.primary_attributes,
        "d": motion.to_line,
        "e": motion.down_relative,
        "f": motion.position,
        "g": screen.clear_tab_stop,
        "h": switches.set_ansi,
        "l": switches.reset_ansi,
        "n": reports.status,
        "r": margins.top_and_bottom,
        "s": margins.left_and_right,
        "t": screen.window.operate,
        "u": screen.buffers.restore_cursor_unless,
        "x": reports.terminal_parameters,
        "?J": erasing.selective_in_display,
        "?K": erasing.selective_in_line,
        "?h": switches.set_private,
        "?l": switches.reset_private,
        "?W": tabs.reset_by_sequence,
        "?n": reports.private_status,
        "?r": switches.restore,
        "?s": switches.save,
        "?u": keyboard.report_flags,
        "?g": keyboard.report_format,
        "?m": keyboard.report_modify,
        ">c": reports.secondary_attributes,
        ">f": keyboard.set_format,
        ">m": keyboard.set_modify,
        ">n": keyboard.disable_modify,
        ">T": screen.titles.reset_modes,
        ">t": screen.titles.set_modes,
        ">q": reports.version,
        ">u": keyboard.push_flags,
        "<u": keyboard.pop_flags,
        "=c": reports.tertiary_attributes,
        "=u": keyboard.change_flags,
        "!p": screen.resets.soft,
        '"v': screen.window.displayed_extent,
        '"p': screen.resets.set_level,
        '"q': screen.protection.select,
        "$r": rectangles.change_attributes,
        "$t": rectangles.reverse_attributes,
        "$v": rectangles.copy,
        "$x": rectangles.fill,
        "$z": rectangles.erase,
        "${": rectangles.erase_selectively,
        "$w": screen.presentation.report,
        "&u": reports.supplemental_set,
        "#P": palette.push,
        "#Q": palette.pop,
        "#R": palette.report_stack,
        "#S": screen.titles.report_stack,
        "#p": renditions.push,
        "#q": renditions.pop,
        "#{": renditions.push,
        "#|": renditions.report,
        "#}": renditions.pop,
        "$|": screen.resizing.columns_on_page,
        "*|": screen.resizing.lines_on_page,
        "*x": rectangles.set_extent,
        "*y": rectangles.report_checksum,
        "?S": screen.window.refuse_graphics,
        "$p": switches.report_ansi,
        "?$p": switches.report_private,
        " @": editing.scroll_left,
        " A": editing.scroll_right,
        " q": reports.set_cursor_style,
        "'}": editing.insert_columns,
        "'~": editing.delete_columns,
    }


def escape_functions(screen: Screen) -> dict[str, Callable[[], None]]:
    """The escape sequences that are no control sequences, without their ESC."""
    charsets, buffers = screen.charsets, screen.buffers
    found: dict[str, Callable[[], None]] = {
        **dict.fromkeys((" L", " M", " N", "l", "m"), _nothing),
        " F": lambda: screen.replies.use_eight_bit(False),
        " G": lambda: screen.replies.use_eight_bit(True),
        "6": screen.editing.back_index,
        "7": buffers.save_cursor,
        "8": buffers.restore_cursor,
        "9": screen.editing.forward_index,
        "D": screen.scroller.index,
        "E": screen.next_line,
        "H": screen.set_tab_stop,
        "M": screen.scroller.reverse_index,
        "N": lambda: charsets.shift_once(2),
        "O": lambda: charsets.shift_once(3),
        "V": screen.protection.start_area,
        "W": screen.protection.end_area,
        "Z": screen.reports.primary_attributes,
        "c": screen.resets.hard,
        "n": lambda: charsets.lock(2),
        "o": lambda: charsets.lock(3),
        "|": lambda: charsets.lock_right(3),
        "}": lambda: charsets.lock_right(2),
        "~": lambda: charsets.lock_right(1),
        "=": lambda: screen.switches.switch(66, True),
        ">": lambda: screen.switches.switch(66, False),
        "%@": lambda: charsets.use_utf8(False),
        "%G": lambda: charsets.use_utf8(True),
        "%8": lambda: charsets.use_utf8(True),
        "#3": screen.sizes.top_half,
        "#4": screen.sizes.bottom_half,
        "#5": screen.sizes.single,
        "#6": screen.sizes.double_width,
        "#8": screen.erasing.alignment_display,
    }
    return found


def control_functions(screen: Screen) -> dict[str, Callable[[], None]]:
    """C0 and C1 controls, and CR LF as one."""
    charsets = screen.charsets
    found: dict[str, Callable[[], None]] = {
        "\x07": screen.bell,
        "\x08": screen.motion.backspace,
        "\t": screen.tabs.forward,
        "\n": screen.linefeed,
        "\x0b": screen.linefeed,
        "\x0c": screen.linefeed,
        "\r": screen.motion.carriage_return,
        "\r\n": screen.return_and_linefeed,
        "\x0e": lambda: charsets.lock(1),
        "\x0f": lambda: charsets.lock(0),
        "\x7f": screen.printer.draw_delete,
    }
    return found


def _nothing(*_parameters: int) -> None:
    """For what is understood and has no effect here."""
