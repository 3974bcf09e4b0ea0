"""Taking a command from the shells' histories."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from textual.content import Content
from textual.widgets import OptionList

from mooring.ui.dialogs.finder import FinderDialog
from mooring_widgets.plain_text import fit, plain_text

_WIDTH = 68
_MOST_SHOWN = 200


class ImportDialog(FinderDialog[str]):
    """Returns the line that was chosen, None for leaving it."""

    def __init__(self, lines: Sequence[str]) -> None:
        """`lines` are the commands that were typed, the newest first."""
        options = OptionList(compact=True, markup=False, classes="import--lines")
        super().__init__(title="From your shell's history", placeholder="some words of it", options=options)
        self._lines = lines

    def find(self, typed: str) -> Sequence[tuple[str, Content | str]]:
        """Those that hold every word."""
        words = typed.casefold().split()
        fitting = (line for line in self._lines if all(word in line.casefold() for word in words))
        return [(line, fit(plain_text(line.replace("\n", " ⏎ ")), _WIDTH)) for line in islice(fitting, _MOST_SHOWN)]

    def hint(self, *, is_empty: bool) -> str:
        """What enter does."""
        if not self._lines:
            return "there is no history of bash, zsh or fish here; esc leaves it"
        return "nothing fits" if is_empty else "enter makes a command of it, esc leaves it"
