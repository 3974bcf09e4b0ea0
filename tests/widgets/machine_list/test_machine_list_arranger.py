"""Work in slices: whoever waits for it waits for all that was begun last."""

from __future__ import annotations

import asyncio

from textual.app import App

from mooring_widgets.machine_list.arranger import Arranger
from mooring_widgets.machine_list.work import Work


async def test_what_is_begun_behind_work_that_was_done_at_once_is_waited_for_too() -> None:
    may_end = False

    def long() -> Work[None]:
        while not may_end:
            yield

    def short() -> Work[None]:
        yield from ()

    async with App[None]().run_test() as pilot:
        ended: list[bool] = []
        arranger = Arranger(pilot.app.screen, lambda: ended.append(may_end))
        # A letter that takes long, one that does not, and another, before the worker of the first has its turn.
        for work in (long(), short(), long()):
            arranger.start(work)
        waiting = asyncio.create_task(arranger.wait())
        for _turn in range(3):
            await asyncio.sleep(0)
        assert arranger.is_busy and not waiting.done()
        may_end = True
        await asyncio.wait_for(waiting, 20)
        assert not arranger.is_busy and ended == [False, True]
