"""The sign that the keys walk over the text."""

from __future__ import annotations

from textual.widgets import Static

from mooring_widgets.terminal.look_back import CopyStatus

_SELECTS = {"character": "selecting", "word": "selecting", "line": "selecting lines", "block": "selecting a block"}


class CopyModeSign(Static):
    """Lies in the upper right corner of the view, or in the lower one while the cursor is at the top."""

    def __init__(self) -> None:
        super().__init__("", markup=False)
        self.display = False

    def show(self, status: CopyStatus | None) -> None:
        """Tell where the cursor is; None when copy mode was left."""
        self.display = status is not None
        if status is not None:
            selects = f" · {_SELECTS[status.selects]}" if status.selects else ""
            self.update(f" copy mode{selects} · line {status.line:,} of {status.count:,} ")
            self.set_class(status.row == 0, "-bottom")
