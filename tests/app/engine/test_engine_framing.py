"""Frames come out as they went in, however the stream cuts them, and nonsense is refused at its header."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mooring.engine.framing import (
    LARGEST_BODY,
    LARGEST_RUN,
    Frame,
    FrameDecoder,
    FrameKind,
    encode_data,
    encode_message,
)
from mooring.model.errors import EngineError

SESSIONS = st.integers(min_value=0, max_value=2**32 - 1)
FRAMES = st.lists(
    st.one_of(
        st.builds(Frame, st.just(FrameKind.MESSAGE), st.just(0), st.binary()),
        st.builds(Frame, st.sampled_from([FrameKind.INPUT, FrameKind.OUTPUT]), SESSIONS, st.binary(min_size=1)),
    )
)


def encoded(frame: Frame) -> bytes:
    """The bytes of one frame."""
    if frame.kind is FrameKind.MESSAGE:
        return encode_message(frame.body)
    return b"".join(encode_data(frame.kind, frame.session, frame.body))


@given(FRAMES, st.lists(st.integers(min_value=1, max_value=40), min_size=1))
def test_any_cuts_give_the_same_frames(frames: list[Frame], cuts: list[int]) -> None:
    stream = b"".join(encoded(frame) for frame in frames)
    decoder = FrameDecoder()
    received: list[Frame] = []
    position = 0
    while position < len(stream):
        step = cuts[position % len(cuts)]
        received.extend(decoder.feed(stream[position : position + step]))
        position += step
    assert received == frames


@given(st.binary(max_size=200))
def test_random_bytes_give_frames_or_a_typed_error(noise: bytes) -> None:
    try:
        frames = list(FrameDecoder().feed(noise))
    except EngineError:
        return
    assert sum(len(frame.body) for frame in frames) <= len(noise)


def test_long_runs_are_cut_so_that_others_get_their_turn() -> None:
    data = bytes(range(256)) * 1024
    frames = [frame for part in encode_data(FrameKind.OUTPUT, 7, data) for frame in FrameDecoder().feed(part)]
    assert b"".join(frame.body for frame in frames) == data
    assert max(len(frame.body) for frame in frames) == LARGEST_RUN


@pytest.mark.parametrize(
    ("length", "kind", "said"),
    [(0, 9, "unknown kind 9"), (LARGEST_BODY + 1, 0, "limit"), (3, 2, "without a session"), (2**32 - 1, 1, "limit")],
)
def test_nonsense_is_refused_at_the_header(length: int, kind: int, said: str) -> None:
    with pytest.raises(EngineError, match=said):
        list(FrameDecoder().feed(struct.pack(">IB", length, kind)))


def test_a_message_that_the_other_side_would_refuse_is_not_sent() -> None:
    with pytest.raises(EngineError, match="too long"):
        encode_message(bytes(LARGEST_BODY + 1))
