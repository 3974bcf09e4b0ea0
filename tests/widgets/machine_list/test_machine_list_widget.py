"""The list as a person uses it."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual.app import App, ComposeResult
from textual.message import Message
from textual.pilot import Pilot
from textual.strip import Strip

from mooring_styles import read_styles
from mooring_widgets.machine_list import MachineList, MachineListView, MachineRow, RowState

ROWS = [
    *(MachineRow(f"web-{n}", f"web-{n}", f"10.0.0.{n}", "ops", "ec2", ("nginx",), "production") for n in (1, 2, 3)),
    MachineRow("db-1", "db-1", "10.0.0.9", "postgres", "ec2", (), "production"),
    MachineRow("stage", "stage", group="staging"),
    MachineRow("broken", "broken", group="staging", problem="unreadable"),
]


class ListApp(App[None]):
    """Nothing but a list."""

    CSS = read_styles()

    def __init__(self, rows: list[MachineRow]) -> None:
        super().__init__()
        self._rows = rows
        self.heard: list[Message] = []

    def compose(self) -> ComposeResult:
        yield MachineList()

    def on_mount(self) -> None:
        self.panel.set_rows(self._rows)
        self.panel.focus_list()

    @property
    def panel(self) -> MachineList:
        return self.query_one(MachineList)

    @property
    def view(self) -> MachineListView:
        return self.query_one(MachineListView)

    def on_machine_list_view_opened(self, event: MachineListView.Opened) -> None:
        self.heard.append(event)

    def on_machine_list_view_highlighted(self, event: MachineListView.Highlighted) -> None:
        self.heard.append(event)

    @property
    def opened(self) -> list[str]:
        return [event.key for event in self.heard if isinstance(event, MachineListView.Opened)]

    @property
    def highlighted(self) -> list[str | None]:
        return [event.key for event in self.heard if isinstance(event, MachineListView.Highlighted)]

    def shown(self) -> str:
        """The painted lines."""
        return "\n".join(self.view.render_line(y).text.rstrip() for y in range(self.view.size.height))


@asynccontextmanager
async def running(
    rows: list[MachineRow], size: tuple[int, int] = (80, 24)
) -> AsyncIterator[tuple[ListApp, Pilot[None]]]:
    app = ListApp(rows)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield app, pilot


async def test_the_cursor_starts_on_a_machine_and_its_heading_is_seen() -> None:
    async with running(ROWS) as (app, _pilot):
        assert app.panel.current_key == "web-1"
        assert app.shown().splitlines()[0].startswith(" ▾ production")


async def test_enter_opens_the_machine_under_the_cursor() -> None:
    async with running(ROWS) as (app, pilot):
        await pilot.press("down", "enter")
        await pilot.pause()
        assert app.opened == ["web-2"]


async def test_filtering_selects_the_best_and_enter_opens_it_at_once() -> None:
    async with running(ROWS) as (app, pilot):
        await pilot.press("slash", *"w3")
        await pilot.pause()
        assert app.panel.current_key == "web-3"
        assert app.highlighted[-1] == "web-3"
        await pilot.press("enter")
        await pilot.pause()
        assert app.opened == ["web-3"]


async def test_leaving_the_filter_keeps_it_and_esc_in_the_list_clears_it() -> None:
    async with running(ROWS) as (app, pilot):
        for key in ("down", "tab", "escape"):
            await pilot.press("slash", *"db", key)
            await pilot.pause()
            assert app.view.has_focus
            assert app.panel.pattern == "db"
            await pilot.press("escape")
            await pilot.pause()
            assert app.panel.pattern == ""
        assert "stage" in app.shown()


async def test_ctrl_u_clears_the_filter_from_within() -> None:
    async with running(ROWS) as (app, pilot):
        await pilot.press("slash", *"zzz")
        await pilot.pause()
        assert app.panel.current_key is None
        await pilot.press("ctrl+u")
        await pilot.pause()
        assert app.panel.current_key == "web-1"


async def test_groups_fold_and_unfold() -> None:
    async with running(ROWS) as (app, pilot):
        await pilot.press("left")
        await pilot.pause()
        assert "web-1" not in app.shown()
        assert " ▸ production" in app.shown()
        assert app.panel.current_key is None
        await pilot.press("right")
        await pilot.pause()
        assert "web-1" in app.shown()


async def test_space_marks_and_goes_on_and_marks_survive_a_reload() -> None:
    async with running(ROWS) as (app, pilot):
        await pilot.press("space", "space")
        await pilot.pause()
        assert app.view.marked_keys == {"web-1", "web-2"}
        assert app.panel.current_key == "web-3"
        app.panel.set_rows(ROWS[1:])
        await pilot.pause()
        assert app.view.marked_keys == {"web-2"}
        assert app.panel.current_key == "web-3"


async def test_a_state_is_shown_by_a_sign() -> None:
    async with running(ROWS) as (app, pilot):
        app.panel.set_state("web-2", RowState.OPEN)
        await pilot.pause()
        assert "● web-2" in app.shown()
        assert "! broken" in app.shown()


async def test_columns_follow_the_width() -> None:
    async with running(ROWS, size=(80, 24)) as (app, pilot):
        assert "10.0.0.1  ops" in app.shown()
        await pilot.resize_terminal(20, 24)
        await pilot.pause()
        assert "10.0.0.1" not in app.shown()
        assert "web-1" in app.shown()


async def test_without_machines_it_says_so() -> None:
    async with running([]) as (app, _pilot):
        assert app.panel.has_class("-empty")
        assert app.view.has_focus, "the keys go on working"


async def test_the_cursor_stays_in_view_and_costs_what_is_visible() -> None:
    rows = [MachineRow(f"m{n:05}", f"machine-{n:05}", f"10.1.{n // 256}.{n % 256}") for n in range(10_000)]
    async with running(rows) as (app, pilot):
        await pilot.press("end")
        await pilot.pause()
        assert app.panel.current_key == "m09999"
        assert "machine-09999" in app.shown()
        painted: list[int] = []
        original = app.view.render_line

        def counted(y: int) -> Strip:
            painted.append(y)
            return original(y)

        app.view.render_line = counted  # type: ignore[method-assign]  # the cheapest way to count
        await pilot.press("up")
        await pilot.pause()
        assert 0 < len(painted) <= 2 * app.view.size.height


async def test_filtering_ten_thousand_is_bounded() -> None:
    rows = [MachineRow(f"m{n:05}", f"machine-{n:05}.example.org") for n in range(10_000)]
    async with running(rows) as (app, _pilot):
        best = 1.0
        for _attempt in range(3):
            app.view.set_filter("")
            start = time.perf_counter()
            app.view.set_filter("m9")
            best = min(best, time.perf_counter() - start)
        assert app.panel.current_key == "m09000"
        assert best < 0.5, "a key in the filter may not be felt, even on a slow machine"
