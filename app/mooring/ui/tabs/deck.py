"""The deck: a first pane that is always there, then one pane for each tab."""

from __future__ import annotations

from dataclasses import dataclass

from textual.content import Content
from textual.geometry import NULL_OFFSET, NULL_SPACING, Size
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.message import Message
from textual.widget import Widget

from mooring.ui.tabs.closed_tabs import ClosedTabs
from mooring.ui.tabs.tab_pane import TabPane
from mooring_widgets.session_tabs import TabItem

FIRST_TAB = "tab-details"


class Deck(Widget):
    """Holds the tabs in their order and knows which is active. It knows nothing of what they are about.

    What a tab consists of are children of the deck, laid over the tab by the deck's layout: Textual's widgets can't
    change their parent, and a session may move from one tab to another.
    """

    @dataclass
    class TabsChanged(Message):
        """The tabs, or which of them is active, are new."""

    def __init__(self, first: Widget, first_title: str, *, id: str, most_closed_bytes: int = 0) -> None:
        """`first` has the id FIRST_TAB. `most_closed_bytes` is the memory that closed tabs may take."""
        super().__init__(first, id=id)
        self._first = first
        self._first_title = first_title
        self._opened = 0
        self._in_order: list[TabPane] = []
        self._put_aside = ClosedTabs(most_closed_bytes)
        self._arranging = _DeckLayout(self)
        self._left: list[str] = []
        self.current = FIRST_TAB

    @property
    def layout(self) -> Layout:
        """Each tab lays itself out."""
        return self._arranging

    @property
    def tabs(self) -> tuple[TabPane, ...]:
        """The tabs in their order, without the first pane and those that were closed."""
        return tuple(self._in_order)

    @property
    def keys(self) -> list[str]:
        """The keys of all tabs in their order, the first one's too."""
        return [FIRST_TAB, *(tab.id or "" for tab in self._in_order)]

    @property
    def active_tab(self) -> TabPane | None:
        """The tab that is shown; None while it is the first pane."""
        return self.find(self.current)

    def find(self, key: str) -> TabPane | None:
        """A tab by its key."""
        return next((tab for tab in self._in_order if tab.id == key), None)

    def tab_items(self) -> list[TabItem]:
        """What the row of tabs shows."""
        return [TabItem(key=FIRST_TAB, title=self._first_title), *(tab.tab_item() for tab in self._in_order)]

    def new_id(self) -> str:
        """An id for the next tab."""
        self._opened += 1
        return f"tab-{self._opened}"

    def free_title(self, name: str) -> str:
        """`name`, with a number where a tab has that title already."""
        taken = {tab.title for tab in self._in_order}
        if name not in taken:
            return name
        return next(title for number in range(2, len(taken) + 3) if (title := f"{name} ({number})") not in taken)

    async def add(self, tab: TabPane, *, place: int | None = None, behind: bool = False) -> None:
        """Put a tab at a place, from 0, or as the last, and go there unless it is to stay `behind`."""
        tab.set_active(False)
        self._in_order.insert(len(self._in_order) if place is None else place, tab)
        await self.mount_all(widget for widget in (tab, *tab.parts) if not widget.is_attached)
        if behind:
            self.post_message(self.TabsChanged())
        else:
            self.activate(tab.id or "")

    # Which is shown, and in which order they are.

    def by_last_use(self) -> list[str]:
        """The keys of all tabs, the first one's too: the one that was left last before the others, the active last."""
        keys = [key for key in self.keys if key != self.current]
        return [*sorted(keys, key=lambda key: self._left.index(key) if key in self._left else len(keys)), self.current]

    def activate(self, key: str) -> None:
        """Go to a tab."""
        if key != self.current:
            self._left = [self.current, *(left for left in self._left if left != self.current)]
        self.current = key
        for tab in self._in_order:
            tab.set_active(tab.id == key)
        self._first.display = key == FIRST_TAB
        self.post_message(self.TabsChanged())

    def activate_neighbour(self, step: int) -> None:
        """Go to the tab `step` to the right, around the ends."""
        keys = self.keys
        self.activate(keys[(keys.index(self.current) + step) % len(keys)])

    def move(self, tab: TabPane, place: int) -> None:
        """Put a tab at another place, from 0; past the ends is at the end."""
        self._in_order.remove(tab)
        self._in_order.insert(min(max(place, 0), len(self._in_order)), tab)
        self.post_message(self.TabsChanged())

    def place_of(self, tab: TabPane) -> int:
        """The place of a tab among the tabs, from 0."""
        return self._in_order.index(tab)

    # Closing and reopening.

    async def close(self, tab: TabPane) -> None:
        """End what goes on in a tab and put it out of sight; its left neighbour comes forward."""
        keys, place = self.keys, self.place_of(tab)
        tab.end()
        self._in_order.remove(tab)
        tab.set_active(False)
        if tab.id == self.current:
            self.activate(keys[place])
        self.post_message(self.TabsChanged())
        await self._keep(tab, place)

    async def close_apart(self, tab: TabPane, place: int) -> None:
        """Close what was a part of another tab until now, as the tab that it comes back as when it is reopened."""
        await self.mount(tab)
        tab.set_active(False)
        tab.end()
        await self._keep(tab, place)

    async def replace(self, tab: TabPane, by: TabPane) -> None:
        """Take a tab away whose parts are those of another one now, and go to that one."""
        self._in_order.remove(tab)
        self.activate(by.id or "")
        await tab.remove()

    async def _keep(self, tab: TabPane, place: int) -> None:
        for gone in self._put_aside.put(tab, place) if tab.can_reopen else (tab,):
            self._left = [key for key in self._left if key != gone.id]
            await self.remove_children([gone, *gone.parts])

    @property
    def can_reopen(self) -> bool:
        """Whether a closed tab is kept."""
        return bool(self._put_aside)

    def reopen(self) -> TabPane | None:
        """Put the tab that was closed last where it was, go there, and take up again what went on in it."""
        closed = self._put_aside.take_last()
        if closed is None:
            return None
        self._in_order.insert(min(closed.place, len(self._in_order)), closed.tab)
        self.activate(closed.tab.id or "")
        closed.tab.reopen()
        return closed.tab

    # What the bottom line and the keys are for.

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


class _DeckLayout(Layout):
    """Lays the active tab over the whole deck, and its parts over the tab."""

    name = "deck"

    def __init__(self, deck: Deck) -> None:
        self._deck = deck

    def arrange(self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True) -> ArrangeResult:
        """Place what is shown; what stands later lies in front."""
        tab = self._deck.active_tab
        regions = tab.regions(size.region) if tab is not None else dict.fromkeys(children, size.region)
        shown = set(children)
        return [
            WidgetPlacement(region, NULL_OFFSET, NULL_SPACING, widget)
            for widget, region in regions.items()
            if widget in shown
        ]
