"""A tab of sessions: for now one pane fills it."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content

from mooring.model.machine import Machine
from mooring.ui.sessions.session_pane import SessionPane
from mooring.ui.tabs import TabPane
from mooring_widgets.session_tabs import TabItem


class SessionTab(TabPane):
    """Shows its sessions, and speaks for them in the row of tabs."""

    def __init__(self, pane: SessionPane, title: str, *, id: str) -> None:
        super().__init__(title, id=id)
        self._pane = pane

    def compose(self) -> ComposeResult:
        """The pane."""
        yield self._pane

    @property
    def panes(self) -> tuple[SessionPane, ...]:
        """Its sessions' panes."""
        return (self._pane,)

    @property
    def active_pane(self) -> SessionPane:
        """The pane that keys and commands are for."""
        return self._pane

    @property
    def machine(self) -> Machine:
        """That of the active pane."""
        return self.active_pane.machine

    @property
    def is_live(self) -> bool:
        """Whether a session lives."""
        return any(pane.is_live for pane in self.panes)

    def tab_item(self) -> TabItem:
        """The state of the active pane, and what happened in any since it was last looked at."""
        return TabItem(
            key=self.id or "",
            title=self.title,
            state=self.active_pane.state,
            guard=any(pane.machine.guard for pane in self.panes),
            unseen=any(pane.has_unseen_output for pane in self.panes),
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

    def end(self) -> None:
        """Hang up."""
        for pane in self.panes:
            pane.hang_up()

    def on_session_pane_changed(self, event: SessionPane.Changed) -> None:
        """A pane looks different, and so does the tab."""
        event.stop()
        self.post_message(self.Changed(self))
