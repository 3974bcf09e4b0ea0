"""Before an address is opened that does not stand in the text as it is."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widgets import Static

from mooring.ui.dialogs.yes_or_no import YesOrNoDialog
from mooring_widgets.plain_text import MAXIMUM_LENGTH, plain_text


class OpenLinkDialog(YesOrNoDialog):
    """Show where a link leads. Enter means no: the text of the link may say something else."""

    def __init__(self, text: str, address: str) -> None:
        super().__init__("Open this address?", yes="Open", no="Leave it", enter_means_yes=False)
        self._text = text
        self._address = address

    def compose_body(self) -> ComposeResult:
        """The address in full, and the text that it stands behind."""
        parts = (self._address[at : at + MAXIMUM_LENGTH] for at in range(0, len(self._address), MAXIMUM_LENGTH))
        yield Static("".join(map(plain_text, parts)), classes="card--quote", markup=False)
        yield Static(f"The remote side shows it as “{plain_text(self._text)}”.", classes="card--text", markup=False)
