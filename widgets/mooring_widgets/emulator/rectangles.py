"""Rectangles of the VT420: copy, fill, erase, change attributes, checksum.

Source: the VT420 and VT520 manuals, and xterm's ctlseqs for the parameters. Corners are 1-based and inclusive, counted
from the margins in origin mode; a rectangle whose corners are the wrong way round does nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from mooring_widgets.emulator.pens import Pen
from mooring_widgets.emulator.sgr import Field
from mooring_widgets.emulator.style import Underline

if TYPE_CHECKING:
    from mooring_widgets.emulator.screen import Screen

_SET = {1: (Field.BOLD, True), 4: (Field.UNDERLINE, Underline.SINGLE), 5: (Field.BLINK, True), 7: (Field.INVERSE, True)}
_UNSET = {
    22: (Field.BOLD, False),
    24: (Field.UNDERLINE, Underline.NONE),
    25: (Field.BLINK, False),
    27: (Field.INVERSE, False),
}
_CLEARED_BY_ZERO = (*_UNSET.values(), (Field.CONCEAL, False))


class Area(NamedTuple):
    """A rectangle in cells from the top left, the ends exclusive."""

    top: int
    left: int
    bottom: int
    right: int


class Rectangles:
    """DECCRA, DECFRA, DECERA, DECSERA, DECCARA, DECRARA, DECSACE, DECRQCRA."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self.extent = 0

    def copy(self, *parameters: int) -> None:
        """DECCRA: top, left, bottom, right, page, top and left of the target, page."""
        padded = (*parameters, 0, 0, 0, 0, 0, 0, 0, 0)
        area = self._area(*padded[:4])
        if area is None:
            return
        screen = self._screen
        to_top, to_left = self._corner(padded[5] or 1, padded[6] or 1)
        width = min(area.right - area.left, screen.columns - to_left)
        if width <= 0:
            return
        taken = [screen.rows[y].take(area.left, area.left + width) for y in range(area.top, area.bottom)]
        for y, (cells, pens) in enumerate(taken, to_top):
            if y < screen.lines:
                screen.rows[y].put(to_left, cells, pens)

    def fill(self, character: int = 0, top: int = 0, left: int = 0, bottom: int = 0, right: int = 0) -> None:
        """DECFRA: with a printable character of the codes 32 to 126 or 160 to 255, in the pen in force."""
        area = self._area(top, left, bottom, right)
        if area is None or not (32 <= character <= 126 or 160 <= character <= 255):
            return
        screen = self._screen
        for line in screen.rows[area.top : area.bottom]:
            line.write(area.left, screen.charsets.translate(chr(character)) * (area.right - area.left), screen.pen)

    def erase(self, top: int = 0, left: int = 0, bottom: int = 0, right: int = 0) -> None:
        """DECERA."""
        area = self._area(top, left, bottom, right)
        if area is not None:
            for y in range(area.top, area.bottom):
                self._screen.erasing.stretch(y, area.left, area.right)

    def erase_all(self, top: int, left: int, bottom: int, right: int) -> None:
        """Blank a rectangle whatever is protected in it."""
        area = self._area(top, left, bottom, right)
        if area is not None:
            for line in self._screen.rows[area.top : area.bottom]:
                line.erase(area.left, area.right, self._screen.pen.blank)

    def erase_selectively(self, top: int = 0, left: int = 0, bottom: int = 0, right: int = 0) -> None:
        """DECSERA: what DECSCA protects stays; ISO's protection does not count here, as in xterm."""
        if self._screen.protection.iso:
            self.erase_all(top, left, bottom, right)
            return
        area = self._area(top, left, bottom, right)
        if area is not None:
            for y in range(area.top, area.bottom):
                self._screen.erasing.selective_stretch(y, area.left, area.right)

    def set_extent(self, how: int = 0) -> None:
        """DECSACE: 2 makes the two below work on a rectangle, else on the text from corner to corner."""
        if how <= 2:
            self.extent = how

    def change_attributes(self, top: int = 0, left: int = 0, bottom: int = 0, right: int = 0, *codes: int) -> None:
        """DECCARA: set bold, underline, blink, inverse, or take them away."""

        def changed(pen: Pen) -> Pen:
            for code in codes or (0,):
                if code == 0:
                    for field, value in _CLEARED_BY_ZERO:
                        pen = pen.replace(field, value)
                elif code in _SET or code in _UNSET:
                    pen = pen.replace(*(_SET.get(code) or _UNSET[code]))
            return pen

        self._change(self._area(top, left, bottom, right), changed)

    def reverse_attributes(self, top: int = 0, left: int = 0, bottom: int = 0, right: int = 0, *codes: int) -> None:
        """DECRARA: turn bold, underline, blink, inverse over; 0 means all four."""
        wanted = set(_SET) if not codes or 0 in codes else set(codes) & set(_SET)

        def reversed_pen(pen: Pen) -> Pen:
            for code in wanted:
                field, on = _SET[code]
                off = _UNSET[20 + (code if code != 1 else 2)][1]
                pen = pen.replace(field, off if pen.attributes[field] else on)
            return pen

        self._change(self._area(top, left, bottom, right), reversed_pen)

    def report_checksum(
        self, identifier: int = 0, page: int = 0, top: int = 0, left: int = 0, bottom: int = 0, right: int = 0
    ) -> None:
        """DECRQCRA, where the settings allow that the screen is read: minus the sum of the characters, as xterm's.

        Attributes do not count (xterm's `checksumExtension` 2); cells that nobody wrote count as blanks.
        """
        if not self._screen.settings.allow_checksum_reports:
            return
        area = self._area(top, left, bottom, right)
        total = 0
        if area is not None:
            for line in self._screen.rows[area.top : area.bottom]:
                cells, _pens = line.take(area.left, area.right)
                total += sum(ord(cell[0]) if cell else 0 for cell in cells)
        self._screen.replies.dcs(f"{identifier}!~{-total & 0xFFFF:04X}")

    def _corner(self, line: int, column: int) -> tuple[int, int]:
        screen = self._screen
        if screen.origin:
            return min(line - 1 + screen.top, screen.bottom), min(column - 1 + screen.left, screen.right)
        return line - 1, column - 1

    def _area(self, top: int, left: int, bottom: int, right: int) -> Area | None:
        screen = self._screen
        first_line, first_column = self._corner(top or 1, left or 1)
        last_line, last_column = self._corner(bottom or screen.lines, right or screen.columns)
        last_line, last_column = min(last_line, screen.lines - 1), min(last_column, screen.columns - 1)
        if first_line > last_line or first_column > last_column:
            return None
        return Area(first_line, first_column, last_line + 1, last_column + 1)

    def _change(self, area: Area | None, changed: Callable[[Pen], Pen]) -> None:
        if area is None:
            return
        known: dict[Pen, Pen] = {}
        for y, left, right in self._stretches(area):
            line = self._screen.rows[y]
            cells, pens = line.take(left, right)
            for pen in set(pens) - known.keys():
                known[pen] = changed(pen)
            line.put(left, cells, [known[pen] for pen in pens])

    def _stretches(self, area: Area) -> Iterator[tuple[int, int, int]]:
        """The columns to change in each line, by the extent that DECSACE chose."""
        for y in range(area.top, area.bottom):
            if self.extent != 2:
                left = area.left if y == area.top else 0
                yield y, left, area.right if y == area.bottom - 1 else self._screen.columns
            else:
                yield y, area.left, area.right
