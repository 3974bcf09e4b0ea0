"""Whether machines can be reached, in rows and details: asked for, or unasked for what is in view."""

from __future__ import annotations

from pathlib import Path

from mooring.model.reachability import Reach, Reachability
from mooring.ui.browser.probing import AT_ONCE
from support.browser_screens import BrowserDesk, running_browser
from support.still_engine import StillEngine

CONFIG = """
Host up
Host slow
Host refused
Host stranger
Host far
    ProxyJump gate
Host near
    ProxyJump gate
Host gate
"""
REACHED = {
    "up": Reachability(Reach.UP, 0.0031, hop="up"),
    "slow": Reachability(Reach.TIMED_OUT, None, "no answer within 5 seconds", "slow"),
    "refused": Reachability(Reach.REFUSED, None, "Connection refused by 127.0.0.1 port 9", "refused"),
    "stranger": Reachability(Reach.HOST_KEY_UNKNOWN, 0.02, "the host key is not known", "stranger"),
    "far": Reachability(Reach.JUMP_FAILED, None, "gate: Connection refused", "gate"),
    "near": Reachability(Reach.JUMP_NEEDS_LOGIN, None, "nobody is logged in to it", "gate"),
    "gate": Reachability(Reach.REFUSED, None, "Connection refused by 127.0.0.1 port 7", "gate"),
}


def row(desk: BrowserDesk, name: str) -> str:
    """The line of a machine in the list."""
    return next((line for line in desk.shown.splitlines() if f" {name} " in line[:24]), "")


async def test_each_finding_is_told_in_the_row_and_the_details(tmp_path: Path) -> None:
    (tmp_path / "config").write_text(CONFIG)
    engine = StillEngine()
    engine.reached = REACHED
    async with running_browser(tmp_path, engine=engine, size=(130, 30)) as desk:
        assert not engine.probed, "nobody asked"
        desk.panel.view.select("far")
        await desk.press("p")
        await desk.until(lambda: "jump failed" in row(desk, "far"), "that the jump failed")
        await desk.until(lambda: "✕ " in row(desk, "gate") and "refused" in row(desk, "gate"), "and it at the jump")
        assert engine.probed == [("far", True), ("gate", False)]
        await desk.until(lambda: "stopped at the jump host gate" in desk.details, "why")
        await desk.until(lambda: "Also behind gate\nnear" in desk.details, "who shares the jump")
        await desk.press("P")
        message = "7 looked for: 1 up, 2 refused, 1 timed out, 1 jump failed, 1 jump needs login, 1 host key unknown"
        await desk.until(lambda: desk.app.main_screen.status.message == message, "how many are how")
        for name, told in (("up", "3 ms"), ("slow", "timed out 5 s"), ("stranger", "key unknown")):
            assert told in row(desk, name), row(desk, name)
        desk.panel.view.select("stranger")
        await desk.until(lambda: "? key unknown (up, 20 ms): the host key is" in desk.details, "all of it")
        await desk.press("slash", *"state:refused")
        await desk.until(lambda: "2 of 7" in desk.shown, "states can be filtered by")


async def test_what_is_in_view_is_looked_for_a_few_at_a_time_and_given_up_when_it_leaves(tmp_path: Path) -> None:
    (tmp_path / "config").write_text("".join(f"Host m{number:03}\n" for number in range(200)))
    engine = StillEngine()
    async with running_browser(tmp_path, engine=engine, probe_visible=True) as desk:
        await desk.until(lambda: len(engine.probed) == AT_ONCE, "the first of them")
        assert engine.probed == [(f"m{number:03}", False) for number in range(AT_ONCE)]
        assert row(desk, "m000").split()[:3] == ["·", "m000", "checking"]
        await desk.press("end")
        await desk.until(lambda: len(engine.probes_given_up) == AT_ONCE, "what left is given up")
        await desk.until(lambda: len(engine.probed) == 2 * AT_ONCE, "what came is looked for")
        assert all(name > "m150" for name, _may_log_in in engine.probed[AT_ONCE:])
        desk.panel.view.select("m199")
        engine.reached = {f"m{number:03}": Reachability(Reach.UP, 0.001) for number in range(200)}
        await desk.press("p")
        await desk.until(lambda: "1 ms" in row(desk, "m199"), "who asks comes first")
        assert ("m199", True) in engine.probed
        assert len(engine.probes_given_up) == AT_ONCE + 1, "one of the others waits for it"
        (tmp_path / "config").write_text("Host m000\nHost m001\nHost m002\n")
        await desk.until(lambda: len(engine.probes_given_up) == 2 * AT_ONCE, "what is gone is given up")
        await desk.until(lambda: "1 ms" in row(desk, "m002"), "and what is there now is looked for")


async def test_what_a_session_refutes_is_told_no_more(tmp_path: Path) -> None:
    (tmp_path / "config").write_text(CONFIG)
    engine = StillEngine()
    engine.reached = REACHED
    async with running_browser(tmp_path, engine=engine, size=(130, 30)) as desk:
        desk.panel.view.select("stranger")
        await desk.press("p")
        await desk.until(lambda: "? key unknown" in desk.details, "what was found")
        await desk.press("enter")
        await desk.until(lambda: "● stranger" in desk.shown, "a session is open")
        await desk.press("f12", "1")
        await desk.until(lambda: "key unknown" not in desk.details and "stranger" in desk.details, "it is known now")
