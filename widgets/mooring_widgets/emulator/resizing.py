"""Changing the size: the main screen reflows, the alternate one is cropped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mooring_widgets.emulator.line import Line

if TYPE_CHECKING:
    from mooring_widgets.emulator.screen import Screen


class Resizing:
    """Gives the screen another size; margins are reset, the cursor stays at its text."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen

    def resize(self, columns: int, lines: int) -> None:
        """Take a size in cells."""
        self.crop(columns, lines)

    def crop(self, columns: int, lines: int) -> None:
        """Take a size without reflow."""
        screen = self._screen
        cursor = screen.cursor
        rows = screen.rows
        if lines < len(rows):
            drop = max(0, cursor.y - lines + 1)
            if screen.keeps_scrollback:
                screen.scrollback.extend(rows[:drop])
            del rows[:drop]
            del rows[lines:]
            cursor.y -= drop
        while len(rows) < lines:
            rows.append(Line(screen.pens.default))
        for line in rows:
            line.version = 0
            line.crop(columns)
        hidden = screen.buffers.hidden
        if hidden:
            del hidden[lines:]
            while len(hidden) < lines:
                hidden.append(Line(screen.pens.default))
            for line in hidden:
                line.crop(columns)
        screen.columns, screen.lines = columns, lines
        cursor.x = min(cursor.x, columns - 1)
        cursor.y = min(cursor.y, lines - 1)
        cursor.pending = False
        screen.reset_margins()
        screen.damage.mark_everything()
