"""What is shown while a session is on its way: which step, with which host."""

from __future__ import annotations

from typing import ClassVar

from textual.content import Content
from textual.widgets import Static

from mooring.model.connection import Step
from mooring.session import Session
from mooring_widgets.plain_text import plain_text

_WORDS = {
    Step.RESOLVING: "read the configuration",
    Step.CONNECTING: "connect, and look at the host key",
    Step.AUTHENTICATING: "log in",
    Step.STARTING: "start the shell",
}


class ProgressCard(Static):
    """The steps one below the other; the present one names the host that it deals with."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"progress--name", "progress--done", "progress--now", "progress--later"}

    def show(self, session: Session) -> None:
        """Follow a session."""
        self.update(steps_of(session))


def steps_of(session: Session) -> Content:
    """The steps of a session as text."""
    steps = list(Step)
    now = steps.index(session.step)
    parts: list[str | tuple[str, str]] = [(plain_text(session.machine.name), ".progress--name"), "\n"]
    for index, step in enumerate(steps):
        if index < now:
            parts.append((f"\n✓ {_WORDS[step]}", ".progress--done"))
        elif index == now:
            hop = f" · {plain_text(session.hop)}" if session.hop else ""
            parts.append((f"\n◌ {_WORDS[step]}{hop}", ".progress--now"))
        else:
            parts.append((f"\n  {_WORDS[step]}", ".progress--later"))
    return Content.assemble(*parts)
