"""What a mode does at the moment when it is switched, beyond being on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mooring_widgets.emulator.events import SizeChosen

if TYPE_CHECKING:
    from mooring_widgets.emulator.screen import Screen

_ALLOW_COLUMNS = 40
_KEEP_SCREEN = 95
_KEEP_SCREEN_LEVEL = 5
_COLUMN_MODE = 3


class ModeActions:
    """One method a mode."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._synchronized_until = 0.0

    @property
    def synchronized(self) -> bool:
        """Whether an update is under way that shall not be seen half done, and has not taken too long."""
        if not self._synchronized_until:
            return False
        if self._screen.settings.clock() >= self._synchronized_until:
            self._synchronized_until = 0.0
        return self._synchronized_until > 0.0

    def synchronize(self, on: bool) -> None:
        """Mode 2026."""
        settings = self._screen.settings
        self._synchronized_until = settings.clock() + settings.synchronized_timeout if on else 0.0

    def columns(self, on: bool) -> None:
        """DECCOLM: 132 or 80 columns where the owner and the program (mode 40) allow it; the screen is cleared."""
        screen = self._screen
        if not screen.settings.allow_resize or not screen.switches.is_set(_ALLOW_COLUMNS):
            return
        columns = 132 if on else 80
        screen.margin_mode = False
        screen.reset_margins()
        keeps = screen.switches.is_set(_KEEP_SCREEN) and screen.resets.level >= _KEEP_SCREEN_LEVEL
        if not keeps:  # before the columns come that have no background yet, as in xterm
            screen.erasing.in_display(2)
        if columns != screen.columns:
            screen.resizing.crop(columns, screen.lines)
            screen.events.put(SizeChosen(columns, screen.lines))
        screen.motion.home()

    def leave_wide_columns(self) -> None:
        """RIS: back to 80 columns where DECCOLM had made them 132."""
        screen = self._screen
        if screen.switches.is_set(_COLUMN_MODE) and screen.columns == 132:
            self.columns(False)

    def reverse(self, _on: bool) -> None:
        """DECSCNM: every row looks different."""
        self._screen.damage.mark_everything()

    def origin(self, _on: bool) -> None:
        """DECOM: either way the cursor goes home."""
        self._screen.refresh()
        self._screen.motion.home()

    def blinking(self, on: bool) -> None:
        """Mode 12."""
        self._screen.cursor.blinking = on

    def cursor(self, on: bool) -> None:
        """DECTCEM."""
        self._screen.cursor.hidden = not on

    def national_sets(self, on: bool) -> None:
        """DECNRCM."""
        self._screen.charsets.national = on
        self._screen.charsets.refresh()

    def saved_cursor(self, on: bool) -> None:
        """Mode 1048."""
        if on:
            self._screen.buffers.save_cursor()
        else:
            self._screen.buffers.restore_cursor()

    def in_band_resize(self, on: bool) -> None:
        """Mode 2048: the size is reported at once."""
        if on:
            self._screen.window.report_in_band()
