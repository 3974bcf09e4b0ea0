"""A session whose connection is lost, as it is shown and as it takes keys."""

from __future__ import annotations

from support.session_screens import running_desk


async def test_it_counts_down_in_its_place_and_a_key_only_says_that_somebody_waits() -> None:
    async with running_desk("web-1", "web-2") as desk:
        desk.engine.writes(2, b"before\r\n")
        size = desk.engine.sizes[2]
        desk.engine.loses(2, 40.0, attempt=3)
        await desk.until(lambda: "again in 40 s, attempt 3" in desk.shown(), "it counts")
        await desk.until(lambda: "again in 39 s, attempt 3" in desk.shown(), "it counts down")
        assert "lost: Connection to 192.0.2.1 closed by remote host." in desk.shown()
        assert "any key tries now" in desk.shown() and "before" in desk.shown()
        assert "↻ web-2" in desk.row() and "connecting again" in desk.shown()
        await desk.press("l", "s")
        await desk.until(lambda: "logging in to web-2, attempt 3" in desk.shown(), "the attempt is shown")
        assert desk.engine.hurried and not desk.engine.typed[2]
        desk.engine.comes_back(2)
        await desk.until(lambda: "lost:" not in desk.shown(), "the bar is gone")
        await desk.press("l", "s")
        assert desk.engine.typed[2] == b"ls"
        assert desk.engine.sizes[2] == size and "before" in desk.shown() and "● web-2" in desk.row()


async def test_an_answer_that_is_overdue_is_said_and_the_leader_with_r_does_not_wait_for_it() -> None:
    async with running_desk("web-1") as desk:
        desk.engine.is_silent(1, True)
        await desk.until(lambda: "◌ no answer" in desk.shown(), "it is said")
        await desk.lead("r")
        assert desk.engine.hurried == [1]
        desk.engine.is_silent(1, False)
        await desk.until(lambda: "● open" in desk.shown(), "it has come")
