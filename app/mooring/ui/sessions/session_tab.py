"""A tab of sessions: for now one pane fills it."""

from __future__ import annotations

from collections.abc import Mapping

from textual.content import Content
from textual.geometry import Region
from textual.widget import Widget

from mooring.model.machine import Machine
from mooring.ui.sessions.session_pane import SessionPane
from mooring.ui.tabs import TabPane
from mooring_widgets.session_tabs import TabItem, TabState


class SessionTab(TabPane):
    """Shows its sessions, and speaks for them in the row of tabs."""

    def __init__(self, pane: SessionPane, title: str, *, id: str) -> None:
        super().__init__(title, id=id)
        self._pane = pane

    @property
    def panes(self) -> tuple[SessionPane, ...]:
        """Its sessions' panes."""
        return (self._pane,)

    @property
    def parts(self) -> tuple[Widget, ...]:
        """The panes."""
        return self.panes

    def regions(self, area: Region) -> Mapping[Widget, Region]:
        """The pane covers it all."""
        return {self: area, self._pane: area}

    @property
    def active_pane(self) -> SessionPane:
        """The pane that keys and commands are for."""
        return self._pane

    @property
    def machine(self) -> Machine:
        """That of the active pane."""
        return self.active_pane.machine

    @property
    def at_stake(self) -> tuple[str, ...]:
        """The shells that are open."""
        return tuple(self.title for pane in self.panes if pane.state is TabState.OPEN)

    def tab_item(self) -> TabItem:
        """The state of the active pane, and what happened in any since it was last looked at."""
        return TabItem(
            key=self.id or "",
            title=self.title,
            detail=self.active_pane.program_title,
            colour=self.active_pane.machine.colour,
            closable=True,
            state=self.active_pane.state,
            guard=any(pane.machine.guard for pane in self.panes),
            unseen=any(pane.has_news for pane in self.panes),
            bell=any(pane.has_rung for pane in self.panes),
        )

    def facts(self) -> Content:
        """Those of the active pane."""
        return self.active_pane.facts()

    def set_active(self, active: bool) -> None:
        """What is seen is seen."""
        super().set_active(active)
        for pane in self.panes:
            pane.set_active(active)

    def take_focus(self) -> None:
        """Give the keys to the active pane."""
        self.active_pane.take_focus()

    # Its end, and what comes after.

    def end(self) -> None:
        """Hang up."""
        for pane in self.panes:
            pane.hang_up()

    @property
    def can_reopen(self) -> bool:
        """A session can be begun again where it was."""
        return True

    @property
    def kept_bytes(self) -> int:
        """The scrollback of its sessions."""
        return sum(pane.terminal.emulator.scrollback_size for pane in self.panes)

    def reopen(self) -> None:
        """Connect again."""
        for pane in self.panes:
            pane.begin_again()
