"""Window operations (`CSI t`): the reports that are safe; nothing moves, resizes or renames the person's window."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mooring_widgets.emulator.screen import Screen


class WindowReports:
    """Sizes in cells and pixels. Titles are kept, never reported: a host could have the terminal type what it chose."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen

    def operate(self, what: int = 0, *parameters: int) -> None:
        """XTWINOPS: 11, 13 to 16, 18 and 19 ask; 8 and DECSLPP (24 and more) choose a size; 22 and 23 stack titles."""
        screen = self._screen
        if what == 22:
            screen.titles.push(*parameters[:2])
        elif what == 23:
            screen.titles.pop(*parameters[:2])
        elif what == 8:
            lines, columns = (*parameters, 0, 0)[:2]
            screen.resizing.resize_by_program(columns, lines)
        elif what >= 24:
            screen.resizing.lines_on_page(what)
        else:
            self._report(what)

    def _report(self, what: int) -> None:
        screen = self._screen
        width, height = screen.cell_pixels
        lines, columns = screen.lines, screen.columns
        answers = {
            11: "1t",
            13: "3;0;0t",
            14: f"4;{lines * height};{columns * width}t",
            15: f"5;{lines * height};{columns * width}t",
            16: f"6;{height};{width}t",
            18: f"8;{lines};{columns}t",
            19: f"9;{lines};{columns}t",
        }
        if what in answers:
            screen.replies.csi(answers[what])

    def displayed_extent(self) -> None:
        """DECRQDE: one page, all of which is seen."""
        screen = self._screen
        screen.replies.csi(f'{screen.lines};{screen.columns};1;1;1"w')

    def report_in_band(self) -> None:
        """The size after a resize, for a program that asked with mode 2048."""
        screen = self._screen
        width, height = screen.cell_pixels
        lines, columns = screen.lines, screen.columns
        screen.replies.csi(f"48;{lines};{columns};{lines * height};{columns * width}t")

    def refuse_graphics(self, item: int = 0, *_parameters: int) -> None:
        """XTSMGRAPHICS: there are no sixels; 3 says "failed"."""
        if item in (1, 2, 3):
            self._screen.replies.csi(f"?{item};3;0S")
