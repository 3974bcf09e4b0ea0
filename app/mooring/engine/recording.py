"""The recording of one session: begun and ended from the UI or with the session, and told to whatever UI is there."""

from __future__ import annotations

from mooring.engine.keeping import Screen
from mooring.engine.protocol import RecordingChanged
from mooring.engine.ui_link import UiLink
from mooring.model.recording import RecordingPlan, RecordingState
from mooring.model.terminal import TerminalSize
from mooring.recording import Recorder


class SessionRecording:
    """At most one recorder at a time, between a session's terminal and its UI."""

    def __init__(self, session: int, machine: str, screen: Screen, link: UiLink) -> None:
        self._session = session
        self._machine = machine
        self._screen = screen
        self._link = link
        self._state: RecordingState | None = None

    def set(self, plan: RecordingPlan | None, size: TerminalSize) -> None:
        """Record on a terminal of `size` from now on, or no more."""
        self._screen.stop_recording()
        if plan is None:
            self._changed(None)
        else:
            self._screen.record(
                Recorder(plan, self._machine, size, changed=self._changed, full=self._screen.recorder_full)
            )

    def tell(self) -> None:
        """Tell a UI that takes the session up; one that is not told has nothing to show."""
        if self._state is not None:
            self._changed(self._state)

    def _changed(self, state: RecordingState | None) -> None:
        self._state = state
        self._link.send_message(RecordingChanged(self._session, state))
