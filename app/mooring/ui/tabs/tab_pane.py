"""What every kind of tab has in common: its item in the row of tabs, its place, its facts, its focus, its end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from textual.containers import Container
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.widget import Widget

from mooring.model.machine import Machine
from mooring_widgets.session_tabs import TabItem


class TabPane(Container):
    """One tab's content. The deck shows one tab at a time and tells each whether it is that one."""

    HOLDS_SESSIONS: ClassVar[bool] = False
    """Whether what is at stake in it are sessions, which may go on without the screens."""

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
        self._usual_title = title
        self.is_active = False

    @property
    def machine(self) -> Machine | None:
        """The machine that a command is about while this tab is active, if it is one."""
        return None

    @property
    def at_stake(self) -> tuple[str, ...]:
        """What would end with this tab, by name: the person is asked before it is closed."""
        return ()

    @property
    def parts(self) -> tuple[Widget, ...]:
        """The widgets that lie over this one and belong to the tab. They are children of the deck as it is."""
        return ()

    def regions(self, area: Region) -> Mapping[Widget, Region]:
        """Where the tab and the parts that are shown lie within the deck, the tab itself first.

        When that is new, `refresh(layout=True)` of the tab has it asked again.
        """
        return {self: area}

    def tab_item(self) -> TabItem:
        """What the row of tabs shows."""
        return TabItem(key=self.id or "", title=self.title)

    def rename(self, title: str) -> None:
        """Take another title; "" stands for the one that it had at first."""
        self.title = title or self._usual_title
        self.post_message(self.Changed(self))

    @property
    def own_title(self) -> str:
        """The title that the person gave it; "" while it has its first one."""
        return "" if self.title == self._usual_title else self.title

    def facts(self) -> Content:
        """What the bottom line shows at its right edge."""
        return Content("")

    def set_active(self, active: bool) -> None:
        """Whether this tab is the one that is looked at."""
        self.is_active = active
        self.display = active

    def take_focus(self) -> None:
        """Give the keys to the part that wants them."""
        self.screen.set_focus(self)

    # Its end, and what comes after.

    def end(self) -> None:
        """End what goes on in the tab: it is about to be closed."""

    @property
    def can_reopen(self) -> bool:
        """Whether the closed tab is worth keeping for a while."""
        return False

    @property
    def kept_bytes(self) -> int:
        """Memory that the tab takes while it is kept closed, about."""
        return 0

    def reopen(self) -> None:
        """Take up again what ended with `end`."""
