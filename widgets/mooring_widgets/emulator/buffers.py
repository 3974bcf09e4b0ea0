"""The main and the alternate screen, and the cursor that each remembers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mooring_widgets.emulator.charsets import CharsetState
from mooring_widgets.emulator.line import Line
from mooring_widgets.emulator.pens import Pen
from mooring_widgets.emulator.reflow import Place

if TYPE_CHECKING:
    from mooring_widgets.emulator.screen import Screen


@dataclass(frozen=True, slots=True)
class SavedCursor:
    """What DECSC saves: position, rendition, character sets, origin mode.

    A VT420 puts the pending wrap back too. Here only mode 1049 does (Alacritty's wrapline_alt_toggle): after DECRC
    xterm printed on the last column (xterm.js's t0060-DECSC).
    """

    x: int
    y: int
    pending: bool
    pen: Pen
    charsets: CharsetState
    origin: bool


class ScreenBuffers:
    """Switches between the two screens; `Screen.rows` is always the one that is shown.

    As in xterm the cursor itself is shared, and each screen has a saved cursor of its own.
    """

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._hidden: list[Line] = []
        self._saved: dict[bool, SavedCursor] = {}
        self.alternate = False

    @property
    def hidden(self) -> list[Line]:
        """The lines of the screen that is not shown; empty until the alternate screen was first used."""
        return self._hidden

    def switch(self, alternate: bool) -> None:
        """Mode 47: show the other screen as it was left."""
        if alternate == self.alternate:
            return
        screen = self._screen
        if not self._hidden:
            self._hidden = [Line(screen.pens.default) for _ in range(screen.lines)]
        self._hidden, screen.rows = screen.rows, self._hidden
        self.alternate = alternate
        screen.refresh()
        screen.damage.mark_everything()

    def switch_clearing_on_leave(self, alternate: bool) -> None:
        """Mode 1047: as 47, but the alternate screen is cleared when it is left."""
        if self.alternate and not alternate:
            self._screen.rows[:] = self.blank_rows()
        self.switch(alternate)

    def switch_with_cursor(self, alternate: bool) -> None:
        """Mode 1049: save the cursor and show a cleared alternate screen; put both back."""
        screen = self._screen
        if alternate:
            if not self.alternate:
                self.save_cursor()
                self.switch(True)
            screen.rows[:] = self.blank_rows()
        else:
            if self.alternate:
                screen.rows[:] = self.blank_rows()
            self.switch(False)
            self.restore_cursor()
            screen.cursor.pending = self._saved_state().pending

    def blank_rows(self) -> list[Line]:
        """A screenful of blanks in the pen's background."""
        screen = self._screen
        return [Line(screen.pen.blank) for _ in range(screen.lines)]

    def save_cursor(self) -> None:
        """DECSC."""
        screen = self._screen
        cursor = screen.cursor
        self._saved[self.alternate] = SavedCursor(
            cursor.x, cursor.y, cursor.pending, screen.pen, screen.charsets.state, screen.origin
        )

    def restore_cursor_unless(self, *parameters: int) -> None:
        """SCORC: as DECRC; with parameters it is another function, which nobody has."""
        if not parameters:
            self.restore_cursor()

    def restore_cursor(self) -> None:
        """DECRC; with nothing saved, the defaults. What was saved stays saved."""
        screen = self._screen
        cursor = screen.cursor
        saved = self._saved_state()
        screen.pen = saved.pen
        screen.charsets.restore(saved.charsets)
        screen.set_origin(saved.origin)
        cursor.x = min(saved.x, screen.columns - 1)
        cursor.y = min(saved.y, screen.lines - 1)
        cursor.pending = False
        screen.refresh()

    @property
    def has_saved_cursor(self) -> bool:
        """Whether DECSC saved a cursor of the screen that is shown."""
        return self.alternate in self._saved

    def _saved_state(self) -> SavedCursor:
        default = SavedCursor(0, 0, False, self._screen.pens.default, CharsetState(), False)
        return self._saved.get(self.alternate, default)

    def saved(self, *, alternate: bool) -> SavedCursor | None:
        """What DECSC saved on a screen; None for nothing."""
        return self._saved.get(alternate)

    def saved_place(self, *, alternate: bool) -> Place:
        """Where the saved cursor of a screen is: behind the last column while a wrap is pending."""
        saved = self._saved.get(alternate)
        return Place(saved.y, saved.x + 1 if saved.pending else saved.x) if saved else Place(0, 0)

    def move_saved(self, place: Place, columns: int, *, alternate: bool) -> None:
        """Put the saved cursor of a screen elsewhere, after a reflow to `columns`."""
        saved = self._saved.get(alternate)
        if saved:
            x = min(place.x, columns - 1)
            self._saved[alternate] = replace(saved, x=x, y=place.y, pending=place.x == columns)

    def forget_saved(self) -> None:
        """DECSTR: the saved cursor of the screen that is shown."""
        self._saved.pop(self.alternate, None)

    def reset(self) -> None:
        """RIS: the main screen, and nothing hidden or saved."""
        self.switch(False)
        self._hidden = []
        self._saved.clear()
