"""The text cursor: the one that moves, and the value that readers get."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import pyte.screens


class CursorShape(IntEnum):
    """The shapes of DECSCUSR (xterm's ctlseqs, "CSI Ps SP q")."""

    BLOCK = 1
    UNDERLINE = 3
    BAR = 5


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where the cursor is, in cells from the top left, and how it looks.

    `pending_wrap` says that the last column was written and the next character will wrap: the cursor is then
    still shown on that column.
    """

    x: int
    y: int
    visible: bool
    shape: CursorShape
    blinking: bool
    pending_wrap: bool


class LiveCursor(pyte.screens.Cursor):
    """The cursor that the handlers move: pyte's, with the pending wrap as a flag and not as a column too many."""

    __slots__ = ("blinking", "pending", "shape")

    def __init__(self) -> None:
        super().__init__(0, 0)
        self.pending = False
        self.shape = CursorShape.BLOCK
        self.blinking = False

    def snapshot(self) -> Cursor:
        """The cursor as a value."""
        return Cursor(self.x, self.y, not self.hidden, self.shape, self.blinking, self.pending)
