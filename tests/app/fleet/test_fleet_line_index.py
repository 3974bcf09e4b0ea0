"""Reading a capture's lines anywhere, compared with splitting all of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mooring.fleet import line_index
from mooring.fleet.capture import CaptureLimits, CaptureStore
from mooring.fleet.line_index import LineIndex

PIECES = st.lists(st.sampled_from([b"\n", b"\n\n", b"a", b"bc\n", b"x" * 9, b"\xff\r\n"]), max_size=40)


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks and lines so small that every seam is met."""
    monkeypatch.setattr(line_index, "BLOCK", 4)
    monkeypatch.setattr(line_index, "LONGEST", 7)


@given(pieces=PIECES, first=st.integers(0, 60), count=st.integers(0, 60))
def test_lines_are_those_of_the_whole(pieces: list[bytes], first: int, count: int) -> None:
    data = b"".join(pieces)
    writer = CaptureStore(Path("/nowhere")).open()
    writer.write(data)
    index = LineIndex(writer.finish())
    lines = data.split(b"\n")
    if not lines[-1]:
        lines.pop()
    assert index.count == len(lines)
    assert index.read(first, count) == [line[:7] for line in lines[first : first + count]]


def test_lines_on_disk_are_read_from_their_block(tmp_path: Path) -> None:
    writer = CaptureStore(tmp_path / "run", CaptureLimits(stream_memory=0)).open()
    writer.write(b"".join(b"%d\n" % number for number in range(1000)))
    capture = writer.finish()
    assert capture.path is not None
    index = LineIndex(capture)
    assert index.count == 1000
    assert index.read(998, 9) == [b"998", b"999"]
    assert index.read(500, 2) == [b"500", b"501"]
