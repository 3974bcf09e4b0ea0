"""When a lost session is tried again, and how it is noticed that the other side is gone."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

import pytest

from mooring.engine.reconnecting import Outages, PeerWatch, SleepWatch, is_worth_another_attempt
from mooring.engine.reconnecting.outage import LONGEST_DELAY, delay_before
from mooring.model.errors import (
    AuthenticationFailedError,
    CancelledByPersonError,
    ConfigError,
    ConnectionLostError,
    ConnectionRefusedByHostError,
    HostKeyChangedError,
    MooringError,
    NameResolutionError,
    NoRouteError,
)
from mooring.model.origin import COMMAND_LINE


def test_delays_double_up_to_a_limit_and_half_of_each_is_chance() -> None:
    longest = [delay_before(attempt, 1.0) for attempt in range(1, 9)]
    assert longest == [1, 2, 4, 8, 16, 32, 60, 60]
    assert [delay_before(attempt, 0.0) for attempt in range(1, 9)] == [delay / 2 for delay in longest]
    assert delay_before(10_000, 1.0) == LONGEST_DELAY


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (ConnectionLostError("gone"), True),
        (ConnectionRefusedByHostError("refused", hop="box"), True),
        (NameResolutionError("no name", hop="box"), True),
        (NoRouteError("no route", hop="box"), True),
        (AuthenticationFailedError("no", hop="box"), False),
        (HostKeyChangedError("other key", hop="box", origin=COMMAND_LINE, fingerprint="SHA256:0"), False),
        (CancelledByPersonError("left"), False),
        (ConfigError("wrong", COMMAND_LINE), False),
    ],
)
def test_what_a_person_has_to_look_at_is_not_tried_again(error: MooringError, expected: bool) -> None:
    assert is_worth_another_attempt(error) is expected


async def test_all_sessions_on_a_machine_wait_for_one_moment_and_a_key_brings_it_near() -> None:
    outages = Outages()
    outage = outages.of("box")
    assert outages.of("box") is outage and outages.of("other") is not outage
    outage.failed()
    outage.failed()
    assert outage.attempt == 1 and 0.4 < outage.seconds_left <= 1
    await outage.wait()
    assert outage.seconds_left == 0
    for _ in range(5):
        outage._due = 0
        outage.failed()
    assert outage.attempt == 6 and outage.seconds_left > 15
    waiting = [asyncio.create_task(outage.wait()) for _ in range(2)]
    await asyncio.sleep(0)
    began = time.monotonic()
    outage.hurry()
    await asyncio.gather(*waiting)
    assert time.monotonic() - began < 5
    # One that breaks off again at once has not been over.
    outage.succeeded()
    outage.failed()
    assert outage.attempt == 7


def test_a_clock_that_jumps_is_sleep_and_one_that_is_set_a_little_is_not() -> None:
    woken: list[bool] = []
    clocks = [100.0]
    watch = SleepWatch(lambda: woken.append(True), lambda: clocks[0])
    for apart, expected in ((100.0, 0), (101.0, 0), (700.0, 1), (700.0, 1), (100.0, 1)):
        clocks[0] = apart
        watch.look()
        assert len(woken) == expected


class Peer:
    """Answers when it is told to."""

    def __init__(self) -> None:
        self.typed = b""
        self.alive = asyncio.Event()
        self.given_up = False

    def write(self, data: bytes) -> None:
        """Keep it."""
        self.typed += data

    async def ping(self) -> None:
        """Wait for life."""
        await self.alive.wait()

    def give_up(self) -> None:
        """Keep that."""
        self.given_up = True


async def test_keys_wait_for_a_sign_of_life_and_are_gone_without() -> None:
    told: list[bool] = []
    peer = Peer()
    watch = PeerWatch(peer, told.append, lambda: 0.0, silence=0.05)
    watch.type(b"a")
    # No echo, and no answer: somebody is told, and what is typed from here on waits.
    await until(lambda: told == [True])
    watch.type(b"b")
    assert peer.typed == b"a"
    peer.alive.set()
    await until(lambda: told == [True, False])
    await until(lambda: peer.typed == b"ab")
    peer.alive.clear()
    watch.check(15)
    watch.type(b"c")
    await asyncio.sleep(0)
    assert peer.typed == b"ab"
    peer.alive.set()
    await until(lambda: peer.typed == b"abc")
    peer.alive.clear()
    watch.check(0.02)
    watch.type(b"d")
    await until(lambda: peer.given_up)
    await watch.stop()
    assert peer.typed == b"abc"


async def until(ready: Callable[[], bool]) -> None:
    """Wait for a state."""
    for _ in range(1500):
        if ready():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it never came to this")
