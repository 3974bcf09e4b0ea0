"""How the state of one machine in a run is shown: a sign, and a colour that says the same."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import ClassVar

from textual.content import Content
from textual.widgets import Static

from mooring.fleet.result import State
from mooring.ui.sessions.endings import spell_duration

SIGNS = {
    State.WAITING: "·",
    State.CONNECTING: "◌",
    State.RUNNING: "●",
    State.DONE: "✓",
    State.FAILED: "✕",
    State.TIMED_OUT: "✕",
    State.UNREACHABLE: "✕",
    State.LOST: "✕",
    State.CANCELLED: "■",
}

ORDER = (
    State.FAILED,
    State.TIMED_OUT,
    State.UNREACHABLE,
    State.LOST,
    State.CANCELLED,
    State.RUNNING,
    State.CONNECTING,
    State.WAITING,
    State.DONE,
)
"""What a person looks for first stands first."""


def line_tone(state: State) -> str:
    """The tone of a state in a `LineList`."""
    if state is State.DONE:
        return "good"
    if state.is_fault:
        return "bad"
    return "busy" if state in (State.RUNNING, State.CONNECTING) else "quiet"


def tone(state: State) -> str:
    """The component class of `StateText` for a state."""
    return f".state--{line_tone(state)}"


class StateText(Static):
    """Text with the colours of states in it."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"state--good", "state--bad", "state--busy", "state--quiet", "state--name"}

    def __init__(self, content: Content | str = "", *, classes: str = "") -> None:
        super().__init__(content, classes=classes, markup=False)


def counts_line(counts: Mapping[State, int]) -> Content:
    """`✕ 2 failed  ● 3 running  ✓ 120 done`: what there is of each state."""
    parts: list[Content | str | tuple[str, str]] = []
    for state in ORDER:
        if count := counts.get(state):
            parts += ["   "] if parts else []
            parts += [(SIGNS[state], tone(state)), f" {count} {state}"]
    return Content.assemble(*parts)


def seconds_words(seconds: float) -> str:
    """How long something took, in whole seconds."""
    return spell_duration(timedelta(seconds=seconds))
