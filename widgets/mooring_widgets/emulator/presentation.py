"""DECRQPSR and DECRSPS: what the cursor carries, and the tab stops, reported so that they can be put back.

Source: the VT420 manual, "Presentation State Reports"; xterm's answers were asked for the details.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mooring_widgets.emulator.charsets import ASCII
from mooring_widgets.emulator.sgr import Field, to_int
from mooring_widgets.emulator.style import Underline

if TYPE_CHECKING:
    from mooring_widgets.emulator.screen import Screen

_CURSOR, _TABS = "1", "2"
_FIELDS = 9
_RENDITIONS = ((Field.BOLD, True), (Field.UNDERLINE, Underline.SINGLE), (Field.BLINK, True), (Field.INVERSE, True))
"""What the lowest bits of the rendition say."""


class PresentationState:
    """Numbers are decimal; flags are the low bits of a printable character, "@" for none."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen

    def report(self, which: int = 0) -> None:
        """DECRQPSR: 1 is the cursor information report (DECCIR), 2 the tab stop report (DECTABSR)."""
        if which == 1:
            self._screen.replies.dcs(f"1$u{self._cursor_information()}")
        elif which == 2:
            columns = self._screen.columns
            stops = sorted(stop + 1 for stop in self._screen.tabstops if stop < columns)
            self._screen.replies.dcs("2$u" + "/".join(map(str, stops)))

    def restore(self, content: str) -> bool:
        """DECRSPS: take such a report back (`content` is what stands behind DCS); return whether it is one."""
        which, separator, report = content.partition("$t")
        if not separator or which not in (_CURSOR, _TABS):
            return False
        if which == _TABS:
            stops = (to_int(part) - 1 for part in report.split("/", 1024) if part.isdecimal())
            self._screen.tabstops = {stop for stop in stops if 0 <= stop < self._screen.columns}
        else:
            self._restore_cursor(report.split(";", _FIELDS))
        return True

    def _cursor_information(self) -> str:
        screen = self._screen
        cursor, charsets, pen = screen.cursor, screen.charsets, screen.pen
        rendition = sum(1 << bit for bit, (field, _on) in enumerate(_RENDITIONS) if pen.attributes[field])
        attribute = pen.protected and not screen.protection.iso
        shift = {2: 2, 3: 4}.get(charsets.single or 0, 0)
        flags = (8 if cursor.pending else 0) | shift | (1 if screen.origin else 0)
        state = charsets.state
        sizes = sum(1 << place for place, charset in enumerate(state.sets) if charset.has_96)
        designated = "".join(charset.code for charset in state.sets)
        marks = ";".join(chr(0x40 | bits) for bits in (rendition, attribute, flags))
        return f"{cursor.y + 1};{cursor.x + 1};1;{marks};{state.left};{state.right};{chr(0x40 | sizes)};{designated}"

    def _restore_cursor(self, fields: list[str]) -> None:
        """Take over a report that is whole and sound, and nothing of another."""
        screen = self._screen
        if len(fields) != _FIELDS + 1 or not all(part.isdecimal() for part in (*fields[:3], *fields[6:8])):
            return
        line, column, _page, left, right = (to_int(part) for part in (*fields[:3], *fields[6:8]))
        if not (0 < line <= screen.lines and 0 < column <= screen.columns and left < 4 and right < 4):
            return
        if not all(len(mark) == 1 and "@" <= mark < "\x7f" for mark in (*fields[3:6], fields[8])):
            return
        rendition, attribute, flags, sizes = (ord(mark) & 0x1F for mark in (*fields[3:6], fields[8]))
        pen = screen.pen
        for bit, (field, on) in enumerate(_RENDITIONS):
            off = Underline.NONE if field is Field.UNDERLINE else False
            pen = pen.replace(field, on if rendition >> bit & 1 else off)
        screen.pen = pen
        screen.protection.select(attribute & 1)
        screen.set_origin(bool(flags & 1))
        self._restore_charsets(fields[9], left, right, sizes)
        if flags & 6:
            screen.charsets.shift_once(3 if flags & 4 else 2)
        screen.cursor.x, screen.cursor.y = column - 1, line - 1
        screen.cursor.pending = bool(flags & 8) and column == screen.columns

    def _restore_charsets(self, designated: str, left: int, right: int, sizes: int) -> None:
        charsets = self._screen.charsets
        position = 0
        for place in range(4):
            end = position + (2 if designated[position : position + 1] in ("%", "&", '"') else 1)
            code = designated[position:end] or ASCII.code
            charsets.designate(place, code, has_96=bool(sizes >> place & 1))
            position = end
        charsets.lock(left)
        charsets.lock_right(right)
