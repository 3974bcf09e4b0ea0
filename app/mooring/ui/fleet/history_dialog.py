"""The runs that were, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from mooring.fleet.folding import fold
from mooring.fleet.history import RunRecord
from mooring.ui.dialogs.dialog import Dialog
from mooring_widgets.plain_text import fit, plain_text

_WIDTH = 70


class HistoryDialog(Dialog[RunRecord | None]):
    """Returns the run to look at again, None for leaving it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q", "dismiss", "Leave it", show=False)]

    def __init__(self, records: Sequence[RunRecord]) -> None:
        super().__init__()
        self._records = records

    def compose(self) -> ComposeResult:
        """One run a line."""
        with Vertical(classes="card card-wide history"):
            yield Static("Runs that were", classes="card--title", markup=False)
            yield OptionList(*(Option(_line(record)) for record in self._records), compact=True, markup=False)
            hint = "enter shows its answers, esc leaves it" if self._records else "nothing ran yet, esc leaves it"
            yield Static(hint, classes="card--quiet", markup=False)

    def on_mount(self) -> None:
        """The keys go to the runs."""
        self.query_one(OptionList).focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """This one."""
        event.stop()
        self.dismiss(self._records[event.option_index])


def _line(record: RunRecord) -> str:
    moment = datetime.fromisoformat(record.started).astimezone().strftime("%d %b %H:%M")
    failed, count = len(record.failed), len(record.results)
    outcome = f"✕ {failed} of {count}" if failed else f"✓ {count}"
    names = fold(result.machine for result in record.results) if count <= 500 else f"{count} machines"
    what = (record.saved or record.line).split("\n")[0]
    return fit(plain_text(f"{moment}  {outcome:<10} {what}   on {names}"), _WIDTH)
