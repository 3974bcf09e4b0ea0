"""What goes on with each machine, as its row shows it: sessions first, else what was last found out about it."""

from __future__ import annotations

from collections.abc import Mapping

from mooring.ui.browser.findings import Finding
from mooring_widgets.machine_list import MachineList, RowState

_LIVE = (RowState.CONNECTING, RowState.OPEN)


class MachineStates:
    """Tells the list, of each machine only what is new."""

    def __init__(self, panel: MachineList) -> None:
        self._panel = panel
        self._sessions: Mapping[str, RowState] = {}
        self._findings: dict[str, Finding] = {}
        self._checking: set[str] = set()

    def finding(self, name: str) -> Finding | None:
        """What was found out about a machine last."""
        return self._findings.get(name)

    def is_checking(self, name: str) -> bool:
        """Whether it is being looked for."""
        return name in self._checking

    def is_live(self, name: str) -> bool:
        """Whether a session is open on it, or on its way."""
        return self._sessions.get(name) in _LIVE

    def show_sessions(self, states: Mapping[str, RowState]) -> None:
        """Show what goes on with each machine that has a session; those not named have none."""
        before, self._sessions = self._sessions, dict(states)
        for name in {*states, *before}:
            if states.get(name) != before.get(name):
                if states.get(name) is RowState.FAILED:
                    self._findings.pop(name, None)  # It is older, and may say that all is well.
                self._show(name)

    def show_checking(self, name: str, *, checking: bool) -> None:
        """Show that a machine is being looked for, or not any more."""
        if checking is not (name in self._checking):
            self._checking ^= {name}
            self._show(name)

    def show_finding(self, name: str, finding: Finding) -> None:
        """Show what was found."""
        self._findings[name] = finding
        self._checking.discard(name)
        self._show(name)

    def _show(self, name: str) -> None:
        session, finding = self._sessions.get(name, RowState.IDLE), self._findings.get(name)
        if session in _LIVE:
            self._panel.set_state(name, session)
        elif name in self._checking:
            self._panel.set_state(name, RowState.CHECKING)
        elif finding is not None:
            self._panel.set_state(name, finding.state, finding.detail)
        else:
            self._panel.set_state(name, session)
