"""What goes on with each machine, as its row shows it: sessions first, else what was last found out about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from mooring_widgets.machine_list import MachineList, RowState

if TYPE_CHECKING:
    from mooring.ui.browser.findings import Finding

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

    def show_sessions(self, states: Mapping[str, RowState]) -> set[str]:
        """Show what goes on with each machine that has a session; those not named have none.

        Returns those of which no more is true what was found out: a session knows better.
        """
        before, self._sessions = self._sessions, dict(states)
        refuted: set[str] = set()
        for name in {*states, *before}:
            if states.get(name) != before.get(name):
                if (finding := self._findings.get(name)) and _refutes(states.get(name), finding):
                    del self._findings[name]
                    refuted.add(name)
                self._show(name)
        return refuted

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


def _refutes(state: RowState | None, finding: Finding) -> bool:
    """A session that failed may have been told before that all is well; one that is open, that it can't be."""
    return state is RowState.FAILED or (state is RowState.OPEN and finding.state is not RowState.UP)
