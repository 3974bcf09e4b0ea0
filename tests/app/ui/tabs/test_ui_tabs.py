"""Tabs: going to them, naming and moving them, closing them and having them back, by keys and by the mouse."""

from __future__ import annotations

from textual.widgets import Input

from mooring.ui.dialogs.confirm import EndSessionsDialog
from mooring.ui.sessions.session_pane import SessionPane
from mooring.ui.tabs.closed_tabs import MOST_TABS, ClosedTabs
from mooring.ui.tabs.rename_dialog import RenameDialog
from mooring.ui.tabs.switcher.goals import Goal, find
from mooring.ui.tabs.switcher.switcher_dialog import SwitcherDialog
from mooring.ui.tabs.tab_pane import TabPane
from mooring_widgets.session_tabs import SessionTabs, TabState
from support.mouse import drag
from support.session_screens import Desk, running_desk


def pane(desk: Desk, index: int) -> SessionPane:
    """The pane of a tab by its place."""
    return desk.main.deck.panes[index]


async def test_tabs_are_gone_to_by_number_and_in_turn() -> None:
    async with running_desk("web-1", "web-2", "db-1") as desk:
        assert desk.active_title == "db-1"
        await desk.lead("2")
        assert desk.active_title == "web-1"
        await desk.lead("9")
        assert desk.active_title == "web-1"
        await desk.lead("n")
        assert desk.active_title == "web-2"
        await desk.press("ctrl+pageup", "ctrl+pageup")
        assert desk.active_title == ""
        assert desk.main.deck.details.display
        assert not any(pane.display for pane in desk.main.deck.panes)


async def test_a_duplicate_stands_beside_its_original() -> None:
    async with running_desk("web-1", "web-2") as desk:
        await desk.lead("2")
        await desk.lead("d")
        assert desk.titles() == ["web-1", "web-1 (2)", "web-2"]
        assert desk.active_title == "web-1 (2)"
        assert list(desk.engine.hosts.values()) == ["web-1", "web-2", "web-1"]


async def test_tabs_are_moved_by_key_and_stay_at_the_ends() -> None:
    async with running_desk("web-1", "web-2", "db-1") as desk:
        await desk.lead("less_than_sign")
        assert desk.titles() == ["web-1", "db-1", "web-2"]
        for _ in range(3):
            await desk.lead("less_than_sign")
        assert desk.titles() == ["db-1", "web-1", "web-2"]
        await desk.lead("greater_than_sign")
        assert desk.titles() == ["web-1", "db-1", "web-2"]
        assert desk.active_title == "db-1"


async def test_tabs_are_moved_closed_and_gone_to_by_the_mouse() -> None:
    async with running_desk("web-1", "web-2", "db-1") as desk:
        row = desk.main.query_one(SessionTabs)
        start = desk.row().index("web-1")
        await drag(desk.pilot, row, [(x, 0) for x in range(start, start + 45)])
        assert desk.titles() == ["web-2", "db-1", "web-1"]
        assert desk.active_title == "web-1"
        await desk.pilot.mouse_down(row, offset=(desk.row().index("web-2"), 0), button=2)
        await desk.settled()
        await desk.press("enter")
        assert desk.titles() == ["db-1", "web-1"]
        assert desk.active_title == "web-1"
        await desk.pilot.click(row, offset=(desk.row().index("db-1"), 0))
        await desk.settled()
        assert desk.active_title == "db-1"
        assert desk.main.focused is pane(desk, 0).terminal


async def test_a_tab_is_renamed_and_gets_its_usual_name_back() -> None:
    async with running_desk("web-1") as desk:
        await desk.lead("e")
        assert isinstance(desk.app.screen, RenameDialog)
        await desk.press(*"log", "enter")
        assert desk.titles() == ["log"]
        await desk.lead("comma")
        await desk.press("escape")
        assert desk.titles() == ["log"]
        await desk.lead("e")
        await desk.press("backspace", "enter")
        assert desk.titles() == ["web-1"]
        assert desk.main.focused is pane(desk, 0).terminal


async def test_a_program_names_its_tab_once_its_title_stands() -> None:
    async with running_desk("web-1", "web-2") as desk:
        desk.engine.writes(2, b"\x1b]0;ops@web-2: ls\x07\x1b]0;ops@web-2: ~/src\x07")
        await desk.until(lambda: "web-2 · ~/src" in desk.row(), "the title stands beside the name")
        desk.engine.writes(2, b"\x1b]2;vi\xe2\x80\xaem\x07")
        await desk.until(lambda: "web-2 · vim " in desk.row(), "what reorders text is not let through")
        await desk.lead("2")
        assert "~/src" not in desk.row()


async def test_what_happens_unseen_is_marked_until_it_is_looked_at() -> None:
    async with running_desk("web-1", "web-2", "db-1") as desk:
        desk.engine.writes(1, b"news")
        desk.engine.writes(2, b"\x07")
        await desk.until(lambda: "● web-1 *" in desk.row() and "● web-2 !" in desk.row(), "both are marked")
        await desk.lead("2")
        assert "● web-1 *" not in desk.row()
        assert "⚠" in desk.row()
        desk.engine.ends(3, 1)
        await desk.until(lambda: "■ db-1 ⚠ *" in desk.row(), "an end is marked")
        await desk.lead("4")
        assert "■ db-1 ⚠ ×" in desk.row()
        assert "db-1 ended with status 1" in desk.shown()


async def test_a_closed_tab_comes_back_with_name_place_and_scrollback() -> None:
    async with running_desk("web-1", "web-2", "db-1") as desk:
        await desk.lead("3")
        await desk.lead("e")
        await desk.press(*"log", "enter")
        desk.engine.writes(2, b"".join(b"line %d\r\n" % number for number in range(100)))
        await desk.until(lambda: not pane(desk, 1).terminal.pending, "all is taken in")
        before = pane(desk, 1)
        await desk.lead("x")
        assert isinstance(desk.app.screen, EndSessionsDialog)
        await desk.press("enter")
        assert desk.titles() == ["web-1", "db-1"]
        assert desk.active_title == "web-1"
        await desk.lead("u")
        assert desk.titles() == ["web-1", "log", "db-1"]
        assert desk.active_title == "log"
        await desk.until(lambda: pane(desk, 1).state is TabState.OPEN, "it is connected again")
        assert pane(desk, 1) is before
        assert before.terminal.emulator.scrollback_row(0).text.startswith("ops@web-2:~$ line 0")
        assert desk.main.focused is before.terminal
        await desk.press("a")
        assert desk.engine.typed[4] == b"a"
        await desk.lead("u")
        assert len(desk.titles()) == 3


async def test_closed_tabs_are_kept_within_bounds() -> None:
    class Kept(TabPane):
        @property
        def kept_bytes(self) -> int:
            return 10

    tabs = [Kept(str(number), id=f"tab-{number}") for number in range(MOST_TABS + 1)]
    many, few = ClosedTabs(1000), ClosedTabs(25)
    assert [many.put(tab, 0) for tab in tabs][-1] == (tabs[0],)
    assert few.put(tabs[0], 0) == few.put(tabs[1], 0) == ()
    assert few.put(tabs[2], 0) == (tabs[0],)
    last = few.take_last()
    assert last is not None and last.tab is tabs[2]
    assert ClosedTabs(9).put(tabs[0], 0) == (tabs[0],)


async def test_the_widgets_of_a_tab_that_is_not_kept_are_gone() -> None:
    async with running_desk("web-1") as desk:
        for _ in range(MOST_TABS + 3):
            await desk.open("web-2")
            await desk.main.desks.tabs.close_at_once(desk.main.deck.tabs[-1])
        await desk.settled()
        assert len(desk.main.query(SessionPane)) == MOST_TABS + 1


class TestTheSwitcher:
    async def test_enter_alone_goes_back_and_forth(self) -> None:
        async with running_desk("web-1", "web-2", "db-1") as desk:
            await desk.lead("2")
            await desk.lead("g")
            assert isinstance(desk.app.screen, SwitcherDialog)
            await desk.press("enter")
            assert desk.active_title == "db-1"
            await desk.lead("g")
            await desk.press("enter")
            assert desk.active_title == "web-1"

    async def test_letters_find_a_tab_by_what_goes_on_in_it(self) -> None:
        async with running_desk("web-1", "web-2", "db-1") as desk:
            desk.engine.writes(1, b"\x1b]2;journalctl -f\x07")
            await desk.until(lambda: bool(pane(desk, 0).program_title), "the title stands")
            await desk.lead("g")
            await desk.press(*"jctl", "enter")
            assert desk.active_title == "web-1"
            assert desk.main.focused is pane(desk, 0).terminal

    async def test_a_machine_that_has_no_tab_is_opened(self) -> None:
        async with running_desk("web-1") as desk:
            await desk.lead("g")
            await desk.press(*"stg", "enter")
            assert desk.titles() == ["web-1", "stage-1"]
            assert desk.active_title == "stage-1"

    async def test_down_goes_to_the_next_and_escape_stays(self) -> None:
        async with running_desk("web-1", "web-2") as desk:
            await desk.lead("g")
            await desk.press("down", "down", "up", "down", "enter")
            assert desk.active_title == "web-2"
            await desk.lead("g")
            await desk.press(*"xyz")
            assert "nothing fits" in desk.shown()
            await desk.press("enter")
            assert desk.app.screen.query_one(Input).has_focus
            await desk.press("escape")
            assert desk.active_title == "web-2"

    def test_every_word_counts_and_open_tabs_come_first(self) -> None:
        goals = [
            Goal("m", "web-1", "10.0.0.1"),
            Goal("t", "web-1", "vim", number=2),
            Goal("u", "db-1", "vim", number=3),
        ]
        assert [fit.goal.key for fit in find("web", goals)] == ["t", "m"]
        assert [fit.goal.key for fit in find("vim db", goals)] == ["u"]
        assert [fit.goal.key for fit in find("", goals)] == ["m", "t", "u"]
        assert find("web vim x", goals) == []
