"""The row of tabs: what is seen of it, and what a click means."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from textual.app import App, ComposeResult

from mooring_styles import read_styles
from mooring_widgets.session_tabs import SessionTabs, TabItem, TabState
from mooring_widgets.session_tabs.layout import EDGE, place


@given(st.lists(st.integers(3, 30), min_size=1, max_size=20), st.data())
def test_the_active_tab_is_always_seen_and_nothing_overlaps(widths: list[int], data: st.DataObject) -> None:
    active = data.draw(st.integers(0, len(widths) - 1))
    width = data.draw(st.integers(40, 200))
    placement = place(widths, active, width)
    assert placement.first <= active < placement.last
    seen = widths[placement.first : placement.last]
    ends = [start + size for start, size in zip(placement.starts, seen, strict=True)]
    assert list(placement.starts[1:]) == ends[:-1]
    assert ends[-1] <= width


def test_all_tabs_are_seen_where_they_fit() -> None:
    assert place([10, 10], 1, 20).last == 2
    assert place([10, 10], 0, 20).starts == (0, 10)


def test_more_tabs_than_fit_leave_room_for_the_signs() -> None:
    placement = place([10] * 10, 9, 34)
    assert placement.hidden_left
    assert placement.starts[0] == EDGE


class TabsApp(App[None]):
    """Nothing but tabs."""

    CSS = read_styles()

    def __init__(self) -> None:
        super().__init__()
        self.clicked: list[str] = []

    def compose(self) -> ComposeResult:
        yield SessionTabs()

    def on_session_tabs_activated(self, event: SessionTabs.Activated) -> None:
        self.clicked.append(event.key)

    def shown(self) -> str:
        """The painted row."""
        return self.query_one(SessionTabs).render_line(0).text


ITEMS = [
    TabItem("a", "Machines"),
    TabItem("b", "web-1", TabState.OPEN, guard=True, unseen=True),
    TabItem("c", "db\x1b[31m[red]", TabState.FAILED, bell=True),
    TabItem("d", "vault", TabState.QUESTION),
]


async def test_every_state_has_its_sign_and_hostile_titles_are_text() -> None:
    app = TabsApp()
    async with app.run_test(size=(80, 5)):
        app.query_one(SessionTabs).show(ITEMS, "b")
        assert app.shown().startswith(" 1 Machines  2 ● web-1 ⚠ *  3 ✕ db␛[31m[red] !  4 ? vault ")


async def test_a_click_tells_the_tab_under_it() -> None:
    app = TabsApp()
    async with app.run_test(size=(80, 5)) as pilot:
        app.query_one(SessionTabs).show(ITEMS, "a")
        await pilot.pause()
        await pilot.click(SessionTabs, offset=(16, 0))
        await pilot.pause()
        assert app.clicked == ["b"]


async def test_a_row_too_short_says_that_there_is_more() -> None:
    app = TabsApp()
    async with app.run_test(size=(30, 5)):
        app.query_one(SessionTabs).show(ITEMS, "a")
        assert app.shown().endswith(" ›")
        app.query_one(SessionTabs).show(ITEMS, "d")
        assert app.shown().startswith("‹ ")
        assert "vault" in app.shown()
