"""Opens the forwards of the session that keys are for."""

from __future__ import annotations

from typing import Any

from textual.screen import Screen

from mooring.model.forward_report import ForwardReport
from mooring.model.forward_specification import ForwardSpecification
from mooring.session import Session, Sessions
from mooring.ui.actions import Actions
from mooring.ui.forwards.forwards_dialog import ForwardsDialog
from mooring.ui.sessions.session_deck import SessionDeck


class ForwardsDesk:
    """The dialog goes over `screen`."""

    def __init__(self, screen: Screen[Any], deck: SessionDeck, sessions: Sessions) -> None:
        self._screen = screen
        self._deck = deck
        self._sessions = sessions

    def register(self, actions: Actions) -> None:
        """Say which actions are done here."""
        actions.handle("forwards", self._open, when=lambda: self._session is not None)

    @property
    def _session(self) -> Session | None:
        pane = self._deck.active_pane
        return pane.session if pane is not None and pane.is_live else None

    def _open(self) -> None:
        if (session := self._session) is not None:
            self._screen.app.push_screen(ForwardsDialog(session.machine.name, _OfSession(session, self._sessions)))


class _OfSession:
    """The forwards of one session's machine, by way of its engine."""

    def __init__(self, session: Session, sessions: Sessions) -> None:
        self._session = session
        self._sessions = sessions

    async def list(self) -> tuple[ForwardReport, ...]:
        return await self._sessions.forwards(self._session)

    async def add(self, specification: ForwardSpecification, *, remote: bool) -> tuple[ForwardReport, ...]:
        return await self._sessions.add_forward(self._session, specification, remote=remote)

    async def remove(self, specification: ForwardSpecification, *, remote: bool) -> tuple[ForwardReport, ...]:
        return await self._sessions.remove_forward(self._session, specification, remote=remote)
