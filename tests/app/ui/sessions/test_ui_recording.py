"""Recording by a key: what is asked of the engine, and how it is seen and said."""

from __future__ import annotations

from dataclasses import replace

from mooring.engine.protocol import RecordingChanged
from mooring.model.recording import RecordingFormat, RecordingPlan, RecordingState
from support.session_screens import machine, running_desk

PATH = "/var/log/mine/web-1-20261126-093001.cast"


async def test_a_key_begins_and_ends_it_and_a_failure_is_said() -> None:
    async with running_desk("web-1", "web-2") as desk:

        async def recorded(state: RecordingState | None) -> None:
            desk.engine.tells(RecordingChanged(1, state))
            await desk.settled()

        async def said(text: str) -> None:
            await desk.until(lambda: desk.main.status.message == text, text)

        await desk.lead("2")
        await desk.lead("l")
        assert desk.engine.plans.keys() == {1}
        assert (plan := desk.engine.plans[1]) is not None and plan.format is RecordingFormat.ASCIICAST
        assert "REC" not in desk.shown()
        await recorded(RecordingState(PATH))
        await said(f"web-1 is recorded to {PATH}")
        assert "◉" in desk.row() and "◉ REC" in desk.shown().splitlines()[-1]
        await desk.lead("3")
        assert "◉" in desk.row() and "REC" not in desk.shown()
        await desk.lead("2")
        await desk.lead("l")
        assert desk.engine.plans[1] is None
        await recorded(None)
        await said(f"web-1: recorded to {PATH}")
        assert "◉" not in desk.row()
        desk.main.perform("record-text")
        assert (plan := desk.engine.plans[1]) is not None and plan.format is RecordingFormat.TEXT
        await recorded(RecordingState(PATH))
        await recorded(RecordingState(PATH, f"{PATH}: no space left on device"))
        await said(f"web-1: the recording has stopped: {PATH}: no space left on device")
        assert "◉" not in desk.row() and "REC" not in desk.shown()
        await recorded(RecordingState(PATH))
        desk.engine.ends(1)
        await said(f"web-1: recorded to {PATH}")
        assert not desk.main.actions.can("record")


async def test_a_machine_that_wants_it_is_recorded_from_the_start_and_no_other() -> None:
    wants = replace(machine("web-1"), record=RecordingFormat.TEXT)
    async with running_desk("web-1", "web-2", machines=(wants, machine("web-2"))) as desk:
        plans = [choices["recording"] for choices in desk.engine.choices]
        assert plans == [RecordingPlan("~", RecordingFormat.TEXT), None]
