"""What is shown over the last lines of a session whose other side is away: why, and what comes next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual.content import Content
from textual.timer import Timer
from textual.widget import Widget

from mooring.model.connection import Step
from mooring.session import Retry, Session, SessionState
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


class OutageBar(Widget):
    """Two lines that lie over the terminal, which keeps its size: the next shell has the one that the last had.

    `where` says by which keys something is done.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"outage--title", "outage--next", "outage--keys"}

    def __init__(self, where: Callable[[str], str]) -> None:
        super().__init__()
        self._where = where
        self._session: Session | None = None
        self._shown = ""
        self._timer: Timer | None = None

    def follow(self, session: Session) -> None:
        """Show how a session stands, and count down while it waits."""
        self._session = session
        self.display = session.state is SessionState.RECONNECTING or (session.is_live and session.is_silent)
        waits = session.retry is not None and session.retry.due is not None
        if waits and self._timer is None:
            self._timer = self.set_interval(_TICK, self._count)
        elif not waits and self._timer is not None:
            self._timer.stop()
            self._timer = None
        self.refresh()

    def render(self) -> Content:
        """Why, and what comes next."""
        session = self._session
        if session is None:
            return Content("")
        closes = f"{self._where('close-pane')} closes"
        if session.retry is not None:
            keys = ("any key tries now", closes)
            return self._lines(f"↻ {_why(session.retry)}", spell_next(session, session.retry), keys)
        if session.is_silent:
            title = f"◌ no answer from {plain_text(session.machine.name)}"
            keys = (f"{self._where('reconnect')} connects anew", closes)
            return self._lines(title, "what you type waits for one", keys)
        return Content("")

    def _lines(self, title: str, following: str, keys: Sequence[str]) -> Content:
        """Both lines, with as many of the keys as there is room for."""
        width = self.size.width - 2
        following = fit(following, width)
        parts: list[str | tuple[str, str]] = [
            (fit(title, width), ".outage--title"),
            "\n",
            (f"  {following}", ".outage--next"),
        ]
        room = width - 2 - cell_len(following)
        for words in keys:
            room -= cell_len(words) + 3
            if room < 0:
                break
            parts += ["   ", (words, ".outage--keys")]
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
