"""What is shown of a session that is over: why, and what can be done next."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from time import monotonic
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Static

from mooring.session import Session
from mooring.ui.sessions.endings import Ending, ending_of


class EndChoice(StrEnum):
    """What the person wants next, by the names of the actions."""

    RECONNECT = "reconnect"
    HAND_OVER = "hand-over"
    CLOSE = "close-pane"


QUIET_SECONDS = 0.8
"""A session that breaks off is often being typed into: its keys are no choices until the hands have rested so long."""


class EndPane(Vertical, can_focus=True):
    """A card over the tab when the session never opened, a bar below its last screen when it did."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "choose('reconnect')", "Reconnect", show=False),
        Binding("o", "choose('hand-over')", "System ssh", show=False),
        Binding("x", "choose('close-pane')", "Close", show=False),
    ]

    @dataclass
    class Chosen(Message):
        """The person wants something next."""

        choice: EndChoice

    def __init__(self) -> None:
        super().__init__()
        self._quiet_since = 0.0
        self._guarded = False

    def compose(self) -> ComposeResult:
        """What happened, why, what next."""
        yield Static(classes="end--title", markup=False)
        yield Static(classes="end--reason", markup=False)
        yield Static(classes="end--hint", markup=False)
        yield Static(classes="end--keys", markup=False)

    def show(self, session: Session, *, opened: bool, ssh_available: bool) -> None:
        """Show how a session ended; `opened` says that there is a screen to be left readable."""
        ending = ending_of(session, ssh_available=ssh_available)
        self._fill(ending, ssh_available=ssh_available)
        self.set_class(opened, "-bar")
        self.set_class(ending.is_failure, "-failure")
        self._guarded = opened
        self._quiet_since = monotonic()

    def action_choose(self, choice: str) -> None:
        """Do what was chosen."""
        self.post_message(self.Chosen(EndChoice(choice)))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing is chosen by keys that were meant for the session."""
        if action != "choose" or not self._guarded:
            return True
        rested = monotonic() - self._quiet_since >= QUIET_SECONDS
        self._quiet_since = monotonic()
        self._guarded = not rested
        return rested

    def on_key(self, event: events.Key) -> None:
        """A key that chooses nothing shows that hands are still typing."""
        if self._guarded:
            self._quiet_since = monotonic()

    def _fill(self, ending: Ending, *, ssh_available: bool) -> None:
        keys = ["r reconnect", *(["o system ssh"] if ssh_available else []), "x close"]
        texts = {
            "title": f"{ending.sign} {ending.title}",
            "reason": ending.reason,
            "hint": ending.hint,
            "keys": "   ".join(keys),
        }
        for part, text in texts.items():
            line = self.query_one(f".end--{part}", Static)
            line.update(text)
            line.display = bool(text)
