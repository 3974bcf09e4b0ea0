"""The scroll region: DECSTBM, DECLRMM and DECSLRM."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mooring_widgets.emulator.screen import Screen


class MarginCommands:
    """Sets the margins, which are kept on the screen 0-based and inclusive."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen

    def top_and_bottom(self, top: int = 0, bottom: int = 0) -> None:
        """DECSTBM: 1-based; a region of less than two lines is ignored, else the cursor goes home."""
        screen = self._screen
        last = screen.lines
        bottom = last if not bottom or bottom > last else bottom
        top = top or 1
        if top >= bottom:
            return
        screen.top, screen.bottom = top - 1, bottom - 1
        screen.refresh()
        screen.motion.home()

    def left_and_right(self, left: int | None = None, right: int = 0) -> None:
        """DECSLRM where DECLRMM (mode 69) is on, else SCOSC (`CSI s` without parameters saves the cursor)."""
        screen = self._screen
        if not screen.margin_mode:
            if left is None:
                screen.buffers.save_cursor()
            return
        last = screen.columns
        right = last if not right or right > last else right
        left = left or 1
        if left >= right:
            return
        screen.left, screen.right = left - 1, right - 1
        screen.refresh()
        screen.motion.home()

    def set_margin_mode(self, on: bool) -> None:
        """DECLRMM: switching it off gives the full width back."""
        screen = self._screen
        screen.margin_mode = on
        if on:
            screen.sizes.all_single()
        else:
            screen.left, screen.right = 0, screen.columns - 1
            screen.refresh()
