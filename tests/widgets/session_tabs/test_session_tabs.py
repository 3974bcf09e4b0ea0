"""The row of tabs: what is seen of it, and what the mouse means."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App, ComposeResult
from textual.message import Message

from mooring_styles import read_styles
from mooring_widgets.session_tabs import SessionTabs, TabItem, TabState
from mooring_widgets.session_tabs.layout import EDGE, place, reveal
from support.mouse import drag, turn_wheel


class TestPlaces:
    @given(st.lists(st.integers(3, 30), min_size=1, max_size=20), st.integers(40, 200), st.data())
    def test_the_active_tab_is_seen_whole_and_nothing_overlaps(
        self, widths: list[int], width: int, data: st.DataObject
    ) -> None:
        active = data.draw(st.integers(0, len(widths) - 1))
        before = data.draw(st.integers(-2, 25))
        placement = place(widths, reveal(widths, before, active, width), width)
        assert placement.first <= active < placement.last
        seen = widths[placement.first : placement.last]
        ends = [start + size for start, size in zip(placement.starts, seen, strict=True)]
        assert list(placement.starts[1:]) == ends[:-1]
        assert ends[-1] <= width

    @given(st.lists(st.integers(3, 30), min_size=1, max_size=20), st.integers(40, 200), st.data())
    def test_what_is_in_view_does_not_move(self, widths: list[int], width: int, data: st.DataObject) -> None:
        first = place(widths, data.draw(st.integers(0, len(widths) - 1)), width).first
        placement = place(widths, first, width)
        active = data.draw(st.integers(placement.first, placement.last - 1))
        assert reveal(widths, first, active, width) == first

    def test_all_tabs_are_seen_where_they_fit(self) -> None:
        assert place([10, 10], 1, 20).last == 2
        assert place([10, 10], 0, 20).starts == (0, 10)

    def test_the_row_ends_with_its_last_tab(self) -> None:
        placement = place([10] * 10, 99, 34)
        assert (placement.first, placement.last) == (7, 10)
        assert placement.hidden_left
        assert placement.starts[0] == EDGE


class TabsApp(App[None]):
    """Nothing but tabs, which go where they are dragged to."""

    CSS = read_styles()

    def __init__(self) -> None:
        super().__init__()
        self.told: list[Message] = []
        self.items: list[TabItem] = []
        self.active = ""

    def compose(self) -> ComposeResult:
        yield SessionTabs()

    @property
    def row(self) -> SessionTabs:
        """The row."""
        return self.query_one(SessionTabs)

    def show(self, items: list[TabItem], active: str) -> None:
        """Show tabs."""
        self.items, self.active = items, active
        self.row.show(items, active)

    def on_session_tabs_activated(self, event: SessionTabs.Activated) -> None:
        self.told.append(event)
        self.show(self.items, event.key)

    def on_session_tabs_close_wanted(self, event: SessionTabs.CloseWanted) -> None:
        self.told.append(event)

    def on_session_tabs_moved(self, event: SessionTabs.Moved) -> None:
        item = next(item for item in self.items if item.key == event.key)
        self.items.remove(item)
        self.items.insert(event.place, item)
        self.show(self.items, self.active)

    def shown(self) -> str:
        """The row as it would be painted."""
        return self.row.render_line(0).text

    def painted(self) -> str:
        """The row as it stands on the screen."""
        return self.screen._compositor.render_strips()[0].text


ITEMS = [
    TabItem("a", "Machines"),
    TabItem("b", "web-1", state=TabState.OPEN, guard=True, unseen=True, closable=True),
    TabItem("c", "db\x1b[31m[red]", state=TabState.FAILED, bell=True, closable=True),
    TabItem("d", "vault", state=TabState.QUESTION, closable=True),
]


def column(app: TabsApp, text: str) -> int:
    """Where a text starts in the painted row."""
    return app.shown().index(text)


def cells(columns: Iterable[int]) -> list[tuple[int, int]]:
    """Cells of the row."""
    return [(x, 0) for x in columns]


async def test_every_state_has_its_sign_and_hostile_titles_are_text() -> None:
    app = TabsApp()
    async with app.run_test(size=(80, 5)):
        app.show(ITEMS, "b")
        assert app.shown().startswith(" 1 Machines  2 ● web-1 ⚠ * × 3 ✕ db␛[31m[red] !   4 ? vault ")


async def test_nothing_moves_when_another_tab_is_gone_to() -> None:
    app = TabsApp()
    async with app.run_test(size=(80, 5)):
        app.show(ITEMS, "b")
        before = column(app, "vault")
        app.show(ITEMS, "d")
        assert column(app, "vault") == before


async def test_what_the_remote_program_says_stands_beside_the_active_tab_as_far_as_there_is_room() -> None:
    titled = [replace(item, detail="vim \x07 " + "long " * 40) for item in ITEMS]
    app = TabsApp()
    async with app.run_test(size=(80, 5)) as pilot:
        app.show(titled, "b")
        assert "web-1 · vim ␇ long" in app.shown()
        assert app.shown().count("·") == 1
        assert "4 ? vault" in app.shown()
        await pilot.resize_terminal(50, 5)
        assert "·" not in app.shown()


async def test_a_machine_has_its_colour_on_its_tab() -> None:
    app = TabsApp()
    async with app.run_test(size=(80, 5)):
        app.show([replace(ITEMS[1], colour="#d08770"), replace(ITEMS[2], colour="no colour"), ITEMS[3]], "d")
        edges = [segment for segment in app.row.render_line(0) if segment.text == "▎"]
        assert len(edges) == 2
        assert edges[0].style is not None and edges[0].style.color is not None
        assert edges[0].style.color.name == "#d08770"


async def test_a_click_goes_to_the_tab_under_it() -> None:
    app = TabsApp()
    async with app.run_test(size=(80, 5)) as pilot:
        app.show(ITEMS, "a")
        await pilot.click(SessionTabs, offset=(column(app, "web"), 0))
        await pilot.pause()
        assert app.told == [SessionTabs.Activated("b")]


@pytest.mark.parametrize(("text", "button", "key"), [("web", 2, "b"), ("vault", 2, "d"), ("×", 1, "b")])
async def test_the_middle_button_and_the_sign_close(text: str, button: int, key: str) -> None:
    app = TabsApp()
    async with app.run_test(size=(80, 5)) as pilot:
        app.show(ITEMS, "b")
        await pilot.mouse_down(SessionTabs, offset=(column(app, text), 0), button=button)
        await pilot.pause()
        assert app.told == [SessionTabs.CloseWanted(key)]


async def test_the_first_tab_is_neither_closed_nor_moved() -> None:
    app = TabsApp()
    async with app.run_test(size=(80, 5)) as pilot:
        app.show(list(ITEMS), "a")
        await pilot.mouse_down(SessionTabs, offset=(3, 0), button=2)
        await drag(pilot, app.row, cells((3, 20, 40)))
        await drag(pilot, app.row, cells((column(app, "vault"), 20, 3, 1)))
        assert app.items[0].key == "a"
        assert not any(isinstance(message, SessionTabs.CloseWanted) for message in app.told)


async def test_dragging_puts_a_tab_elsewhere_and_back() -> None:
    app = TabsApp()
    async with app.run_test(size=(80, 5)) as pilot:
        app.show(list(ITEMS), "a")
        await drag(pilot, app.row, cells(range(column(app, "web"), 60)))
        assert [item.key for item in app.items] == ["a", "c", "d", "b"]
        assert app.active == "b"
        await drag(pilot, app.row, cells(range(column(app, "web"), 15, -1)))
        assert [item.key for item in app.items] == ["a", "b", "c", "d"]


async def test_a_row_too_short_says_that_there_is_more_and_the_wheel_moves_over_it() -> None:
    app = TabsApp()
    async with app.run_test(size=(30, 5)) as pilot:
        app.show(ITEMS, "a")
        assert app.shown().endswith(" ›")
        app.show(ITEMS, "d")
        assert app.shown().startswith("‹ ")
        assert "vault" in app.shown()
        for _ in range(5):
            await turn_wheel(pilot, app.row, up=True)
        assert "Machines" in app.shown()
        app.show(ITEMS, "d")
        assert "Machines" in app.shown()
        app.show(ITEMS, "c")
        assert "Machines" not in app.shown()


async def test_the_active_tab_is_painted_in_a_window_that_was_made_narrow() -> None:
    app = TabsApp()
    async with app.run_test(size=(80, 5)) as pilot:
        app.show(ITEMS, "d")
        await pilot.pause()
        await pilot.resize_terminal(30, 5)
        for _ in range(1000):
            if "vault" in app.painted():
                break
            await pilot.pause(0.02)
        assert "vault" in app.painted()
