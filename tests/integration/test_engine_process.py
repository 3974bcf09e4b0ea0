"""The engine as a process: it has its own life, and it leaves nothing behind whoever is killed."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from mooring.engine.client import EngineClient
from mooring.engine.framing import encode_message
from mooring.engine.process import StartedProcess
from mooring.model.errors import EngineError
from support.engine import EngineRecorder, process_is_gone, until_gone


@pytest.fixture
def log_file(tmp_path: Path) -> Path:
    """Where the engine of a test writes."""
    return tmp_path / "state" / "engine.log"


@pytest.fixture
async def engine(recorder: EngineRecorder, log_file: Path) -> AsyncIterator[EngineClient]:
    """A running engine."""
    client = await EngineClient.start(recorder, log_file=log_file)
    yield client
    await client.stop()


async def test_stop_ends_the_process_and_is_no_loss(recorder: EngineRecorder, log_file: Path) -> None:
    client = await EngineClient.start(recorder, log_file=log_file)
    assert not process_is_gone(client.process_id)
    await client.stop()
    assert process_is_gone(client.process_id)
    assert recorder.lost is None
    await client.stop()


async def test_an_engine_that_is_killed_is_reported_and_reaped(engine: EngineClient, recorder: EngineRecorder) -> None:
    os.kill(engine.process_id, signal.SIGKILL)
    await recorder.until(lambda: recorder.lost is not None)
    assert recorder.lost is not None
    assert recorder.lost.message == "the engine ended unexpectedly"
    assert recorder.lost.hint is not None and "engine.log" in recorder.lost.hint
    await engine.stop()
    with pytest.raises(ChildProcessError):
        os.waitpid(engine.process_id, os.WNOHANG)


async def test_the_terminals_signals_do_not_reach_it(engine: EngineClient) -> None:
    assert os.getsid(engine.process_id) == engine.process_id
    os.kill(engine.process_id, signal.SIGINT)
    engine.answer(999, None)
    with pytest.raises(TimeoutError):
        await until_gone(engine.process_id, limit=0.5)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
async def test_it_ends_when_it_is_told_to(
    engine: EngineClient, recorder: EngineRecorder, number: signal.Signals
) -> None:
    os.kill(engine.process_id, number)
    await recorder.until(lambda: recorder.lost is not None)
    await until_gone(engine.process_id)


async def test_its_output_goes_to_a_private_log(engine: EngineClient, log_file: Path) -> None:
    assert log_file.stat().st_mode & 0o777 == 0o600
    assert log_file.parent.stat().st_mode & 0o777 == 0o700
    for descriptor in (1, 2):
        assert Path(f"/proc/{engine.process_id}/fd/{descriptor}").readlink() == log_file
    assert Path(f"/proc/{engine.process_id}/fd/0").readlink() == Path("/dev/null")


async def test_where_no_log_can_be_written_it_goes_without_one(recorder: EngineRecorder, tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where the directory should be")
    client = await EngineClient.start(recorder, log_file=tmp_path / "state" / "engine.log")
    assert Path(f"/proc/{client.process_id}/fd/2").readlink() == Path("/dev/null")
    await client.stop()


async def test_it_does_not_import_modules_from_the_current_directory(
    recorder: EngineRecorder, log_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "msgspec.py").write_text("raise SystemExit('imported from where the person stands')")
    monkeypatch.chdir(tmp_path)
    client = await EngineClient.start(recorder, log_file=log_file)
    await client.stop()
    assert log_file.read_text() == ""


TESTS = Path(__file__).resolve().parents[1]

UI_TO_BE_KILLED = """
import asyncio, sys
from pathlib import Path
sys.path.append(sys.argv[2])
from mooring.engine.client import EngineClient
from support.engine import EngineRecorder

async def main():
    client = await EngineClient.start(EngineRecorder(), log_file=Path(sys.argv[1]))
    print(client.process_id, flush=True)
    await asyncio.Event().wait()

asyncio.run(main())
"""


async def test_a_ui_that_is_killed_leaves_no_engine(log_file: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", UI_TO_BE_KILLED, str(log_file), str(TESTS)], stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        engine = int(process.stdout.readline())
        process.kill()
    await until_gone(engine)
    assert log_file.read_text() == ""


def test_the_engine_loads_no_textual() -> None:
    code = (
        "import sys, mooring.engine.__main__; print({name.split('.')[0] for name in sys.modules} & {'textual', 'rich'})"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert ended.stdout.strip() == "set()"


FAKE_ENGINE = """
import socket, sys
channel = socket.socket(fileno=int(sys.argv[1]))
channel.sendall(bytes.fromhex(sys.argv[2]))
channel.recv(1 << 16)
while channel.recv(1 << 16):
    pass
"""


@pytest.mark.parametrize(
    ("first_bytes", "said"),
    [
        (encode_message(b"\x83\xa4type\xa5Hello\xa7version\x63\xaaprocess_id\x01"), "speaks version 99"),
        (encode_message(b"\xc1"), "don't understand"),
        (b"HTTP/1.1 400 Bad Request\r\n", "limit|unknown kind"),
    ],
)
async def test_something_else_than_our_engine_is_given_up(
    recorder: EngineRecorder, log_file: Path, monkeypatch: pytest.MonkeyPatch, first_bytes: bytes, said: str
) -> None:
    started: list[subprocess.Popen[bytes]] = []

    def start(channel: socket.socket, _log_file: Path, _runtime: Path | None) -> StartedProcess:
        number = channel.fileno()
        command = [sys.executable, "-c", FAKE_ENGINE, str(number), first_bytes.hex()]
        started.append(subprocess.Popen(command, pass_fds=[number]))
        return StartedProcess(started[0])

    monkeypatch.setattr("mooring.engine.line.start_engine_process", start)
    with pytest.raises(EngineError, match=said):
        await EngineClient.start(recorder, log_file=log_file)
    assert started[0].poll() is not None
    assert recorder.lost is None


async def test_a_process_that_does_not_end_is_ended() -> None:
    process = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(1, flush=True); signal.pause()",
        ],
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    assert process.stdout is not None
    await asyncio.to_thread(process.stdout.readline)
    process.stdout.close()
    await StartedProcess(process).end(patience=0.2)
    assert process.returncode == -signal.SIGKILL
