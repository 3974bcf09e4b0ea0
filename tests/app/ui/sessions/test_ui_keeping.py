"""Quitting while sessions are open, and the tabs that the next screens have for them."""

from __future__ import annotations

import pytest

from mooring.engine.protocol import Kept, KeptSession
from mooring.model.connection import ConnectionFacts
from mooring.model.terminal import TerminalSize
from mooring.model.workspace import PanePlan, SplitPlan, TabPlan
from mooring.ui.dialogs.quit import QuitDialog
from mooring.ui.sessions.keeping.note import read_note, write_note
from support.session_screens import MACHINES, Desk, desk_of, running_desk, session_app
from support.still_engine import StillEngine

FACTS = ConnectionFacts("ops", "192.0.2.1", 22, "ed25519", "SHA256:0")


async def quit_by(desk: Desk, key: str) -> None:
    """Ask to quit, and answer."""
    desk.main.perform("quit")
    await desk.until(lambda: isinstance(desk.app.screen, QuitDialog), "it is asked")
    await desk.press(key)


@pytest.mark.parametrize(("key", "is_left"), [("enter", True), ("k", True), ("e", False)])
async def test_quitting_keeps_the_sessions_or_ends_them(key: str, is_left: bool) -> None:
    async with running_desk("web-1", "web-2") as desk:
        await quit_by(desk, "escape")
        assert desk.main.deck.panes[0].is_live and not desk.engine.is_left
        await quit_by(desk, key)
        await desk.until(lambda: desk.app.return_code == 0 and not desk.app._running, "it ends")
        assert desk.engine.is_left is is_left
        if is_left:
            assert [tab.plan for tab in read_note(desk.engine.note).tabs] == [
                PanePlan("web-1", 1), PanePlan("web-2", 2),
            ]  # fmt: skip


async def test_the_demos_sessions_are_ended_by_the_same_question_without_an_offer_to_keep_them() -> None:
    async with running_desk("web-1", "web-2", keeps_sessions=False) as desk:
        desk.main.perform("quit")
        await desk.until(lambda: isinstance(desk.app.screen, QuitDialog), "it is asked")
        await desk.until(lambda: "Quit and end them" in desk.shown(), "it is shown")
        assert "keep them running" not in desk.shown()
        await desk.press("k")
        assert isinstance(desk.app.screen, QuitDialog), "and no key keeps them"
        await desk.press("down", "enter")
        await desk.until(lambda: not isinstance(desk.app.screen, QuitDialog), "it stays")
        assert desk.main.deck.panes[0].is_live
        await quit_by(desk, "enter")
        await desk.until(lambda: desk.app.return_code == 0 and not desk.app._running, "it ends")
        assert not desk.engine.is_left


async def test_sessions_that_no_later_screens_would_find_are_not_offered_to_be_kept() -> None:
    async with running_desk("web-1") as desk:
        desk.engine.kept = Kept(can_keep=False)
        desk.main.perform("quit")
        await desk.until(lambda: "they can't be kept" in desk.shown(), "it is asked")
        assert "mooring doctor" in desk.shown()
        assert "running" not in desk.shown()
        await desk.press("enter")
        await desk.until(lambda: desk.app.return_code == 0 and not desk.app._running, "it ends")


async def test_the_next_screens_have_the_tabs_as_they_were_and_one_for_what_is_not_in_the_note() -> None:
    engine = StillEngine()
    divided = SplitPlan("columns", (PanePlan("web-1", 11), PanePlan("db-1", 13)), (2.0, 1.0))
    gone = SplitPlan("lines", (PanePlan("web-2", 12), PanePlan("web-2", 99)), (1.0, 1.0))
    note = write_note((TabPlan(divided, "deploy"), TabPlan(gone)), 2)
    kept = [(11, 0), (12, 1), (13, 2), (14, 3)]
    engine.kept = Kept(
        tuple(KeptSession(number, MACHINES[place], TerminalSize(80, 24), "open", 0.0, FACTS) for number, place in kept),
        note,
    )
    app = session_app(engine)
    async with app.run_test(size=(130, 34)) as pilot:
        desk = await desk_of(app, pilot, engine)
        await desk.until(lambda: len(desk.main.deck.panes) == 4, "they are taken up")
        await desk.until(lambda: desk.active_title == "web-2", "the tab that was looked at is active again")
        assert desk.titles() == ["deploy", "web-2", "stage-1"]
        await desk.lead("2")
        await desk.until(lambda: desk.shown().count("as it was") == 2, "both are shown")
        weights = desk.main.deck.tabs[0].division.root.weights  # type: ignore[attr-defined]
        assert weights[0] == pytest.approx(2 * weights[1])


@pytest.mark.parametrize(
    "note",
    ["", "{", "[]", '{"tabs": 3, "active": 1}', '{"tabs": [["", {"axis": "x"}]], "active": 1}', "[" * 100_000],
)
def test_a_note_of_somebody_else_is_none(note: str) -> None:
    assert read_note(note).tabs == ()
