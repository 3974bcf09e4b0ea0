"""The list as a person uses it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from textual import events
from textual.geometry import Region
from textual.pilot import Pilot
from textual.strip import Strip

from mooring_widgets.machine_list import MachineListView, MachineRow, RowState, SortOrder, line_painter
from mooring_widgets.machine_list.columns import ColumnSpan
from mooring_widgets.machine_list.paint import LineStyles, PaintedMachine, paint_machine
from mooring_widgets.machine_list.work import PIECE
from support.machine_list_app import MachineListApp, fleet, running

ROWS = [
    *(MachineRow(f"web-{n}", f"web-{n}", f"10.0.0.{n}", "ops", "ec2", ("nginx",), ("production",)) for n in (1, 2, 3)),
    MachineRow("db-1", "db-1", "10.0.0.9", "postgres", "ec2", (), ("production",)),
    MachineRow("stage", "stage", groups=("staging",)),
    MachineRow("broken", "broken", groups=("staging",), problem="unreadable"),
]
"""Listed as production with db-1, web-1, web-2, web-3, then staging with broken, stage."""

MANY = fleet(16 * PIECE)
"""More than one slice of work gets through."""


async def until(pilot: Pilot[None], ready: Callable[[], bool], what: str) -> None:
    """Let the application go on until `ready()`."""
    for _ in range(1000):
        if ready():
            return
        await pilot.pause(0.02)
    raise AssertionError(f"never came: {what}")


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys, and wait for what comes of them."""
    await pilot.press(*keys)
    assert isinstance(pilot.app, MachineListApp)
    await pilot.app.view.arranged()
    await pilot.pause()


def type_at_once(app: MachineListApp, text: str) -> None:
    """Type faster than anything is handled; `>` is enter and `v` with a dot is down."""
    names = {"/": "slash", ">": "enter", "v": "down", " ": "space", "<": "backspace"}
    for character in text:
        name = names.get(character, character)
        app.post_message(events.Key(name, character if len(name) == 1 or name in ("slash", "space") else None))


async def test_the_cursor_starts_on_a_machine_and_its_heading_is_seen() -> None:
    async with running(ROWS) as (app, _pilot):
        assert app.panel.current_key == "db-1"
        assert app.shown()[0].startswith(" ▾ production")


async def test_while_the_first_rows_come_the_cursor_is_on_the_first_of_them_unless_it_was_moved() -> None:
    for moved in (False, True):
        async with running([]) as (app, pilot):
            app.panel.set_loading(True)
            app.panel.set_rows(ROWS[1:3])
            await app.view.arranged()
            app.panel.set_loading(True)
            assert app.panel.current_key == "web-2"
            if moved:
                await press(pilot, "down")
            app.panel.set_rows(ROWS[:4])
            await app.view.arranged()
            assert app.panel.current_key == ("web-3" if moved else "db-1")
            app.panel.set_loading(False)
            app.panel.set_rows([*ROWS, MachineRow("a", "a", groups=("production",))])
            await app.view.arranged()
            assert app.panel.current_key == ("web-3" if moved else "db-1"), "it stays, once all are there"


async def test_rows_may_come_while_the_list_is_being_laid_out() -> None:
    async with running([]) as (app, pilot):
        await pilot.resize_terminal(60, 20)
        app.panel.set_rows(ROWS)
        await until(pilot, lambda: bool(app.seen), "the lines")
        assert app.panel.current_key == "db-1"


async def test_enter_opens_the_machine_under_the_cursor() -> None:
    async with running(ROWS) as (app, pilot):
        await press(pilot, "down", "enter")
        assert app.opened == ["web-1"]
        assert app.highlighted == ["db-1", "web-1"]


async def test_filtering_selects_the_best_and_enter_opens_it_at_once() -> None:
    async with running(ROWS) as (app, pilot):
        await press(pilot, "slash", *"w3")
        assert app.panel.current_key == app.highlighted[-1] == "web-3"
        await press(pilot, "enter")
        assert app.opened == ["web-3"]


async def test_leaving_the_filter_keeps_it_and_esc_in_the_list_clears_it() -> None:
    async with running(ROWS) as (app, pilot):
        for key in ("down", "tab", "escape"):
            await press(pilot, "slash", *"db", key)
            assert app.view.has_focus
            assert app.panel.pattern == "db"
            assert app.shown()[1] == ""
            await press(pilot, "escape")
            assert app.panel.pattern == ""
        assert "    stage" in app.shown()


async def test_a_cleared_filter_leaves_the_machine_among_its_neighbours() -> None:
    async with running(fleet(300)) as (app, pilot):
        await press(pilot, "slash", *"fra-150", "escape", "escape")
        assert app.panel.pattern == ""
        assert app.panel.current_key == "m150"
        assert app.view.cursor - app.view.scroll_offset.y == app.view.window_height // 3
        await press(pilot, "slash", "z", "z", "exclamation_mark", "ctrl+u")
        assert app.view.scroll_offset.y == 0, "nobody was anywhere"


async def test_ctrl_u_clears_the_filter_from_within() -> None:
    async with running(ROWS) as (app, pilot):
        await press(pilot, "slash", *"zzz")
        assert app.panel.current_key is None
        await press(pilot, "ctrl+u")
        assert app.panel.current_key == "db-1"


@pytest.mark.parametrize("rows", [ROWS, [*ROWS, *MANY]], ids=["few", "many"])
async def test_keys_that_outrun_the_list_are_neither_lost_nor_reordered(rows: Sequence[MachineRow]) -> None:
    async with running(rows) as (app, pilot):
        type_at_once(app, "/stagg<e>")
        await until(pilot, lambda: bool(app.opened), "the machine is opened")
        assert app.opened == ["stage"]
        assert app.panel.pattern == "stage"
        app.panel.focus_list()
        await press(pilot, "escape")
        type_at_once(app, "/web-3vkj>")
        await until(pilot, lambda: len(app.opened) == 2, "the other machine is opened")
        assert app.opened[1] == app.panel.current_key
        assert app.panel.pattern == "web-3"


async def test_without_a_match_enter_goes_back_to_the_filter() -> None:
    async with running(ROWS) as (app, pilot):
        await press(pilot, "slash", *"zzz", "enter")
        assert app.opened == []
        await press(pilot, "ctrl+u", *"db", "enter")
        assert app.opened == ["db-1"]


async def test_groups_fold_and_unfold() -> None:
    async with running(ROWS) as (app, pilot):
        await press(pilot, "left")
        assert app.shown()[:2] == [" ▸ production" + " " * 64 + "4", " ▾ staging" + " " * 67 + "2"]
        assert app.panel.current_key is None
        await press(pilot, "right")
        assert "    web-1  " in "\n".join(app.shown())
        await press(pilot, "shift+left")
        assert [line[:4] for line in app.shown()[:3]] == [" ▸ p", " ▸ s", ""]
        await press(pilot, "down", "enter")
        assert [line[:5] for line in app.shown()[:3]] == [" ▸ pr", " ▾ st", "  ! b"]


async def test_the_list_can_be_flat_and_is_sorted_by_what_one_asks_for() -> None:
    async with running(ROWS) as (app, pilot):
        await press(pilot, "down", "t")
        assert [line[4:9] for line in app.shown()[:6]] == ["broke", "db-1 ", "stage", "web-1", "web-2", "web-3"]
        assert app.panel.current_key == "web-1", "the cursor stays on its machine"
        app.panel.set_state("web-2", RowState.OPEN)
        await press(pilot, "s", "s")
        assert app.view.order is SortOrder.STATE
        assert app.shown()[0].startswith("  ● web-2")
        app.panel.set_state("stage", RowState.OPEN)
        await until(pilot, lambda: app.shown()[0].startswith("  ● stage"), "lines move for a state")
        assert app.panel.current_key == "web-1"
        await press(pilot, "s", "t")
        assert (app.view.order, app.view.is_flat) == (SortOrder.RECENCY, False)


async def test_space_marks_and_goes_on_to_the_next_machine_over_a_heading() -> None:
    async with running(ROWS) as (app, pilot):
        await press(pilot, *["space"] * 5)
        assert app.view.marked_keys == {"db-1", "web-1", "web-2", "web-3", "broken"}
        assert "✓ 5" in app.panel.query_one("ListHeader").render_line(0).text
        await press(pilot, "u", "home", "up", "space")
        assert app.view.marked_keys == {"db-1", "web-1", "web-2", "web-3"}, "on a heading, all of its machines"


async def test_a_range_is_drawn_out_and_back() -> None:
    async with running(ROWS) as (app, pilot):
        await press(pilot, "space", "down", "shift+down", "shift+down")
        assert app.view.marked_keys == {"db-1", "web-2", "web-3"}, "a heading is no machine"
        await press(pilot, "shift+up", "shift+up", "shift+up")
        assert app.view.marked_keys == {"db-1", "web-1", "web-2"}
        await press(pilot, "down", "down", "down", "down", "shift+down")
        assert app.view.marked_keys == {"db-1", "web-1", "web-2", "broken", "stage"}


async def test_all_that_fit_are_marked_the_others_instead_and_none() -> None:
    async with running(ROWS) as (app, pilot):
        await press(pilot, "slash", *"web", "down", "a")
        assert app.view.marked_keys == {"web-1", "web-2", "web-3"}
        await press(pilot, "escape", "i")
        assert app.view.marked_keys == {"db-1", "stage", "broken"}
        await press(pilot, "u")
        assert app.view.marked_keys == frozenset()
        marks = [event.keys for event in app.heard if isinstance(event, MachineListView.MarksChanged)]
        assert [len(keys) for keys in marks] == [3, 3, 0]


async def test_a_reload_leaves_everything_where_it_was() -> None:
    rows = [MachineRow(f"m{n}", f"machine-{n}", groups=(f"g{n % 3}",)) for n in range(300)]
    async with running(rows) as (app, pilot):
        await press(pilot, "left", "down", "down", "space", *["pagedown"] * 2, *["up"] * 3)
        before, cursor = app.shown(), app.view.cursor
        assert cursor > app.view.window_height
        app.panel.set_rows([row for row in rows if row.key not in ("m0", "m4", "m298")])
        await press(pilot)
        assert app.shown() == before, "they were above and below, and the window holds still"
        assert app.view.cursor == cursor - 1
        assert app.view.marked_keys == {"m1"}


async def test_a_machine_that_goes_leaves_the_cursor_on_the_next() -> None:
    async with running(ROWS) as (app, pilot):
        await press(pilot, "down", "down")
        assert app.panel.current_key == "web-2"
        app.panel.set_rows([row for row in ROWS if row.key != "web-2"])
        await press(pilot)
        assert app.panel.current_key == "web-3"


async def test_a_reload_holds_no_key_up() -> None:
    async with running(MANY) as (app, pilot):
        first = app.panel.current_key
        app.panel.set_rows(MANY[1:])
        assert app.view.is_arranging, "it takes more than one slice"
        await pilot.press("down")
        assert app.panel.current_key != first
        moved = app.panel.current_key
        await press(pilot)
        assert not app.view.is_arranging
        assert app.panel.current_key == moved


async def test_a_machine_can_be_selected_before_it_is_listed() -> None:
    async with running(MANY[:10]) as (app, pilot):
        app.panel.set_rows(MANY)
        assert app.view.select("m7777")
        await press(pilot)
        assert app.panel.current_key == "m7777"
        assert not app.view.select("nobody")


async def test_a_state_is_shown_by_sign_and_word_where_its_machine_stands() -> None:
    async with running(ROWS) as (app, pilot):
        app.panel.set_state("web-2", RowState.OPEN)
        app.panel.set_state("web-3", RowState.TIMED_OUT, "timed out 5 s")
        app.panel.set_state("nobody", RowState.OPEN)
        await press(pilot)
        shown = "\n".join(app.shown())
        assert "  ● web-2   open " in shown
        assert "  ✕ web-3   timed out 5 s" in shown
        assert "  ! broken  unreadable" in shown
        app.panel.set_rows(ROWS)
        await press(pilot)
        assert "\n".join(app.shown()) == shown


async def test_a_filter_that_asks_for_a_state_follows_it() -> None:
    async with running(ROWS) as (app, pilot):
        await press(pilot, "slash", *"state:up")
        assert app.panel.has_class("-empty")
        app.panel.set_state("web-2", RowState.UP, "3 ms")
        await until(pilot, lambda: app.panel.current_key == "web-2", "the machine that came up")


async def test_without_colour_signs_and_words_remain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    rows = [MachineRow("web-1", "web-1", guard=True, colour="red", state=RowState.REFUSED)]
    async with running(rows) as (app, _pilot):
        lines = app.view.render_lines(Region(0, 0, 80, 2))
        colours = [style.color.get_truecolor() for line in lines for _, style, _ in line if style and style.color]
        assert colours
        assert all(colour.red == colour.green == colour.blue for colour in colours)
        assert lines[0].text.startswith("▎ ✕ web-1 ⚠  refused")


async def test_columns_follow_the_width() -> None:
    async with running(ROWS, size=(80, 24)) as (app, pilot):
        assert "10.0.0.1  ops" in "\n".join(app.shown())
        await pilot.resize_terminal(20, 24)
        await until(pilot, lambda: "10.0.0.1" not in "\n".join(app.shown()), "the narrow list")
        assert "    web-1" in app.shown()


async def test_the_mouse_selects_opens_folds_marks_and_scrolls() -> None:
    async with running(ROWS) as (app, pilot):
        await pilot.click(MachineListView, offset=(8, 3))
        assert app.panel.current_key == "web-2"
        await pilot.click(MachineListView, offset=(8, 4), shift=True)
        assert app.view.marked_keys == {"web-2", "web-3"}
        await pilot.click(MachineListView, offset=(8, 1), control=True)
        assert app.view.marked_keys == {"db-1", "web-2", "web-3"}
        assert app.opened == []
        await pilot.click(MachineListView, offset=(8, 2), times=2)
        await until(pilot, lambda: app.opened == ["web-1"], "a double click opens")
        await pilot.click(MachineListView, offset=(20, 0))
        assert app.shown()[0].startswith(" ▾"), "a heading is selected by its name"
        await pilot.click(MachineListView, offset=(1, 0))
        assert app.shown()[0].startswith(" ▸"), "and folded by its sign"


async def test_the_wheel_scrolls_and_leaves_the_cursor() -> None:
    async with running(fleet(100)) as (app, pilot):
        first = app.panel.current_key
        await pilot._post_mouse_events([events.MouseScrollDown], MachineListView, offset=(8, 8))
        await until(pilot, lambda: app.view.scroll_offset.y > 0, "the list scrolls")
        assert app.panel.current_key == first
        await press(pilot, "down")
        assert app.view.scroll_offset.y <= app.view.cursor < app.view.scroll_offset.y + app.view.window_height


async def test_what_is_in_view_is_told_when_it_stands_still() -> None:
    async with running(MANY) as (app, pilot):
        await until(pilot, lambda: bool(app.seen), "what is in view")
        height = app.view.window_height
        assert 0 < len(app.seen[-1]) <= height
        await press(pilot, "end")
        await until(pilot, lambda: app.panel.current_key in app.seen[-1], "what is in view at the end")
        assert len(app.seen[-1]) == height


@pytest.mark.parametrize("count", [100, len(MANY)])
async def test_a_key_costs_what_is_visible(monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    painted: list[str] = []

    def counted(machine: PaintedMachine, spans: Sequence[ColumnSpan], width: int, styles: LineStyles) -> Strip:
        painted.append(machine.row.key)
        return paint_machine(machine, spans, width, styles)

    monkeypatch.setattr(line_painter, "paint_machine", counted)
    async with running(MANY[:count]) as (app, pilot):
        await until(pilot, lambda: bool(app.seen), "the first paint")
        await press(pilot, "down", "down")  # Past a heading where there is one.
        first = app.panel.current_key
        painted.clear()
        await press(pilot, "down")
        assert {app.panel.current_key} <= set(painted) <= {first, app.panel.current_key}
        await press(pilot, "end")
        assert len(painted) <= 4 + app.view.window_height
        painted.clear()
        await press(pilot, "up", "down")
        assert len(painted) <= 2, "what was painted before is not painted again"


async def test_what_stands_in_for_the_lines() -> None:
    def instead() -> str:
        return str(app.panel.query_one(".machine-list--instead").render())

    async with running([]) as (app, pilot):
        assert app.panel.has_class("-empty")
        assert app.view.has_focus, "the keys go on working"
        assert instead() == "no machines"
        app.panel.set_loading(True)
        assert instead() == "◌ reading machines"
        app.panel.set_rows(ROWS)
        await press(pilot)
        assert not app.panel.has_class("-empty")
        assert "◌ reading  6" in app.panel.query_one("ListHeader").render_line(0).text
        app.panel.set_loading(False)
        await press(pilot, "slash", *"[b]zz")
        assert "no machine fits “[b]zz”" in instead()
        assert "ctrl+u" in instead()


async def test_a_source_that_failed_is_told_below_what_was_read() -> None:
    async with running(ROWS) as (app, pilot):
        app.panel.set_failures(["ansible: [red]no such\x1b file", "b", "c", "d", "e"])
        await press(pilot)
        told = str(app.panel.query_one(".machine-list--failures").render())
        assert told == "! ansible: [red]no such␛ file\n! b\n! c\n! and 2 more"
        assert "    web-1" in "\n".join(app.shown())
        app.panel.set_failures([])
        assert not app.panel.has_class("-failures")
