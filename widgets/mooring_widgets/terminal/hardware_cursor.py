"""The terminal's own cursor: it can be a bar, blink, and lead an input method, which a painted cell can't."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

_HIDE = "\x1b[?25l"
_SHOW = "\x1b[?25h"
_DEFAULT_SHAPE = "\x1b[0 q"


@dataclass(frozen=True, slots=True)
class HardwareCursor:
    """Where the cursor is to be shown, in cells of the screen, and its DECSCUSR number."""

    x: int
    y: int
    shape: int


@runtime_checkable
class ShowsCursor(Protocol):
    """A widget that wants the terminal's own cursor while it has the focus."""

    def hardware_cursor(self) -> HardwareCursor | None:
        """The cursor, None where it is hidden."""
        ...


class CursorWriter:
    """Frames what is written so that the cursor is out of the way meanwhile and right afterwards."""

    def __init__(self) -> None:
        self._shown: HardwareCursor | None = None

    def frame(self, data: str, wanted: HardwareCursor | None) -> str:
        """Return `data` with what the cursor needs around it; "" where there is nothing to write at all."""
        shown, self._shown = self._shown, wanted
        if not data and wanted == shown:
            return ""
        if wanted is None:
            return _HIDE + data if shown is not None else data
        shape = f"\x1b[{wanted.shape} q" if shown is None or shown.shape != wanted.shape else ""
        hide = _HIDE if shown is not None and data else ""
        return f"{hide}{data}{shape}\x1b[{wanted.y + 1};{wanted.x + 1}H{_SHOW}"

    def leave(self) -> str:
        """Return what gives the cursor back as it was."""
        shown, self._shown = self._shown, None
        return "" if shown is None else _DEFAULT_SHAPE
