"""Several sessions in one tab: each has the size that it is shown in, and the keys go where one sees it."""

from __future__ import annotations

from mooring.model.terminal import TerminalSize
from mooring.ui.dialogs.confirm import EndSessionsDialog
from mooring.ui.sessions.session_pane import SessionPane
from mooring.ui.sessions.session_tab import SessionTab
from mooring.ui.tabs.switcher.switcher_dialog import SwitcherDialog
from support.mouse import drag
from support.session_screens import Desk, running_desk

SIZE = (130, 34)
COLUMNS, LINES = 100, 32
"""Of the deck, the machines folded away beside it."""


def tab(desk: Desk) -> SessionTab:
    """The active tab."""
    found = desk.main.deck.active_tab
    assert isinstance(found, SessionTab)
    return found


async def sized(desk: Desk, sizes: dict[int, tuple[int, int]]) -> None:
    """Wait until the remote programs of some sessions were told these sizes last."""
    wanted = {session: TerminalSize(*size) for session, size in sizes.items()}
    await desk.until(lambda: wanted.items() <= desk.engine.sizes.items(), f"the sizes are {sizes}")


def focused_pane(desk: Desk) -> SessionPane | None:
    """The pane that has the keys."""
    focused = desk.main.focused
    return next((pane for pane in desk.main.deck.panes if focused is pane.terminal), None)


async def test_a_tab_is_divided_and_each_half_has_its_own_size() -> None:
    async with running_desk("web-1", size=SIZE) as desk:
        await sized(desk, {1: (COLUMNS, LINES)})
        await desk.lead("vertical_line")
        await desk.until(lambda: 2 in desk.engine.sizes, "the same machine is opened once more")
        await sized(desk, {1: (50, LINES - 1), 2: (49, LINES - 1)})
        await desk.lead("minus")
        await desk.until(lambda: 3 in desk.engine.sizes, "and again, below")
        await sized(desk, {2: (49, 15), 3: (49, 15)})
        assert desk.titles() == ["web-1"]
        assert "web-1 +2" in desk.row()
        await desk.press("a")
        assert [bytes(typed) for typed in desk.engine.typed.values()] == [b"", b"", b"a"]
        await desk.lead("left")
        await desk.press("b")
        assert desk.engine.typed[1] == b"b"
        assert desk.shown().count("● web-1") == 3 + 2, "titles, tab and list"
        await desk.pilot.resize_terminal(110, 24)
        await sized(desk, {1: (40, 21), 2: (39, 10)})


async def test_sizes_are_changed_by_keys_and_by_dragging() -> None:
    async with running_desk("web-1", size=SIZE) as desk:
        await desk.lead("v")
        await desk.lead("left")
        await desk.lead("shift+right")
        await sized(desk, {1: (54, LINES - 1)})
        assert "leader" not in desk.shown().splitlines()[-1]
        await desk.press("shift+right", "shift+left", "shift+right")
        await sized(desk, {1: (58, LINES - 1)})
        await desk.press("l", "s")
        assert desk.engine.typed[1] == b"ls"
        await drag(desk.pilot, tab(desk), [(58, 9), (50, 9), (30, 9)])
        await sized(desk, {1: (30, LINES - 1), 2: (69, LINES - 1)})
        await desk.lead("minus")
        await drag(desk.pilot, tab(desk), [(3, 16), (3, 12), (3, 8)])
        await sized(desk, {1: (30, 7), 3: (30, 23)})


async def test_a_pane_is_gone_to_by_a_click_on_it_or_on_its_title() -> None:
    async with running_desk("web-1", size=SIZE) as desk:
        await desk.lead("v")
        left, right = tab(desk).panes
        assert focused_pane(desk) is right
        await desk.pilot.click(left.terminal, offset=(3, 3))
        assert focused_pane(desk) is tab(desk).active_pane is left
        await desk.pilot.click(tab(desk), offset=(70, 0))
        await desk.settled()
        assert focused_pane(desk) is tab(desk).active_pane is right
        await desk.lead("m")
        assert focused_pane(desk) is None
        await desk.lead("2")
        assert focused_pane(desk) is right


async def test_one_pane_is_zoomed_and_marks_say_what_happens_in_the_others() -> None:
    async with running_desk("web-1", size=SIZE) as desk:
        await desk.lead("v")
        await desk.lead("z")
        await sized(desk, {2: (COLUMNS, LINES - 1)})
        assert "2 of 2, zoomed" in desk.shown()
        desk.engine.writes(1, b"news")
        await desk.until(lambda: "web-1 +1 *" in desk.row(), "what happens behind it is marked")
        await desk.lead("z")
        await sized(desk, {2: (49, LINES - 1)})
        assert "*" not in desk.row()
        await desk.pilot.click(tab(desk), offset=(3, 0), times=2)
        await desk.settled()
        await sized(desk, {1: (COLUMNS, LINES - 1)})


async def test_where_there_is_no_room_one_is_shown_and_none_is_added() -> None:
    async with running_desk("web-1", size=SIZE) as desk:
        for _ in range(3):
            await desk.lead("v")
        assert len(tab(desk).panes) == 4
        await desk.lead("minus")
        assert desk.main.status.message == "a tab holds 4 sessions at most"
        await desk.pilot.resize_terminal(60, 24)
        await desk.settled()
        assert "4 of 4, no room for the others" in desk.shown()
        assert tab(desk).panes[3].terminal.size.width == 60
        await desk.lead("X")
        await desk.press("enter")
        await desk.open("web-2")
        for _ in range(2):
            await desk.lead("v")
        await desk.lead("v")
        assert desk.main.status.message == "there is no room for another session here"


async def test_closing_a_pane_gives_its_room_back_and_it_can_be_reopened() -> None:
    async with running_desk("web-1", size=SIZE) as desk:
        await desk.lead("v")
        desk.engine.ends(2)
        await desk.until(lambda: "ended with status 0" in desk.shown(), "the end is told in its pane")
        await desk.lead("x")
        await sized(desk, {1: (COLUMNS, LINES)})
        assert focused_pane(desk) is tab(desk).active_pane
        await desk.lead("u")
        assert desk.titles() == ["web-1", "web-1 (2)"]
        assert desk.active_title == "web-1 (2)"
        await desk.until(lambda: desk.engine.hosts.get(3) == "web-1", "it is connected again")
        await desk.lead("2")
        await desk.lead("v")
        await desk.lead("x")
        assert isinstance(desk.app.screen, EndSessionsDialog)
        await desk.press("enter")
        assert len(tab(desk).panes) == 1
        await desk.lead("v")
        await desk.lead("X")
        assert "2 sessions are open" in desk.shown()
        await desk.press("enter")
        assert desk.titles() == ["web-1 (2)"]


async def test_a_pane_moves_to_a_tab_of_its_own_and_back_to_its_place() -> None:
    async with running_desk("web-1", "web-2", size=SIZE) as desk:
        await desk.lead("v")
        await desk.lead("minus")
        await desk.lead("up")
        moved = tab(desk).active_pane
        before = [pane.region for pane in tab(desk).panes]
        await desk.lead("exclamation_mark")
        assert desk.titles() == ["web-1", "web-2", "web-2 (2)"]
        assert tab(desk).panes == (moved,)
        assert focused_pane(desk) is moved
        await sized(desk, {3: (COLUMNS, LINES)})
        await desk.lead("exclamation_mark")
        assert desk.titles() == ["web-1", "web-2"]
        assert [pane.region for pane in tab(desk).panes] == before
        assert focused_pane(desk) is tab(desk).active_pane is moved
        await desk.press("k")
        assert desk.engine.typed[3] == b"k"


async def test_a_session_is_moved_beside_that_of_another_tab() -> None:
    async with running_desk("web-1", "web-2", "db-1", size=SIZE) as desk:
        await desk.lead("exclamation_mark")
        assert isinstance(desk.app.screen, SwitcherDialog)
        await desk.press(*"web1", "enter")
        assert desk.titles() == ["web-1", "web-2"]
        assert [pane.machine.name for pane in tab(desk).panes] == ["web-1", "db-1"]
        await sized(desk, {1: (50, LINES - 1), 3: (49, LINES - 1)})
        assert "⚠" in desk.row()
        assert focused_pane(desk) is tab(desk).panes[1]
