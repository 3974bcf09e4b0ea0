"""Search, copy mode and pastes in the application's tabs: which keys lead there, and who has the keys."""

from __future__ import annotations

from textual.events import Paste

from mooring.ui.dialogs.paste import PasteDialog
from mooring.ui.keys import Area
from mooring.ui.screens.focus import area_of
from support.session_screens import Desk, running_desk

LOG = b"".join(
    b"12:%02d:%02d \x1b[32mINFO\x1b[m request %d took %d ms\r\n" % (n // 60, n % 60, n, n * 7 % 90) for n in range(120)
)


async def with_log(desk: Desk) -> None:
    """A session that wrote a log."""
    await desk.open("web-1")
    desk.engine.writes(1, LOG + b"see https://example.com/runbook\r\nops@web-1:~$ ")
    await desk.until(lambda: "ops@web-1" in desk.shown(), "the log is there")


async def test_search_and_copy_mode_have_the_keys_while_they_are_on() -> None:
    async with running_desk() as desk:
        await with_log(desk)
        await desk.lead("slash")
        assert area_of(desk.main.focused) is Area.SEARCH
        await desk.press("q", "x", "backspace")
        await desk.press("escape")
        assert area_of(desk.main.focused) is Area.SESSION
        await desk.lead("left_square_bracket")
        assert area_of(desk.main.focused) is Area.COPY
        await desk.press("u", "y")
        await desk.until(lambda: desk.app.clipboard == "https://example.com/runbook", "the address is copied")
        assert area_of(desk.main.focused) is Area.SESSION
        assert desk.main.status.message == "copied: https://example.com/runbook"
        assert not desk.engine.typed.get(1)
        await desk.press("q")
        assert desk.engine.typed[1] == b"q"


async def test_a_session_that_is_over_is_searched_and_copied_from_too() -> None:
    async with running_desk() as desk:
        await with_log(desk)
        desk.engine.ends(1, 3)
        await desk.until(lambda: area_of(desk.main.focused) is Area.OVER, "the session is over")
        await desk.press("left_square_bracket", "question_mark", *"request 50 ", "enter", "y")
        await desk.until(lambda: desk.app.clipboard.endswith("request 50 took 80 ms"), "the line is copied")
        assert area_of(desk.main.focused) is Area.OVER


async def test_a_paste_that_presses_enter_is_asked_about_where_the_program_takes_it_for_typing() -> None:
    async with running_desk() as desk:
        await with_log(desk)
        desk.app.post_message(Paste("one\ntwo\n"))
        await desk.until(lambda: isinstance(desk.app.screen, PasteDialog), "it is asked")
        await desk.press("enter")
        assert desk.engine.typed[1] == b"one\rtwo\r"
        desk.app.post_message(Paste("one line"))
        await desk.until(lambda: desk.engine.typed[1].endswith(b"one line"), "one line is no question")
        desk.engine.writes(1, b"\x1b[?2004h")
        await desk.settled()
        desk.app.post_message(Paste("a\nb"))
        await desk.until(lambda: desk.engine.typed[1].endswith(b"\x1b[200~a\rb\x1b[201~"), "nor is a bracketed one")
