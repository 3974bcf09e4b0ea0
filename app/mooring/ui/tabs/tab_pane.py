"""What every kind of tab has in common: its item in the row of tabs, its facts, its focus, its end."""

from __future__ import annotations

from dataclasses import dataclass

from textual.containers import Container
from textual.content import Content
from textual.message import Message

from mooring.model.machine import Machine
from mooring_widgets.session_tabs import TabItem


class TabPane(Container):
    """One tab's content. The deck shows one tab at a time and tells each whether it is that one."""

    @dataclass
    class Changed(Message):
        """The tab's item or facts are new."""

        tab: TabPane

        @property
        def control(self) -> TabPane:
            """The tab that changed."""
            return self.tab

    def __init__(self, title: str, *, id: str) -> None:
        super().__init__(id=id)
        self.title = title
        self.is_active = False

    @property
    def machine(self) -> Machine | None:
        """The machine that a command is about while this tab is active, if it is one."""
        return None

    @property
    def is_live(self) -> bool:
        """Whether closing the tab would end something."""
        return False

    def tab_item(self) -> TabItem:
        """What the row of tabs shows."""
        return TabItem(key=self.id or "", title=self.title)

    def facts(self) -> Content:
        """What the bottom line shows at its right edge."""
        return Content("")

    def set_active(self, active: bool) -> None:
        """Whether this tab is the one that is looked at."""
        self.is_active = active

    def take_focus(self) -> None:
        """Give the keys to the part that wants them."""
        self.screen.set_focus(self)

    def end(self) -> None:
        """End what goes on in the tab: it is about to be closed."""
