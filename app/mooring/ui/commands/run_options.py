"""The bounds of a run on many machines, as lines of a form."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Static

from mooring.fleet.run import RunOptions
from mooring.ui.commands.switch import Switch


class RunOptionsField(Vertical):
    """One machine first or not, when to stop, and how long a machine may take."""

    def compose(self) -> ComposeResult:
        """A box and two numbers."""
        yield Switch("one machine first, the others once its answer is confirmed", classes="run-options--canary")
        yield Switch("one password, where they ask for one, is that of all of them", classes="run-options--password")
        with Horizontal(classes="run-options--numbers"):
            yield Static("stop after", markup=False)
            yield Input(type="integer", max_length=5, compact=True, id="stop-after", classes="card--input")
            yield Static("failures, give each machine", markup=False)
            yield Input(type="integer", max_length=5, compact=True, id="timeout", classes="card--input")
            yield Static("s, all", markup=False)
            yield Input(type="integer", max_length=5, compact=True, id="total-timeout", classes="card--input")
            yield Static("s", markup=False)

    @property
    def options(self) -> RunOptions:
        """What was chosen; an empty number is no bound."""
        timeout = self._number("#timeout")
        return RunOptions(
            timeout=timeout,
            total_timeout=self._number("#total-timeout"),
            stop_after=self._number("#stop-after"),
            canary=self.query_one(".run-options--canary", Switch).is_on,
            one_password=self.query_one(".run-options--password", Switch).is_on,
        )

    def on_input_changed(self, event: Input.Changed) -> None:
        """Nothing else hangs on it."""
        event.stop()

    def _number(self, selector: str) -> int | None:
        text = self.query_one(selector, Input).value
        return int(text) if text.isdigit() and int(text) > 0 else None
