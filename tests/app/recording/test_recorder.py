"""The recorder: files for one person alone, never over another, and ends that are said."""

from __future__ import annotations

import asyncio
import os
import shutil
import stat
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from mooring.model.recording import RecordingFormat, RecordingPlan, RecordingState
from mooring.model.terminal import TerminalSize
from mooring.playback import Output, Player, open_recording
from mooring.recording import Recorder, recorder
from mooring.recording.recording_file import RecordingFile

SIZE = TerminalSize(80, 24)


class Told:
    """What a recorder says."""

    def __init__(self) -> None:
        self.states: list[RecordingState] = []
        self.full: list[bool] = []
        self._news = asyncio.Event()

    def recorder(
        self, folder: Path, format: RecordingFormat, *, machine: str = "web-1", stamps: bool = False
    ) -> Recorder:
        return Recorder(
            RecordingPlan(str(folder), format, stamps), machine, SIZE, changed=self._changed, full=self.full.append
        )

    async def until(self, ready: Callable[[], bool]) -> None:
        async with asyncio.timeout(20):
            while not ready():
                await self._news.wait()
                self._news.clear()

    def _changed(self, state: RecordingState) -> None:
        self.states.append(state)
        self._news.set()


async def recorded(folder: Path, format: RecordingFormat, *output: bytes | TerminalSize, stamps: bool = False) -> Path:
    told = Told()
    one = told.recorder(folder, format, stamps=stamps)
    one.begin()
    for piece in output:
        one.output(piece) if isinstance(piece, bytes) else one.resize(piece)
    one.stop()
    await one.finished()
    [state] = told.states
    assert state.is_running
    return Path(state.path)


async def test_an_asciicast_has_output_and_sizes_and_is_for_its_owner_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    pieces = (b"\x1b[31mred \xe2\x9c", b"\x94\xff\r\n", TerminalSize(90, 30), b"wide " + b"x" * 80, b"\xe6\x97")
    path = await recorded(tmp_path / "new" / "folder", RecordingFormat.ASCIICAST, *pieces)
    os.umask(before)
    assert (stat.S_IMODE(path.stat().st_mode), stat.S_IMODE(path.parent.stat().st_mode)) == (0o600, 0o700)
    player = Player(open_recording(path))
    assert player.emulator.columns == 80
    player.play_to(60)
    assert (player.emulator.columns, player.emulator.lines, player.problem) == (90, 30, "")
    assert [line.rstrip() for line in player.emulator.display[:2]] == ["red ✔\ufffd", "wide " + "x" * 80 + "\ufffd"]


async def test_text_has_times_that_play_and_no_escapes(tmp_path: Path) -> None:
    pieces = (b"\x1b[32mINFO\x1b[m one\r\n10 %\r", b"20 %\r\nrest")
    before = time.time()
    path = await recorded(tmp_path, RecordingFormat.TEXT, *pieces, stamps=True)
    stamps, lines = zip(*(line.split(" ", 1) for line in path.read_text().splitlines()), strict=True)
    assert lines == ("INFO one", "20 %", "rest")
    assert all(abs(datetime.fromisoformat(stamp).timestamp() - before) < 20 for stamp in stamps)
    events = list(open_recording(path).events(open_recording(path).start))
    assert [event.what for event in events][1] == Output(f"{stamps[1]} 20 %\r\n".encode())
    plain = await recorded(tmp_path, RecordingFormat.TEXT, *pieces)
    assert plain.read_text() == "INFO one\n20 %\nrest\n"


async def test_names_of_files_are_safe_and_none_is_written_over(tmp_path: Path) -> None:
    told = Told()
    names = ["../../etc/x\n\x1b[31m", "-rf", ".hidden", "日本", "a" * 300] + ["same"] * 3
    recorders = [told.recorder(tmp_path, RecordingFormat.TEXT, machine=name) for name in names]
    for one in recorders:
        one.begin()
        one.stop()
        await one.finished()
    files = [path.name for path in tmp_path.iterdir()]
    assert len(files) == len(names) == len(told.states)
    assert all(path.isascii() and path.isprintable() and path[0] not in ".-" and len(path) < 120 for path in files)


async def test_a_full_disk_a_deleted_file_and_a_folder_that_is_none_are_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = Told()
    (tmp_path / "file").write_text("")
    none = told.recorder(tmp_path / "file", RecordingFormat.TEXT)
    none.begin()
    await told.until(lambda: bool(told.states))
    assert "file exists" in told.states[0].problem or "not a directory" in told.states[0].problem

    gone = told.recorder(tmp_path / "gone", RecordingFormat.ASCIICAST)
    gone.begin()
    await told.until(lambda: len(told.states) == 2)
    shutil.rmtree(tmp_path / "gone")
    async with asyncio.timeout(20):
        while len(told.states) == 2:
            gone.output(b"more")
            await asyncio.sleep(0.05)
    assert told.states[2].problem.endswith("was deleted") and told.states[2].path == told.states[1].path

    full_disk = RecordingFile(os.open("/dev/full", os.O_WRONLY), Path("/dev/full"))
    monkeypatch.setattr(RecordingFile, "create", lambda *_: full_disk)
    full = told.recorder(tmp_path, RecordingFormat.ASCIICAST)
    full.begin()
    full.output(b"x")
    await told.until(lambda: len(told.states) == 5)
    assert told.states[4] == RecordingState("/dev/full", "/dev/full: no space left on device")
    assert not full.is_running
    full.output(b"goes nowhere")
    full.stop()


async def test_a_disk_that_hangs_holds_output_for_a_while_and_then_ends_the_recording(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, write = os.pipe()
    monkeypatch.setattr(RecordingFile, "create", lambda *_: RecordingFile(write, Path("pipe")))
    monkeypatch.setattr(recorder, "PATIENCE", 0.2)
    told = Told()
    one = told.recorder(tmp_path, RecordingFormat.ASCIICAST)
    one.begin()
    await told.until(lambda: bool(told.states))
    while not told.full:
        one.output(b"x" * 1024 * 1024)
    await told.until(lambda: len(told.states) == 2)
    assert told.full == [True, False] and "nothing could be written" in told.states[1].problem
    os.close(read)
    await one.finished()
