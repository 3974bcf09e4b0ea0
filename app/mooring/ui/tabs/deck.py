"""The deck: a first pane that is always there, then one pane for each tab."""

from __future__ import annotations

from dataclasses import dataclass

from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import ContentSwitcher

from mooring.ui.tabs.tab_pane import TabPane
from mooring_widgets.session_tabs import TabItem

FIRST_TAB = "tab-details"


class Deck(ContentSwitcher):
    """Holds the tabs in their order and knows which is active. It knows nothing of what they are about."""

    @dataclass
    class TabsChanged(Message):
        """The tabs, or which of them is active, are new."""

    def __init__(self, first: Widget, first_title: str, *, id: str) -> None:
        """`first` has the id FIRST_TAB."""
        super().__init__(first, initial=FIRST_TAB, id=id)
        self._first = first
        self._first_title = first_title
        self._opened = 0
        self._leaving: set[TabPane] = set()

    @property
    def tabs(self) -> list[TabPane]:
        """The tabs in their order, without the first pane and those that are being closed."""
        return [child for child in self.children if isinstance(child, TabPane) and child not in self._leaving]

    @property
    def active_tab(self) -> TabPane | None:
        """The tab that is shown; None while it is the first pane."""
        return next((tab for tab in self.tabs if tab.id == self.current), None)

    def tab_items(self) -> list[TabItem]:
        """What the row of tabs shows."""
        return [TabItem(key=FIRST_TAB, title=self._first_title), *(tab.tab_item() for tab in self.tabs)]

    def new_id(self) -> str:
        """An id for the next tab."""
        self._opened += 1
        return f"tab-{self._opened}"

    def free_title(self, name: str) -> str:
        """`name`, with a number where a tab has that title already."""
        taken = {tab.title for tab in self.tabs}
        if name not in taken:
            return name
        return next(title for number in range(2, len(taken) + 3) if (title := f"{name} ({number})") not in taken)

    async def add(self, tab: TabPane) -> None:
        """Put a tab behind the others, and go there."""
        tab.display = False
        await self.mount(tab)
        self.activate(tab.id or "")

    def activate(self, key: str) -> None:
        """Go to a tab."""
        for tab in self.tabs:
            tab.set_active(tab.id == key)
        self.current = key
        self.post_message(self.TabsChanged())

    def activate_number(self, number: int) -> bool:
        """Go to a tab by its number, from 1; False when there is none."""
        keys = self._keys()
        if not 1 <= number <= len(keys):
            return False
        self.activate(keys[number - 1])
        return True

    def activate_neighbour(self, step: int) -> None:
        """Go to the tab `step` to the right, around the ends."""
        keys = self._keys()
        self.activate(keys[(keys.index(self.current or FIRST_TAB) + step) % len(keys)])

    async def close(self, tab: TabPane) -> None:
        """End what goes on in a tab and take it away; its left neighbour comes forward."""
        keys = self._keys()
        neighbour = keys[keys.index(tab.id or "") - 1]
        tab.end()
        if tab.id == self.current:
            self.activate(neighbour)
        # Its parts go before it does, and meanwhile it may still be told things.
        self._leaving.add(tab)
        await tab.remove()
        self._leaving.discard(tab)
        self.post_message(self.TabsChanged())

    def facts(self) -> Content:
        """What the bottom line tells of the active tab."""
        tab = self.active_tab
        return tab.facts() if tab is not None else Content("")

    def take_focus(self) -> None:
        """Give the keys to the active tab."""
        tab = self.active_tab
        if tab is None:
            self.screen.set_focus(self._first)
        else:
            tab.take_focus()

    def on_tab_pane_changed(self, event: TabPane.Changed) -> None:
        """A tab looks different."""
        event.stop()
        self.post_message(self.TabsChanged())

    def _keys(self) -> list[str]:
        return [FIRST_TAB, *(tab.id or "" for tab in self.tabs)]
