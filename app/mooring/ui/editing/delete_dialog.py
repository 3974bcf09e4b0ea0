"""Deleting a machine of one's own."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widgets import Static

from mooring.model.machine import Machine
from mooring.ui.dialogs.yes_or_no import YesOrNoDialog
from mooring.ui.problems import shorten_home
from mooring_widgets.plain_text import plain_text


class DeleteDialog(YesOrNoDialog):
    """Ask whether to take an entry out of machines.toml; enter means no."""

    def __init__(self, machine: Machine) -> None:
        super().__init__(f"Delete {plain_text(machine.name)}?", yes="Delete", no="Keep it", enter_means_yes=False)
        self._machine = machine

    def compose_body(self) -> ComposeResult:
        """Where it stands, what stays, and the way back."""
        machine = self._machine
        told = [f"Its entry in {shorten_home(str(machine.origin))} is taken out, with the comment above it."]
        if others := machine.sources[1:]:
            told.append(f"It is still known to {', '.join(others)}.")
        told.append("ctrl+z takes that back.")
        yield Static(plain_text(" ".join(told)), classes="card--text", markup=False)
