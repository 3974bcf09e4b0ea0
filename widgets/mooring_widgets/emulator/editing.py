"""Inserting and deleting characters, columns and lines, between the margins."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mooring_widgets.emulator.screen import Screen


class Editing:
    """ICH, DCH, IL, DL, DECIC, DECDC, DECFI, DECBI, SL, SR. A count of 0 means 1."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen

    def insert_characters(self, count: int = 0) -> None:
        """ICH: nothing happens outside the left and right margins."""
        screen = self._screen
        cursor = screen.cursor
        cursor.pending = False
        if screen.left <= cursor.x <= screen.right:
            screen.rows[cursor.y].insert(cursor.x, count or 1, screen.right + 1, screen.pen.blank)

    def delete_characters(self, count: int = 0) -> None:
        """DCH: nothing happens outside the left and right margins."""
        screen = self._screen
        cursor = screen.cursor
        cursor.pending = False
        if screen.left <= cursor.x <= screen.right:
            screen.rows[cursor.y].delete(cursor.x, count or 1, screen.right + 1, screen.pen.blank)

    def insert_lines(self, count: int = 0) -> None:
        """IL: nothing happens outside the margins; the cursor goes to the left margin."""
        screen = self._screen
        if screen.cursor_in_margins:
            screen.scroller.insert_lines(screen.cursor.y, count or 1)
            screen.motion.carriage_return()

    def delete_lines(self, count: int = 0) -> None:
        """DL: nothing happens outside the margins; the cursor goes to the left margin."""
        screen = self._screen
        if screen.cursor_in_margins:
            screen.scroller.delete_lines(screen.cursor.y, count or 1)
            screen.motion.carriage_return()

    def insert_columns(self, count: int = 0) -> None:
        """DECIC: push the columns at the cursor to the right in every line of the region."""
        screen = self._screen
        if screen.cursor_in_margins:
            self._insert_at(screen.cursor.x, count or 1)

    def delete_columns(self, count: int = 0) -> None:
        """DECDC: pull the columns right of the cursor over it in every line of the region."""
        screen = self._screen
        if screen.cursor_in_margins:
            self._delete_at(screen.cursor.x, count or 1)

    def scroll_left(self, count: int = 0) -> None:
        """SL (`CSI Ps SP @`)."""
        if self._screen.cursor_in_margins:
            self._delete_at(self._screen.left, count or 1)

    def scroll_right(self, count: int = 0) -> None:
        """SR (`CSI Ps SP A`)."""
        if self._screen.cursor_in_margins:
            self._insert_at(self._screen.left, count or 1)

    def forward_index(self) -> None:
        """DECFI: a column to the right; at the right margin the region moves left, and a pending wrap stays one."""
        screen = self._screen
        cursor = screen.cursor
        if cursor.x == screen.right:
            if screen.top <= cursor.y <= screen.bottom:
                self._delete_at(screen.left, 1)
            return
        cursor.pending = False
        if cursor.x < screen.columns - 1:
            cursor.x += 1

    def back_index(self) -> None:
        """DECBI: a column to the left; at the left margin the region moves right."""
        screen = self._screen
        cursor = screen.cursor
        cursor.pending = False
        if cursor.x == screen.left:
            if screen.top <= cursor.y <= screen.bottom:
                self._insert_at(screen.left, 1)
        elif cursor.x:
            cursor.x -= 1

    def _insert_at(self, x: int, count: int) -> None:
        screen = self._screen
        for line in screen.rows[screen.top : screen.bottom + 1]:
            line.insert(x, count, screen.right + 1, screen.pen.blank)

    def _delete_at(self, x: int, count: int) -> None:
        screen = self._screen
        for line in screen.rows[screen.top : screen.bottom + 1]:
            line.delete(x, count, screen.right + 1, screen.pen.blank)
