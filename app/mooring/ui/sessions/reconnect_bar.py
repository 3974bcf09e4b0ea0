"""What is shown over the last lines of a session that is made again: why, and when."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from rich.cells import cell_len
from textual.content import Content
from textual.timer import Timer
from textual.widget import Widget

from mooring.model.connection import Step
from mooring.session import Retry, Session
from mooring.ui.problems import problem_lines
from mooring_widgets.plain_text import fit, plain_text

_UNDER_WAY = {
    Step.RESOLVING: "reading the configuration",
    Step.CONNECTING: "connecting to",
    Step.AUTHENTICATING: "logging in to",
    Step.STARTING: "starting the shell on",
}
_TICK = 0.25
"""Seconds between two looks at the countdown: none of its numbers is missed."""


class ReconnectBar(Widget):
    """Two lines that lie over the terminal, which keeps its size: the next shell has the one that the last had.

    `keys` says what can be done.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"reconnect--title", "reconnect--when", "reconnect--keys"}

    def __init__(self, keys: Callable[[], str]) -> None:
        super().__init__()
        self._keys = keys
        self._session: Session | None = None
        self._shown = ""
        self._timer: Timer | None = None

    def follow(self, session: Session) -> None:
        """Show how a session stands, and count down while it waits."""
        self._session = session
        waits = session.retry is not None and session.retry.due is not None
        if waits and self._timer is None:
            self._timer = self.set_interval(_TICK, self._count)
        elif not waits and self._timer is not None:
            self._timer.stop()
            self._timer = None
        self.refresh()

    def render(self) -> Content:
        """Why, and when."""
        session = self._session
        if session is None or session.retry is None:
            return Content("")
        width = self.size.width - 2
        title = fit(f"↻ {_why(session.retry)}", width)
        when = fit(spell_next(session, session.retry), width)
        parts: list[str | tuple[str, str]] = [(title, ".reconnect--title"), "\n", (f"  {when}", ".reconnect--when")]
        keys = self._keys()
        if cell_len(when) + cell_len(keys) + 6 <= width:
            parts += ["   ", (keys, ".reconnect--keys")]
        return Content.assemble(*parts)

    def _count(self) -> None:
        if self._session is None or self._session.retry is None:
            self.follow_nothing()
        elif (text := spell_next(self._session, self._session.retry)) != self._shown:
            self._shown = text
            self.refresh()

    def follow_nothing(self) -> None:
        """The session is back, or over."""
        self._session = None
        if self._timer is not None:
            self._timer.stop()
            self._timer = None


def spell_next(session: Session, retry: Retry) -> str:
    """What comes next: "again in 7 s, attempt 3", or how far that attempt has come."""
    attempt = f", attempt {retry.attempt}" if retry.attempt > 1 else ""
    if retry.due is not None:
        left = retry.seconds_left
        return f"again in {left} s{attempt}" if left else f"again now{attempt}"
    hop = f" {plain_text(session.hop)}" if session.step is not Step.RESOLVING else ""
    return f"{_UNDER_WAY[session.step]}{hop}{attempt}"


def _why(retry: Retry) -> str:
    reason = next(iter(problem_lines(retry.failure)), "")
    return f"lost: {reason}"
