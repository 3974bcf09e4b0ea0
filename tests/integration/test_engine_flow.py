"""Output on credit: nothing is lost or piles up, ^C acts at once, and the engine goes on while the UI stands still."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from mooring.engine.client import EngineClient
from mooring.session import CREDIT
from support.distance import distant
from support.engine import (
    PLENTY,
    EngineRecorder,
    open_shell,
    resident_bytes,
    target_on,
)
from support.sshd import SshServer, running_sshd


async def test_without_credit_nothing_comes_and_nothing_is_lost(
    engine: EngineClient, recorder: EngineRecorder, sshd: SshServer
) -> None:
    await open_shell(engine, recorder, target_on(sshd), credit=10_000)
    engine.send(1, b"seq 1 200000; exit 3\r")
    await recorder.until(lambda: len(recorder.output[1]) > 9_000)
    with pytest.raises(TimeoutError):
        await recorder.until(lambda: len(recorder.output[1]) > 10_000 or recorder.ended(1) is not None, limit=0.5)
    while recorder.ended(1) is None:
        engine.grant(1, 50_000)
        await recorder.more(1)
    assert recorder.output[1].split() == [str(number).encode() for number in range(1, 200_001)]


async def test_a_flood_that_nobody_takes_does_not_grow_the_engine(
    engine: EngineClient, recorder: EngineRecorder, sshd: SshServer
) -> None:
    await open_shell(engine, recorder, target_on(sshd), credit=1_000_000)
    engine.send(1, b"yes\r")
    await recorder.until(lambda: len(recorder.output[1]) > 500_000)
    before = resident_bytes(engine.process_id)
    with pytest.raises(TimeoutError):
        await recorder.until(lambda: len(recorder.output[1]) > 1_000_000, limit=2)
    assert resident_bytes(engine.process_id) - before < 8_000_000


async def test_interrupting_a_flood_gives_the_prompt_back_at_once(
    engine: EngineClient, recorder: EngineRecorder, sshd: SshServer
) -> None:
    await open_shell(engine, recorder, target_on(sshd), credit=CREDIT)
    engine.send(1, b"trap 'echo inter''rupted' INT\r")
    waits = [await seconds_to_interrupt(engine, recorder) for _attempt in range(3)]
    assert min(waits) < 0.3, "the best of three, since this machine may be busy"


async def seconds_to_interrupt(engine: EngineClient, recorder: EngineRecorder) -> float:
    """Let `yes` run for some megabytes, press ^C, and measure until the shell says that it noticed."""
    output = recorder.output[1]
    output.clear()
    engine.send(1, b"yes\r")
    granted = 0
    pressed: float | None = None
    while b"interrupted" not in output[-2 * CREDIT :]:
        await recorder.more(1)
        engine.grant(1, len(output) - granted)
        granted = len(output)
        if pressed is None and granted > 3_000_000:
            pressed = time.monotonic()
            engine.send(1, b"\x03")
    assert pressed is not None
    return time.monotonic() - pressed


async def test_a_distant_host_is_not_held_back_by_a_small_window(
    engine: EngineClient, recorder: EngineRecorder, sshd: SshServer
) -> None:
    async with distant(sshd.port, 0.15) as port:
        target = target_on(sshd, f"HostKeyAlias [127.0.0.1]:{sshd.port}")
        config = Path(str(target.config_file))
        config.write_text(config.read_text().replace(f"Port {sshd.port}", f"Port {port}"))
        await open_shell(engine, recorder, target)
        started = time.monotonic()
        engine.send(1, b"head -c 6000000 /dev/zero | tr '\\0' x; echo the-'end'\r")
        await recorder.text(1, b"the-end")
        assert time.monotonic() - started < 5, "128 KiB a round trip would take 6.9 seconds"


async def test_the_engine_goes_on_while_the_ui_stands_still(
    engine: EngineClient, recorder: EngineRecorder, tmp_path: Path
) -> None:
    with running_sshd(tmp_path / "sshd", "ClientAliveInterval 1", "ClientAliveCountMax 1") as server:
        target = target_on(server, "ServerAliveInterval 1", "ServerAliveCountMax 1")
        await open_shell(engine, recorder, target, credit=4096)
        engine.send(1, b"seq 1 100000\r")
        engine.send(1, b"echo the-'end'\r")
        await recorder.until(lambda: len(recorder.output[1]) > 1000)
        time.sleep(4)  # noqa: ASYNC251  # the loop standing still is what is tested
        engine.grant(1, PLENTY)
        output = await recorder.text(1, b"the-end")
        assert output.split() == [*(str(number).encode() for number in range(1, 100_001)), b"the-end"]
        assert recorder.lost is None
