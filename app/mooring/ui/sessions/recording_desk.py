"""Recording the session with the keys: begun and ended by a key, and said where it goes and why it ended by itself."""

from __future__ import annotations

from functools import partial

from mooring.model.recording import RecordingFormat, RecordingState
from mooring.session import Sessions
from mooring.ui.actions import Actions
from mooring.ui.notice import Notice, Say
from mooring.ui.problems import shorten_home
from mooring.ui.sessions.session_deck import SessionDeck
from mooring.ui.sessions.session_pane import SessionPane


class RecordingDesk:
    """Acts on the active session. What there is to say goes to `say`."""

    def __init__(self, deck: SessionDeck, sessions: Sessions, say: Say) -> None:
        self._deck = deck
        self._sessions = sessions
        self._say = say

    def register(self, actions: Actions) -> None:
        """Say which actions are done here."""
        actions.handle("record", self._toggle, when=self._is_live)
        for action, format in (
            ("record-asciicast", RecordingFormat.ASCIICAST),
            ("record-text", RecordingFormat.TEXT),
        ):
            actions.handle(action, partial(self._begin, format), when=self._can_begin)

    def changed(self, pane: SessionPane, before: RecordingState | None) -> None:
        """Say what became of a recording: somebody relies on it."""
        now = None if pane.session is None else pane.session.recording
        name = pane.machine.name
        if now is None:
            if before is not None and before.is_running:
                self._say(Notice(f"{name}: recorded to {shorten_home(before.path)}"))
        elif now.is_running:
            self._say(Notice(f"{name} is recorded to {shorten_home(now.path)}"))
        else:
            self._say(Notice(f"{name}: the recording has stopped: {shorten_home(now.problem)}", is_warning=True))

    def _is_live(self) -> bool:
        pane = self._deck.active_pane
        return pane is not None and pane.is_live

    def _can_begin(self) -> bool:
        pane = self._deck.active_pane
        return self._is_live() and pane is not None and pane.session is not None and not pane.session.is_recorded

    def _toggle(self) -> None:
        if self._can_begin():
            self._begin(None)
        elif (pane := self._deck.active_pane) is not None and pane.session is not None:
            pane.session.record(None)

    def _begin(self, format: RecordingFormat | None) -> None:
        if (pane := self._deck.active_pane) is not None and pane.session is not None:
            self._sessions.record(pane.session, format)
