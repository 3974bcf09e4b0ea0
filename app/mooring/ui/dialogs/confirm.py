"""Closing a tab with what goes on in it."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widgets import Static

from mooring.ui.dialogs.yes_or_no import YesOrNoDialog


class EndSessionsDialog(YesOrNoDialog):
    """Ask whether to end the open sessions, or what else goes on there; enter means yes."""

    def __init__(self, names: tuple[str, ...], *, going_on: tuple[str, ...] = ()) -> None:
        """`names` are those of sessions, `going_on` is what else would end."""
        count = len(names)
        title = f"{count} {'session is' if count == 1 else 'sessions are'} open" if names else "This still goes on"
        yes = f"Close and end {'them' if count + len(going_on) > 1 else 'it'}"
        super().__init__(title, yes=yes, no="Stay", enter_means_yes=True)
        self._names = (*names, *going_on)

    def compose_body(self) -> ComposeResult:
        """The first of the names."""
        shown = ", ".join(self._names[:6]) + (" …" if len(self._names) > 6 else "")
        yield Static(shown, classes="card--quiet", markup=False)
