"""Feeding in slices, and the window over the scrollback."""

from __future__ import annotations

import asyncio
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mooring_widgets.emulator import Emulator
from mooring_widgets.terminal.feeder import Feeder, Slices
from mooring_widgets.terminal.viewport import Viewport


class Sink:
    """A consumer that takes its time."""

    def __init__(self, seconds_per_byte: float = 0.0) -> None:
        self.taken = b""
        self.counted = 0
        self.slices = 0
        self._seconds_per_byte = seconds_per_byte

    def consume(self, data: bytes) -> None:
        """Take a piece."""
        end = perf_counter() + len(data) * self._seconds_per_byte
        while perf_counter() < end:
            pass
        self.taken += data

    def after_slice(self, counted: int, _is_empty: bool) -> None:
        """Count."""
        self.counted += counted
        self.slices += 1


@given(st.lists(st.tuples(st.binary(max_size=5000), st.booleans()), max_size=10))
def test_every_byte_is_fed_once_in_order_and_only_the_remotes_are_counted(chunks: list[tuple[bytes, bool]]) -> None:
    sink = Sink()
    feeder = Feeder(sink.consume, sink.after_slice, lambda: False, Slices(ordinary=0.00001))
    for data, counted in chunks:
        feeder.put(data, counted=counted)
    while feeder.pending:
        feeder.slice()
    assert sink.taken == b"".join(data for data, _counted in chunks)
    assert sink.counted == sum(len(data) for data, counted in chunks if counted)


async def test_others_get_their_turn_while_a_big_chunk_is_fed() -> None:
    sink = Sink(seconds_per_byte=1e-6)
    feeder = Feeder(sink.consume, sink.after_slice, lambda: False)
    feeder.put(b"x" * 200_000)
    task = asyncio.create_task(feeder.run())
    turns = 0
    while feeder.pending:
        await asyncio.sleep(0)
        turns += 1
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert turns > 20
    assert sink.taken == b"x" * 200_000


def test_slices_are_short_while_somebody_types() -> None:
    def slices_for(typing: bool) -> int:
        sink = Sink(seconds_per_byte=1e-6)
        feeder = Feeder(sink.consume, sink.after_slice, lambda: typing)
        feeder.put(b"x" * 100_000)
        while feeder.pending:
            feeder.slice()
        return sink.slices

    assert slices_for(typing=True) > 2 * slices_for(typing=False)


@pytest.mark.parametrize(
    ("seen", "typing", "pauses"), [(True, False, False), (False, False, True), (True, True, False), (False, True, True)]
)
async def test_a_view_that_nobody_sees_leaves_the_loop_to_others_between_slices(
    seen: bool, typing: bool, pauses: bool
) -> None:
    sink = Sink(seconds_per_byte=1e-6)
    slices = Slices(typing_pause=0, unseen_pause=0 if typing else 3600, unseen_typing_pause=3600 if typing else 0)
    feeder = Feeder(sink.consume, sink.after_slice, lambda: typing, slices, is_seen=lambda: seen)
    feeder.put(b"x" * 50_000)
    task = asyncio.create_task(feeder.run())
    for _turn in range(1000):
        await asyncio.sleep(0)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert (sink.slices == 1) is pauses
    assert (feeder.pending > 0) is pauses


def lines(viewport: Viewport, count: int) -> list[str]:
    """What the window shows."""
    return [row.text.rstrip() for y in range(count) if (row := viewport.row(y)) is not None]


def test_the_window_keeps_its_text_until_that_is_dropped() -> None:
    emulator = Emulator(20, 3, scrollback_lines=50)
    viewport = Viewport(emulator)
    emulator.feed(b"".join(b"%d\r\n" % number for number in range(20)))
    viewport.follow()
    viewport.move(10)
    assert lines(viewport, 3) == ["8", "9", "10"]
    emulator.feed(b"more\r\n" * 7)
    viewport.follow()
    assert viewport.back == 17
    assert lines(viewport, 3) == ["8", "9", "10"]
    emulator.feed(b"more\r\n" * 10_000)
    viewport.follow()
    assert viewport.back == viewport.limit
    assert lines(viewport, 3) == ["more"] * 3


def test_the_alternate_screen_has_nothing_above_it() -> None:
    emulator = Emulator(20, 3, scrollback_lines=50)
    emulator.feed(b"x\r\n" * 20 + b"\x1b[?1049h")
    viewport = Viewport(emulator)
    assert viewport.limit == 0
    assert not viewport.move(5)
