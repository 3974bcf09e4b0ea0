"""Ending what is open: by quitting, or by closing its tab."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widgets import Static

from mooring.ui.dialogs.yes_or_no import YesOrNoDialog


class EndSessionsDialog(YesOrNoDialog):
    """Ask whether to end the open sessions; enter means yes."""

    def __init__(self, names: tuple[str, ...], doing: str) -> None:
        """`doing` is the verb on the button: "Quit", "Close"."""
        count = len(names)
        noun = "session is" if count == 1 else "sessions are"
        yes = f"{doing} and end {'them' if count > 1 else 'it'}"
        super().__init__(f"{count} {noun} open", yes=yes, no="Stay", enter_means_yes=True)
        self._names = names

    def compose_body(self) -> ComposeResult:
        """The first of the names."""
        shown = ", ".join(self._names[:6]) + (" …" if len(self._names) > 6 else "")
        yield Static(shown, classes="card--quiet", markup=False)
