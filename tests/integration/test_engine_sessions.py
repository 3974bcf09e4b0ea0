"""Sessions through the engine process to a real sshd: what is typed, what comes back, and on whose credit."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from mooring.engine.client import EngineClient
from mooring.engine.failures import error_of
from mooring.engine.protocol import (
    AskQuestion,
    CancelQuestion,
    SessionEnded,
    SessionFailed,
    SessionOpened,
    SessionProgress,
)
from mooring.model.connection import Step
from mooring.model.errors import ConnectionLostError, ConnectionRefusedByHostError, HostKeyUnknownError
from mooring.model.machine import Target
from mooring.model.terminal import TerminalSize
from mooring.session.session import CREDIT
from support.distance import distant
from support.engine import EngineRecorder, process_is_gone, resident_bytes, until_gone
from support.programs import require_program
from support.sshd import SshServer, free_port, make_key, running_sshd

SIZE = TerminalSize(80, 24)
PLENTY = 1 << 40


@pytest.fixture
async def recorder() -> EngineRecorder:
    """Whoever listens."""
    return EngineRecorder()


@pytest.fixture
async def engine(recorder: EngineRecorder, tmp_path: Path) -> AsyncIterator[EngineClient]:
    """A running engine, whose log has to be empty at the end."""
    log_file = tmp_path / "state" / "engine.log"
    client = await EngineClient.start(recorder, log_file=log_file)
    yield client
    await client.stop()
    assert log_file.read_text() == ""


def target_on(server: SshServer, *extra: str, known: bool = True) -> Target:
    """How to reach `server`."""
    return Target("box", config_file=str(server.write_client_config("box", *extra, known=known)))


async def open_shell(
    engine: EngineClient, recorder: EngineRecorder, target: Target, *, session: int = 1, credit: int = PLENTY
) -> None:
    """Open a session and wait for a shell of known habits in it (sh with a prompt of its own, no echo)."""
    engine.open(session, target, SIZE, "xterm-256color", {"COLORTERM": "truecolor"}, credit)
    engine.send(session, b"stty -echo; exec env PS1= PS2= sh; \r")
    engine.send(session, b"printf '%s-%s\\n' shell ready\r")
    await recorder.text(session, b"shell-ready")
    recorder.output[session].clear()


async def test_a_session_from_its_steps_to_its_exit_status(
    engine: EngineClient, recorder: EngineRecorder, sshd: SshServer
) -> None:
    await open_shell(engine, recorder, target_on(sshd))
    opened = await recorder.message(SessionOpened)
    assert (opened.facts.user, opened.facts.port) == (sshd.user, sshd.port)
    steps = [message.step for message in recorder.messages if isinstance(message, SessionProgress)]
    assert Step.CONNECTING in steps
    assert steps[-1] == Step.STARTING
    engine.send(1, b"echo $TERM $COLORTERM; stty size\r")
    assert (await recorder.text(1, b"24 80")).split() == [b"xterm-256color", b"truecolor", b"24", b"80"]
    engine.resize(1, TerminalSize(132, 50))
    engine.send(1, b"stty size; exit 7\r")
    ended = await recorder.end_of(1)
    assert isinstance(ended, SessionEnded)
    assert ended.result.status == 7
    assert b"50 132" in recorder.output[1]


async def test_what_is_typed_and_resized_before_the_shell_runs_reaches_it(
    engine: EngineClient, recorder: EngineRecorder, sshd: SshServer
) -> None:
    engine.open(1, target_on(sshd), SIZE, "xterm-256color", {}, PLENTY)
    engine.send(1, b"stty size; exit\r")
    engine.resize(1, TerminalSize(100, 30))
    await recorder.end_of(1)
    assert b"30 100" in recorder.output[1]


async def test_sessions_do_not_mix(engine: EngineClient, recorder: EngineRecorder, sshd: SshServer) -> None:
    target = target_on(sshd)
    await asyncio.gather(*(open_shell(engine, recorder, target, session=number) for number in (1, 2, 3)))
    for number in (1, 2, 3):
        engine.send(number, f"echo only-{number}; exit {number}\r".encode())
    for number in (1, 2, 3):
        ended = await recorder.end_of(number)
        assert isinstance(ended, SessionEnded)
        assert ended.result.status == number
        assert recorder.output[number].split() == [f"only-{number}".encode()]


async def test_an_unknown_host_key_is_asked_about(
    engine: EngineClient, recorder: EngineRecorder, sshd: SshServer
) -> None:
    engine.open(1, target_on(sshd, known=False), SIZE, "xterm-256color", {}, PLENTY)
    asked = await recorder.message(AskQuestion)
    assert asked.session == 1
    assert asked.host_key is not None
    assert asked.host_key.port == sshd.port
    engine.answer(asked.question, ("yes",))
    await recorder.message(SessionOpened)


async def test_no_is_an_answer(engine: EngineClient, recorder: EngineRecorder, sshd: SshServer) -> None:
    engine.open(1, target_on(sshd, known=False), SIZE, "xterm-256color", {}, PLENTY)
    engine.answer((await recorder.message(AskQuestion)).question, ("no",))
    failed = await recorder.end_of(1)
    assert isinstance(failed, SessionFailed)
    assert isinstance(error_of(failed.failure), HostKeyUnknownError)


async def test_a_question_lapses_with_its_session(
    engine: EngineClient, recorder: EngineRecorder, sshd: SshServer
) -> None:
    engine.open(1, target_on(sshd, known=False), SIZE, "xterm-256color", {}, PLENTY)
    asked = await recorder.message(AskQuestion)
    engine.close_session(1)
    assert (await recorder.message(CancelQuestion)).question == asked.question
    assert isinstance(await recorder.end_of(1), SessionEnded)
    engine.answer(asked.question, ("yes",))


async def test_a_failure_arrives_as_the_models_error(
    engine: EngineClient, recorder: EngineRecorder, sshd: SshServer
) -> None:
    engine.open(1, target_on(sshd, known=True), SIZE, "xterm-256color", {}, PLENTY)
    port = free_port()
    config = sshd.folder / "refused"
    config.write_text((sshd.folder / "config_box").read_text().replace(str(sshd.port), str(port)))
    config.chmod(0o600)
    engine.open(2, Target("box", config_file=str(config)), SIZE, "xterm-256color", {}, PLENTY)
    failed = await recorder.end_of(2)
    assert isinstance(failed, SessionFailed)
    error = error_of(failed.failure)
    assert isinstance(error, ConnectionRefusedByHostError)
    assert error.message == f"ssh: connect to host 127.0.0.1 port {port}: Connection refused"
    assert error.hop == "box"


async def test_closing_hangs_up(engine: EngineClient, recorder: EngineRecorder, sshd: SshServer) -> None:
    await open_shell(engine, recorder, target_on(sshd))
    engine.send(1, b"echo shell=$$=\r")
    shell = int((await recorder.text(1, b"=\r\n")).split(b"=")[1])
    engine.close_session(1)
    assert isinstance(await recorder.end_of(1), SessionEnded)
    await until_gone(shell)


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


async def test_a_server_that_dies_is_a_lost_connection(
    engine: EngineClient, recorder: EngineRecorder, sshd: SshServer
) -> None:
    await open_shell(engine, recorder, target_on(sshd))
    engine.send(1, b"echo sshd=$PPID=\r")
    os.kill(int((await recorder.text(1, b"=\r\n")).split(b"=")[1]), signal.SIGKILL)
    failed = await recorder.end_of(1)
    assert isinstance(failed, SessionFailed)
    assert isinstance(error_of(failed.failure), ConnectionLostError)


async def test_a_peer_that_does_not_answer_holds_no_close_up(
    engine: EngineClient, recorder: EngineRecorder, sshd: SshServer
) -> None:
    await open_shell(engine, recorder, target_on(sshd))
    engine.send(1, b"echo sshd=$PPID=\r")
    server = int((await recorder.text(1, b"=\r\n")).split(b"=")[1])
    os.kill(server, signal.SIGSTOP)
    try:
        engine.close_session(1)
        assert isinstance(await recorder.end_of(1, limit=5), SessionEnded)
    finally:
        os.kill(server, signal.SIGCONT)


async def open_shell_through_proxy(
    engine: EngineClient, recorder: EngineRecorder, server: SshServer, folder: Path
) -> tuple[int, int]:
    """Open a session through a ProxyCommand; return the process ids of its shell and of the proxy.

    The proxy (nc) does not end when its input does: as with ssh, whoever started it has to see to that.
    """
    proxy_id = folder / "proxy.pid"
    proxy = folder / "proxy"
    proxy.write_text(f"echo $$ > {proxy_id}\nexec {require_program('nc')} 127.0.0.1 {server.port}\n")
    await open_shell(engine, recorder, target_on(server, f"ProxyCommand sh {proxy}"))
    engine.send(1, b"echo shell=$$=\r")
    shell = int((await recorder.text(1, b"=\r\n")).split(b"=")[1])
    return shell, int(proxy_id.read_text())


async def test_killing_the_engine_leaves_no_shell_and_no_proxy(
    recorder: EngineRecorder, sshd: SshServer, tmp_path: Path
) -> None:
    client = await EngineClient.start(recorder, log_file=tmp_path / "engine.log")
    shell, proxy = await open_shell_through_proxy(client, recorder, sshd, tmp_path)
    os.kill(client.process_id, signal.SIGKILL)
    await recorder.until(lambda: recorder.lost is not None)
    await until_gone(proxy)
    await until_gone(shell)
    await client.stop()
    assert process_is_gone(client.process_id)


async def test_stopping_leaves_no_shell_and_no_proxy(recorder: EngineRecorder, sshd: SshServer, tmp_path: Path) -> None:
    client = await EngineClient.start(recorder, log_file=tmp_path / "engine.log")
    shell, proxy = await open_shell_through_proxy(client, recorder, sshd, tmp_path)
    await client.stop()
    assert process_is_gone(proxy)
    await until_gone(shell)


UI_TO_BE_KILLED = """
import asyncio, sys
from pathlib import Path
sys.path.append(sys.argv[1])
from mooring.engine.client import EngineClient
from mooring.model.machine import Target
from mooring.model.terminal import TerminalSize
from support.distance import distant
from support.engine import EngineRecorder

async def main():
    recorder = EngineRecorder()
    client = await EngineClient.start(recorder, log_file=Path(sys.argv[2]))
    target = Target("box", config_file=sys.argv[3])
    client.open(1, target, TerminalSize(80, 24), "xterm-256color", {}, 1 << 30)
    client.send(1, b"echo =she''ll=$$=\\r")
    shell = (await recorder.text(1, b"=shell=")).split(b"=shell=")[1]
    while b"=" not in shell:
        await recorder.more(1)
        shell = recorder.output[1].split(b"=shell=")[1]
    print(client.process_id, int(shell.split(b"=")[0]), flush=True)
    await asyncio.Event().wait()

asyncio.run(main())
"""


async def test_killing_the_ui_leaves_no_engine_and_no_shell(sshd: SshServer, tmp_path: Path) -> None:
    tests = Path(__file__).resolve().parents[1]
    config = sshd.write_client_config("box")
    arguments = [str(tests), str(tmp_path / "engine.log"), str(config)]
    with subprocess.Popen([sys.executable, "-c", UI_TO_BE_KILLED, *arguments], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        engine, shell = map(int, process.stdout.readline().split())
        process.kill()
    await until_gone(engine)
    await until_gone(shell)
    assert (tmp_path / "engine.log").read_text() == ""


async def test_a_passphrase_is_asked_for_and_kept_out_of_the_log(
    recorder: EngineRecorder, sshd: SshServer, tmp_path: Path
) -> None:
    key = tmp_path / "locked"
    make_key(key, passphrase="right-Pa55phrase")
    sshd.authorize(key.with_name("locked.pub").read_text())
    config = sshd.write_client_config("locked")
    config.write_text(config.read_text().replace(str(sshd.client_key), str(key)))
    client = await EngineClient.start(recorder, log_file=tmp_path / "engine.log")
    client.open(1, Target("locked", config_file=str(config)), SIZE, "xterm-256color", {}, PLENTY)
    for attempt, secret in enumerate(("wrong-Pa55phrase", "right-Pa55phrase"), start=1):
        asked = await recorder.message(AskQuestion)
        assert asked.secret is not None
        assert asked.secret.prompt == f"Enter passphrase for key '{key}': "
        assert asked.secret.attempt == attempt
        client.answer(asked.question, (secret,))
    await recorder.message(SessionOpened)
    await client.stop()
    assert "Pa55phrase" not in (tmp_path / "engine.log").read_text()
