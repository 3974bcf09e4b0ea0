"""How many columns a character takes and which characters share a cell, as Textual measures it (`rich.cells`)."""

from __future__ import annotations

import re
from typing import NamedTuple

from rich._unicode_data import load
from rich.cells import get_character_cell_size

ZERO_WIDTH_JOINER = "\u200d"
EMOJI_SELECTOR = "\ufe0f"
CLUSTER_LIMIT = 16
"""Characters kept in one cell: a remote could pile up combining marks without end."""

SINGLE_WIDTH_CLASS = r"\x20-\x7e\xa0-\xac\xae-\u02ff\u0370-\u0482\u2010-\u2027\u2190-\u21ff\u2500-\u25fc\u2800-\u28ff"
SINGLE_WIDTH = re.compile(f"[{SINGLE_WIDTH_CLASS}]*")
"""Text of which each character takes one column: Latin, Greek, Cyrillic, arrows, box drawing, blocks, Braille."""

DOUBLE_WIDTH = re.compile(r"[\u3041-\u3096\u30a1-\u30fa\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff60]*")
"""Text of which each character takes two: kana, Han, Hangul syllables, full-width forms."""


class Cut(NamedTuple):
    """What belongs to the cell before the text, the cells of the rest ("" after each wide one), and how it ends."""

    before: str
    cells: list[str]
    joined: bool
    """Whether the next character belongs to the last cell."""


class CellCutter:
    """Cuts text into cells; what it measured it remembers, bounded by the number of characters there are."""

    def __init__(self) -> None:
        self._widths: dict[str, int] = {}
        self._widened_by_selector = load("auto").narrow_to_wide

    def width(self, character: str) -> int:
        """Columns of one character: 0, 1 or 2."""
        width = self._widths.get(character)
        if width is None:
            width = self._widths[character] = get_character_cell_size(character)
        return width

    def cut(self, text: str, *, joined: bool, follows: bool) -> Cut:
        """Cut text that is printed behind a cell (`follows`), which ended in a zero-width joiner where it is `joined`.

        A joiner takes the next character along, whatever it is; where there is nothing to join to, it takes none.
        """
        widths = self._widths
        cells: list[str] = []
        before = ""
        for character in text:
            width = widths.get(character)
            if width is None:
                width = self.width(character)
            if width and not joined:
                cells.append(character)
                if width == 2:
                    cells.append("")
                continue
            if cells:
                self._join(cells, character, widens=not joined)
            elif follows:
                before += character
            joined = character == ZERO_WIDTH_JOINER and not joined and (follows or bool(cells))
        return Cut(before[:CLUSTER_LIMIT], cells, joined)

    def is_widened(self, cell: str) -> bool:
        """Whether a cell is wide by a selector alone."""
        return EMOJI_SELECTOR in cell and self.width(cell[0]) == 1

    def joined(self, cell: str, is_wide: bool, marks: str, *, joined: bool) -> tuple[str, bool]:
        """Return `cell` with `marks` added, of which the first was `joined`, and whether it is wide then."""
        cells = [cell, ""] if is_wide else [cell]
        for mark in marks:
            self._join(cells, mark, widens=not joined)
            joined = mark == ZERO_WIDTH_JOINER and not joined
        return cells[0], len(cells) == 2

    def _join(self, cells: list[str], mark: str, *, widens: bool) -> None:
        wide = len(cells) > 1 and cells[-1] == ""
        index = -2 if wide else -1
        cell = cells[index]
        if len(cell) < CLUSTER_LIMIT:
            cells[index] = cell + mark
        if widens and mark == EMOJI_SELECTOR and not wide and self._measured(cell) in self._widened_by_selector:
            cells.append("")

    def _measured(self, cell: str) -> str:
        """The character that gave the cell its width, unless a selector changed it already."""
        return "" if EMOJI_SELECTOR in cell else cell[0]
