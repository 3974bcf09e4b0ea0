"""Turns at the key exchange: how many at once, and who never waits for ever."""

from __future__ import annotations

import asyncio

from mooring.ssh import Handshakes


async def test_no_more_than_the_limit_at_once() -> None:
    handshakes = Handshakes(limit=2, patience=60)
    busy, most = 0, 0

    async def exchange() -> None:
        nonlocal busy, most
        async with handshakes.turn():
            busy += 1
            most = max(most, busy)
            for _turn_of_the_loop in range(5):
                await asyncio.sleep(0)
            busy -= 1

    await asyncio.wait_for(asyncio.gather(*(exchange() for _each in range(7))), 20)
    assert (most, busy) == (2, 0)


async def test_a_turn_that_is_never_given_back_keeps_nobody_waiting_for_ever() -> None:
    handshakes = Handshakes(limit=1, patience=0.05)
    async with handshakes.turn(), asyncio.timeout(20), handshakes.turn():
        pass
    # Whoever went ahead without a turn gave none back: there is still one, and no second.
    async with handshakes.turn():
        entered = asyncio.Event()

        async def enter() -> None:
            async with handshakes.turn():
                entered.set()

        waiting = asyncio.create_task(enter())
        await asyncio.sleep(0)
        assert not entered.is_set()
        await asyncio.wait_for(waiting, 20)
        assert entered.is_set()
    async with asyncio.timeout(20), handshakes.turn():
        pass


async def test_who_stops_waiting_takes_no_turn_away() -> None:
    handshakes = Handshakes(limit=1, patience=60)

    async def enter() -> None:
        async with handshakes.turn():
            pass

    async with handshakes.turn():
        waiting = asyncio.create_task(enter())
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        assert waiting.cancelled()
    await asyncio.wait_for(enter(), 20)
