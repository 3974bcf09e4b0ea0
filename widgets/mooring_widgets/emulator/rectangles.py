"""Rectangles of the VT420: copy, fill, erase, change attributes, checksum.

Source: the VT420 and VT520 manuals, and xterm's ctlseqs for the parameters. Corners are 1-based and inclusive, counted
from the margins in origin mode, and those beyond the edges are moved onto them; a rectangle whose corners are the wrong
way round does nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len

from mooring_widgets.emulator.pens import Pen
from mooring_widgets.emulator.sgr import Field
from mooring_widgets.emulator.style import Underline

if TYPE_CHECKING:
    from mooring_widgets.emulator.screen import Screen

_SET: dict[int, tuple[Field, object]] = {
    1: (Field.BOLD, True),
    4: (Field.UNDERLINE, Underline.SINGLE),
    5: (Field.BLINK, True),
    7: (Field.INVERSE, True),
    8: (Field.CONCEAL, True),
}
_UNSET: dict[int, tuple[Field, object]] = {
    22: (Field.BOLD, False),
    24: (Field.UNDERLINE, Underline.NONE),
    25: (Field.BLINK, False),
    27: (Field.INVERSE, False),
    28: (Field.CONCEAL, False),
}
_MEANT_BY_ZERO = (1, 4, 5, 7)
_RECTANGLE = 2
_OFF = dict(_UNSET.values())


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
        area = self.area(*padded[:4])
        if area is None:
            return
        rows = self._screen.rows
        page = self._page()
        to_top, to_left = self._corner(padded[5] or 1, padded[6] or 1)
        width = min(area.right - area.left, page.right - to_left)
        taken = [rows[y].take(area.left, area.left + width) for y in range(area.top, area.bottom)]
        for y, (cells, pens) in zip(range(to_top, page.bottom), taken, strict=False):
            rows[y].put(to_left, cells, pens)

    def fill(self, character: int = 0, top: int = 0, left: int = 0, bottom: int = 0, right: int = 0) -> None:
        """DECFRA: with a character that takes one column, a blank unless given, in the pen in force.

        A pen without colours leaves those that are there, as in xterm.
        """
        area = self.area(top, left, bottom, right)
        filling = chr(character or 32)
        if area is None or not filling.isprintable() or cell_len(filling) != 1:
            return
        screen = self._screen
        filling = screen.charsets.translate(filling)
        for line in screen.rows[area.top : area.bottom]:
            line.restyle(area.left, area.right, _coloured_as(screen.pen))
            _cells, pens = line.take(area.left, area.right)
            line.put(area.left, filling * (area.right - area.left), pens)

    def erase(self, top: int = 0, left: int = 0, bottom: int = 0, right: int = 0) -> None:
        """DECERA."""
        area = self.area(top, left, bottom, right)
        if area is not None:
            for y in range(area.top, area.bottom):
                self._screen.erasing.stretch(y, area.left, area.right)

    def erase_selectively(self, top: int = 0, left: int = 0, bottom: int = 0, right: int = 0) -> None:
        """DECSERA: blank characters that DECSCA does not protect; how they look stays.

        ISO's protection does not count here, as in xterm.
        """
        area = self.area(top, left, bottom, right)
        if area is None:
            return
        respects = not self._screen.protection.iso
        for line in self._screen.rows[area.top : area.bottom]:
            cells, pens = line.take(area.left, area.right)
            kept = [cell if respects and pen.protected else " " for cell, pen in zip(cells, pens, strict=True)]
            line.put(area.left, kept, pens)

    def set_extent(self, how: int = 0) -> None:
        """DECSACE: 2 makes the two below work on a rectangle, else on the text from corner to corner."""
        if how <= _RECTANGLE:
            self.extent = how

    def change_attributes(self, top: int = 0, left: int = 0, bottom: int = 0, right: int = 0, *codes: int) -> None:
        """DECCARA: set bold, underline, blink, inverse, conceal, or take them away; 0 takes away all but the last."""

        def changed(pen: Pen) -> Pen:
            for code in codes or (0,):
                if code == 0:
                    for meant in _MEANT_BY_ZERO:
                        field = _SET[meant][0]
                        pen = pen.replace(field, _OFF[field])
                elif code in _SET or code in _UNSET:
                    pen = pen.replace(*(_SET.get(code) or _UNSET[code]))
            return pen

        self._change(self.area(top, left, bottom, right), changed)

    def reverse_attributes(self, top: int = 0, left: int = 0, bottom: int = 0, right: int = 0, *codes: int) -> None:
        """DECRARA: turn bold, underline, blink, inverse, conceal over; 0 means all but the last."""

        def reversed_pen(pen: Pen) -> Pen:
            for code in codes or (0,):
                for meant in _MEANT_BY_ZERO if code == 0 else (code,):
                    if meant in _SET:
                        field, on = _SET[meant]
                        pen = pen.replace(field, _OFF[field] if pen.attributes[field] else on)
            return pen

        self._change(self.area(top, left, bottom, right), reversed_pen)

    def report_checksum(
        self, identifier: int = 0, page: int = 0, top: int = 0, left: int = 0, bottom: int = 0, right: int = 0
    ) -> None:
        """DECRQCRA, where the settings allow that the screen is read: minus the sum of the characters, as xterm's.

        Attributes do not count (xterm's `checksumExtension` 2); cells that nobody wrote count as blanks.
        """
        if not self._screen.settings.allow_checksum_reports:
            return
        area = self.area(top, left, bottom, right)
        total = 0
        if area is not None:
            for line in self._screen.rows[area.top : area.bottom]:
                cells, _pens = line.take(area.left, area.right)
                total += sum(ord(cell[0]) if cell else 0 for cell in cells)
        self._screen.replies.dcs(f"{identifier}!~{-total & 0xFFFF:04X}")

    def _page(self) -> Area:
        """What rectangles are counted in and cut to: the screen, or the margins in origin mode."""
        screen = self._screen
        if screen.origin:
            return Area(screen.top, screen.left, screen.bottom + 1, screen.right + 1)
        return Area(0, 0, screen.lines, screen.columns)

    def _corner(self, line: int, column: int) -> tuple[int, int]:
        page = self._page()
        return min(page.top + line, page.bottom) - 1, min(page.left + column, page.right) - 1

    def area(self, top: int, left: int, bottom: int, right: int) -> Area | None:
        """The cells that four parameters name, None for corners the wrong way round."""
        screen = self._screen
        first_line, first_column = self._corner(top or 1, left or 1)
        last_line, last_column = self._corner(bottom or screen.lines, right or screen.columns)
        if first_line > last_line or first_column > last_column:
            return None
        return Area(first_line, first_column, last_line + 1, last_column + 1)

    def _change(self, area: Area | None, changed: Callable[[Pen], Pen]) -> None:
        if area is not None:
            for y, left, right in self._stretches(area):
                self._screen.rows[y].restyle(left, right, changed)

    def _stretches(self, area: Area) -> Iterator[tuple[int, int, int]]:
        """The columns to change in each line, by the extent that DECSACE chose; text from corner to corner has ends."""
        for y in range(area.top, area.bottom):
            if self.extent == _RECTANGLE:
                yield y, area.left, area.right
                continue
            left = area.left if y == area.top else 0
            right = area.right if y == area.bottom - 1 else self._screen.columns
            right = min(right, self._screen.rows[y].length)
            if left < right:
                yield y, left, right


def _coloured_as(pen: Pen) -> Callable[[Pen], Pen]:
    """What turns the pens of filled cells into `pen`; their colours stay if it has none."""
    attributes = pen.attributes
    if attributes.foreground is not None or attributes.background is not None:
        return lambda _old: pen
    return lambda old: pen.replace(Field.FOREGROUND, old.attributes.foreground).replace(
        Field.BACKGROUND, old.attributes.background
    )
