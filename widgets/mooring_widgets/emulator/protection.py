"""DECSCA and the older SPA and EPA: characters that some erasing leaves alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mooring_widgets.emulator.sgr import Field

if TYPE_CHECKING:
    from mooring_widgets.emulator.screen import Screen


class Protection:
    """Marks what is printed from now on.

    As in xterm the selective functions respect both kinds of mark, the plain ones only ISO's, and the last kind used
    (`iso`) counts for the whole screen.
    """

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self.iso = False

    def select(self, what: int = 0) -> None:
        """DECSCA: 1 protects, 0 and 2 do not."""
        if what <= 2:
            self.iso = False
            self._mark(what == 1)

    def start_area(self) -> None:
        """SPA."""
        self.iso = True
        self._mark(True)

    def end_area(self) -> None:
        """EPA."""
        self._mark(False)

    def reset(self) -> None:
        """Protect nothing that is printed from now on."""
        self.iso = False
        self._mark(False)

    def _mark(self, protected: bool) -> None:
        screen = self._screen
        screen.pen = screen.pen.replace(Field.PROTECTED, protected)
