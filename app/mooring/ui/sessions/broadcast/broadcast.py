"""Which sessions get what is typed in any of them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from mooring.ui.sessions.broadcast.session_terminal import SessionTerminal
from mooring.ui.sessions.session_pane import SessionPane
from mooring_widgets.session_tabs import TabState

FEWEST = 2
"""With fewer sessions than that there is nothing to be said twice."""


class Broadcast:
    """The sessions that are typed into at once; none while there is no broadcast."""

    def __init__(self) -> None:
        self._members: list[SessionPane] = []

    @property
    def members(self) -> tuple[SessionPane, ...]:
        """The sessions in it."""
        return tuple(self._members)

    @property
    def is_on(self) -> bool:
        """Whether anything is typed into several sessions."""
        return bool(self._members)

    def __contains__(self, pane: object) -> bool:
        return pane in self._members

    def start(self, panes: Iterable[SessionPane]) -> None:
        """Type into these from now on."""
        for pane in panes:
            self.add(pane)

    def add(self, pane: SessionPane) -> None:
        """Take one more session in."""
        if pane not in self._members:
            self._members.append(pane)
            pane.set_receiving(partial(self._others_of, pane))

    def leave(self, pane: SessionPane) -> None:
        """Take a session out; what is typed in it is for it alone."""
        self._members.remove(pane)
        pane.set_receiving(None)
        if len(self._members) < FEWEST:
            self.stop()

    def stop(self) -> None:
        """Each session is typed into by itself again."""
        members, self._members = self._members, []
        for pane in members:
            pane.set_receiving(None)

    def without_the_ended(self, there: Iterable[SessionPane]) -> tuple[SessionPane, ...]:
        """Take out those that are not open any more, or not among those that are `there`, and return them.

        A session that was lost has another shell when it comes back: it does not go on where the others are.
        """
        left = set(there)
        ended = tuple(pane for pane in self._members if pane.state is not TabState.OPEN or pane not in left)
        for pane in ended:
            if pane in self._members:
                self.leave(pane)
        return ended

    def _others_of(self, pane: SessionPane) -> Iterable[SessionTerminal]:
        return (member.terminal for member in self.members if member is not pane)
