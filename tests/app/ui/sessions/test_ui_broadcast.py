"""Typing into several sessions at once: to whom it goes, in which form, and what says so."""

from __future__ import annotations

from textual.events import Key, Paste

from mooring.ui.dialogs.guarded import confirmation
from mooring.ui.dialogs.paste import PasteDialog
from mooring.ui.sessions.broadcast.broadcast_dialog import BroadcastDialog
from support.session_screens import Desk, running_desk


def typed(desk: Desk) -> list[bytes]:
    """What each session was given, in the order in which they were opened."""
    return [bytes(data) for data in desk.engine.typed.values()]


async def start(desk: Desk, *keys: str) -> None:
    """Open the dialog, press keys in it, and start."""
    await desk.lead("b")
    assert isinstance(desk.app.screen, BroadcastDialog)
    await desk.press(*keys, "enter")


async def paste(desk: Desk, text: str) -> None:
    """Paste into whatever has the focus."""
    assert desk.main.focused is not None
    desk.main.focused.post_message(Paste(text))
    await desk.settled()


async def test_keys_go_to_all_that_were_chosen_each_in_its_own_form() -> None:
    async with running_desk("web-1", "web-2", "stage-1", "db-1") as desk:
        desk.engine.writes(2, b"\x1b[?1h\x1b[?2004h")
        await desk.lead("2")
        await start(desk, "a")
        assert "BROADCAST: you type into 3 sessions · f12 b ends it · web-1, web-2, stage-1" in desk.shown()
        assert "BROADCAST to 3" in desk.shown().splitlines()[0]
        assert desk.row().count("»") == 3
        await desk.press("l", "up")
        assert typed(desk) == [b"l\x1b[A", b"l\x1bOA", b"l\x1b[A", b""]
        await paste(desk, "one")
        assert typed(desk)[:3] == [b"l\x1b[Aone", b"l\x1bOA\x1b[200~one\x1b[201~", b"l\x1b[Aone"]
        desk.engine.writes(1, b"\x1b[6n\x1b[?1000h")
        await desk.until(lambda: typed(desk)[0].endswith(b"R"), "an answer of the terminal itself")
        assert [data.endswith(b"R") for data in typed(desk)] == [True, False, False, False]


async def test_single_ones_are_taken_out_and_in_and_it_ends_with_a_key() -> None:
    async with running_desk("web-1", "web-2", "stage-1") as desk:
        await start(desk, "a")
        await desk.lead("B")
        assert "broadcast to 2, not here" in desk.shown().splitlines()[0]
        assert "BROADCAST:" not in desk.shown()
        await desk.press("x")
        assert typed(desk) == [b"", b"", b"x"]
        await desk.lead("B")
        await desk.press("y")
        assert typed(desk) == [b"y", b"y", b"xy"]
        await desk.lead("b")
        assert desk.main.status.message == "the broadcast is over"
        await desk.press("z")
        assert typed(desk) == [b"y", b"y", b"xyz"]
        assert "»" not in desk.row()


async def test_guarded_machines_are_in_only_once_that_was_typed() -> None:
    async with running_desk("web-1", "db-1") as desk:
        await desk.lead("2")
        await desk.lead("b")
        await desk.press("down", "space", "enter")
        assert "Type  db-1  to go on" in desk.shown()
        await desk.press(*"db", "enter")
        assert isinstance(desk.app.screen, BroadcastDialog)
        for key, letter in (("d", "d"), ("b", "b"), ("minus", "-"), ("1", "1"), ("enter", "\r")):
            desk.app.post_message(Key(key, letter))
        await desk.until(lambda: "BROADCAST: you type into 2 sessions" in desk.shown(), "typed fast it counts, too")
        await desk.press("q")
        assert typed(desk) == [b"q", b"q"]
        await desk.lead("3")
        await desk.lead("B")
        assert "the broadcast" not in desk.main.status.message or "left" in desk.main.status.message
        await desk.press("w")
        assert typed(desk) == [b"q", b"qw"], "with one left there is no broadcast"


def test_what_has_to_be_typed_for_several() -> None:
    assert confirmation(["db-1"]) == confirmation(["db-1", "db-1"]) == "db-1"
    assert confirmation(["db-1", "db-2", "db-3"]) == "3 guarded"


async def test_a_session_that_ends_leaves_and_stays_out_when_it_is_connected_again() -> None:
    async with running_desk("web-1", "web-2", "stage-1") as desk:
        await start(desk, "a")
        desk.engine.ends(1, 1)
        await desk.until(lambda: "web-1 left the broadcast" in desk.main.status.message, "it is said")
        await desk.lead("2")
        await desk.lead("r")
        await desk.until(lambda: 4 in desk.engine.typed, "it is connected again")
        await desk.lead("4")
        await desk.press("k")
        assert typed(desk) == [b"", b"k", b"k", b""]
        desk.engine.ends(2)
        await desk.until(lambda: "which ends it" in desk.main.status.message, "one alone is no broadcast")


async def test_a_paste_asks_first_where_one_of_them_would_press_enter() -> None:
    async with running_desk("web-1", "web-2") as desk:
        desk.engine.writes(2, b"\x1b[?2004h")
        await desk.until(lambda: desk.main.deck.panes[1].terminal.emulator.modes.bracketed_paste, "the mode is on")
        await start(desk, "a")
        await paste(desk, "one\ntwo\n")
        assert isinstance(desk.app.screen, PasteDialog)
        await desk.press("y")
        assert typed(desk) == [b"one\rtwo\r", b"\x1b[200~one\rtwo\r\x1b[201~"]


async def test_the_sessions_of_a_divided_tab_are_chosen_at_first_and_their_titles_say_so() -> None:
    async with running_desk("web-2", "web-1") as desk:
        await desk.lead("v")
        await start(desk)
        assert [pane.item().receives for pane in desk.main.deck.panes] == [False, True, True]
        await desk.press("u")
        assert typed(desk) == [b"", b"u", b"u"]
        assert desk.shown().splitlines()[1].count("» ● web-1") == 2
        await desk.lead("x")
        await desk.press("enter")
        assert not any(pane.item().receives for pane in desk.main.deck.panes)


async def test_one_session_alone_is_no_broadcast() -> None:
    async with running_desk("web-1") as desk:
        await desk.lead("b")
        assert desk.main.status.message == "a broadcast wants 2 open sessions or more"
