"""Frames on a byte stream: how messages and a session's bytes are told apart between the UI and the engine."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from mooring.model.errors import EngineError

_HEADER = struct.Struct(">IB")
_SESSION = struct.Struct(">I")

LARGEST_BODY = 1024 * 1024
"""Bytes in a frame's body, at most. Longer runs of session bytes are cut; a longer message is nonsense."""

LARGEST_RUN = 64 * 1024
"""Bytes of session data in one frame, at most: what another session's echo may have to wait behind."""


class FrameKind(IntEnum):
    """What a frame's body is."""

    MESSAGE = 0
    INPUT = 1
    OUTPUT = 2
    ERROR = 3


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame: msgpack of a message (`session` is 0 then), or bytes of a session."""

    kind: FrameKind
    session: int
    body: bytes


def encode_message(body: bytes) -> bytes:
    """Frame one encoded message. Raises EngineError when it is longer than the other side would take."""
    if len(body) > LARGEST_BODY:
        raise EngineError(f"a message of {len(body)} bytes is too long for the engine's protocol")
    return _HEADER.pack(len(body), FrameKind.MESSAGE) + body


def encode_data(kind: FrameKind, session: int, data: bytes) -> Iterator[bytes]:
    """Frame a session's bytes, cut into runs of LARGEST_RUN."""
    for start in range(0, len(data), LARGEST_RUN):
        run = data[start : start + LARGEST_RUN]
        yield _HEADER.pack(_SESSION.size + len(run), kind) + _SESSION.pack(session) + run


class FrameDecoder:
    """Turns chunks, cut anywhere, into frames. Holds at most one unfinished frame beside the chunk."""

    def __init__(self) -> None:
        self._pending = bytearray()

    def feed(self, chunk: bytes) -> Iterator[Frame]:
        """Yield the frames that `chunk` completes. Raises EngineError on a length or kind that can't be."""
        self._pending += chunk
        position = 0
        try:
            while len(self._pending) - position >= _HEADER.size:
                length, code = _HEADER.unpack_from(self._pending, position)
                kind = _checked_kind(length, code)
                start = position + _HEADER.size
                end = start + length
                if len(self._pending) < end:
                    break
                position = end
                yield self._frame(kind, start, end)
        finally:
            del self._pending[:position]

    def _frame(self, kind: FrameKind, start: int, end: int) -> Frame:
        if kind is FrameKind.MESSAGE:
            return Frame(kind, 0, bytes(self._pending[start:end]))
        (session,) = _SESSION.unpack_from(self._pending, start)
        with memoryview(self._pending) as view:
            return Frame(kind, session, bytes(view[start + _SESSION.size : end]))


def _checked_kind(length: int, code: int) -> FrameKind:
    """Look at a header as soon as it is there, so that nonsense never makes us wait for a gigabyte."""
    try:
        kind = FrameKind(code)
    except ValueError:
        raise EngineError(f"a frame of unknown kind {code}") from None
    if length > LARGEST_BODY:
        raise EngineError(f"a frame of {length} bytes, where {LARGEST_BODY} is the limit")
    if kind is not FrameKind.MESSAGE and length < _SESSION.size:
        raise EngineError(f"a frame of session bytes without a session: {length} bytes")
    return kind
