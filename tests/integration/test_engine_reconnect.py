"""A shell whose connection is lost comes back in its place, or says why it does not."""

from __future__ import annotations

import asyncio
import os
import re
import signal
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest

from mooring.engine.client import EngineClient
from mooring.engine.discovery import find_engines
from mooring.engine.failures import error_of
from mooring.engine.forwarding import ForwardTable
from mooring.engine.protocol import Message, OpenSession, SessionFailed, SessionOpened, SessionReconnecting
from mooring.engine.questions import Questions
from mooring.engine.reconnecting import Outages, SleepWatch
from mooring.engine.session import Surroundings
from mooring.engine.shell_session import ShellSession
from mooring.engine.ui_link import UiLink
from mooring.model.errors import AuthenticationFailedError, ConnectionLostError, HostKeyChangedError, NoAnswerError
from mooring.model.machine import Target
from mooring.model.terminal import TerminalSize
from mooring.ssh import ConnectionPool
from support.cut_path import CutPath, cut_path
from support.engine import PLENTY, SIZE, EngineRecorder, machine_of, open_shell, target_on
from support.sshd import SshServer, running_sshd
from support.terminals import Terminals


@pytest.fixture
async def path(plain_sshd: SshServer) -> AsyncIterator[CutPath]:
    async with cut_path(plain_sshd.port) as whole:
        yield whole


def target_through(path: CutPath, server: SshServer, *extra: str) -> Target:
    """How to reach `server` on a path that can be cut."""
    config = server.write_client_config("box", "HostKeyAlias box", *extra)
    text = config.read_text().replace(f"Port {server.port}", f"Port {path.port}")
    config.write_text(text)
    (server.folder / "known_hosts_box").write_text(f"box {server.host_public_key}\n")
    return Target("box", config_file=str(config))


async def failing(recorder: EngineRecorder, session: int) -> SessionReconnecting:
    """Wait until a session is to be made again, and take what was told of it."""
    await recorder.until(lambda: any(_is_about(message, session) for message in recorder.messages))
    found = next(message for message in recorder.messages if _is_about(message, session))
    recorder.messages.remove(found)
    return cast(SessionReconnecting, found)


def _is_about(message: object, session: int) -> bool:
    return isinstance(message, SessionReconnecting) and message.session == session


async def test_a_path_that_is_cut_and_restored_costs_one_login_for_all_on_it(
    engine: EngineClient, recorder: EngineRecorder, plain_sshd: SshServer, path: CutPath
) -> None:
    # A port that is taken is warned of on the first way, and not by each attempt.
    target = target_through(path, plain_sshd, f"LocalForward 127.0.0.1:{plain_sshd.port} 127.0.0.1:1")
    for session in (1, 2):
        await open_shell(engine, recorder, target, session=session)
    engine.send(1, b"printf '\\033[?1049h\\033[?2004hin %s\\n' vim; sleep 1000\r")
    await recorder.text(1, b"in vim")
    logins = plain_sshd.logins
    recorder.messages.clear()
    await path.cut()
    for session in (1, 2):
        lost = await failing(recorder, session)
        assert isinstance(error_of(lost.failure), ConnectionLostError)
        assert lost.attempt == 1 and 0 < lost.seconds <= 1
        # The next is tried in vain, and waits for longer.
        lost = await failing(recorder, session)
        assert lost.attempt == 2 and "refused" in lost.failure.message and 0.9 < lost.seconds <= 2
        engine.send(session, b"echo typed-into-the-void\r")
    # What vim left on is put back, and the reason stands in the text.
    assert b"\x1b[?1049l" in recorder.output[1] and re.search(rb"\x1b\[\?[\d;]*2004[\d;]*l", recorder.output[1])
    assert b"Connection to 127.0.0.1 closed by remote host." in recorder.output[2]
    engine.resize(1, TerminalSize(100, 30), len(recorder.output[1]))
    recorder.messages.clear()
    await path.restore()
    engine.reconnect(1)
    for session in (1, 2):
        await recorder.until(
            lambda session=session: any(  # type: ignore[misc]
                isinstance(message, SessionOpened) and message.session == session for message in recorder.messages
            ),
            limit=20,
        )
        engine.send(session, b"echo it is $(stty size) here\r")
    await recorder.text(1, b"it is 30 100 here")
    await recorder.text(2, b"it is 24 80 here")
    assert plain_sshd.logins == logins + 1
    assert b"Could not request local forwarding" not in recorder.output[1]
    assert b"void" not in recorder.output[1] + recorder.output[2]


async def test_a_changed_host_key_and_a_refused_login_are_tried_no_further(
    engine: EngineClient, recorder: EngineRecorder, path: CutPath, tmp_path: Path
) -> None:
    with running_sshd(tmp_path / "first") as first, running_sshd(tmp_path / "second") as second:
        (second.folder / "authorized_keys").write_text("")
        for session, server in ((1, first), (2, second)):
            async with cut_path(server.port) as way:
                known = server.folder / "known_hosts_box"
                (server.folder / "authorized_keys").write_text((server.folder / "client_key.pub").read_text())
                target = target_through(way, server, "StrictHostKeyChecking yes")
                await open_shell(engine, recorder, target, session=session)
                await way.cut()
                await failing(recorder, session)
                if session == 1:
                    known.write_text(f"box {second.host_public_key}\n")
                else:
                    (server.folder / "authorized_keys").write_text("")
                await way.restore()
                engine.reconnect(session)
                failed = await recorder.end_of(session)
                assert isinstance(failed, SessionFailed)
                expected = HostKeyChangedError if session == 1 else AuthenticationFailedError
                assert isinstance(error_of(failed.failure), expected)


async def test_a_stopped_server_is_told_by_its_silence_and_an_orderly_end_is_an_end(
    engine: EngineClient, recorder: EngineRecorder, sshd: SshServer
) -> None:
    await open_shell(engine, recorder, target_on(sshd, "ServerAliveInterval 1", "ServerAliveCountMax 1"))
    engine.send(1, b"echo sshd=$PPID=\r")
    server = int((await recorder.text(1, b"=\r\n")).split(b"=")[1])
    os.kill(server, signal.SIGSTOP)
    try:
        lost = await failing(recorder, 1)
        assert isinstance(error_of(lost.failure), NoAnswerError)
        await recorder.text(1, b"connected again")
    finally:
        os.kill(server, signal.SIGKILL)
    engine.send(1, b"exit 4\r")
    ended = await recorder.end_of(1)
    assert not isinstance(ended, SessionFailed) and ended.result.status == 4


class Recording:
    """Stands for the stream to a UI."""

    def __init__(self, recorder: EngineRecorder) -> None:
        self._recorder = recorder

    def send_message(self, message: Message) -> None:
        """Keep it."""
        self._recorder.message_received(message)  # type: ignore[arg-type]

    def send_data(self, kind: object, session: int, data: bytes) -> None:
        """Keep it."""
        self._recorder.output_received(session, data)


async def test_after_sleep_no_key_goes_to_a_dead_peer(
    recorder: EngineRecorder, plain_sshd: SshServer, path: CutPath
) -> None:
    clocks = [0.0]
    link = UiLink()
    link.stream = cast("object", Recording(recorder))  # type: ignore[assignment]
    pool = ConnectionPool()
    sleep = SleepWatch(lambda: shell.check_peer(0.5), lambda: clocks[0])
    surroundings = Surroundings(link, Questions(link.send_message), pool, Outages(), ForwardTable(), sleep)
    machine = replace(machine_of(target_through(path, plain_sshd)), on_connect=("echo where it began",))
    shell = ShellSession(OpenSession(1, machine, SIZE, "xterm", {}, PLENTY), surroundings)
    living = asyncio.create_task(shell.run())
    shell.type(b"PS1=; echo rea''dy\r")
    await recorder.text(1, b"ready")
    clocks[0] += 3600
    shell.type(b"echo after sl''eep\r")
    await recorder.text(1, b"after sleep")
    path.freeze()
    clocks[0] += 3600
    shell.type(b"echo to the de''ad\r")
    lost = await failing(recorder, 1)
    assert "not responding" in lost.failure.message
    await recorder.text(1, b"where it began")
    shell.type(b"echo al''ive\r")
    await recorder.text(1, b"alive")
    assert b"to the dead" not in recorder.output[1]
    living.cancel()
    await asyncio.gather(living, return_exceptions=True)
    await pool.close()


async def test_without_a_ui_it_comes_back_all_the_same_and_the_next_ui_is_told_how_it_stands(
    plain_sshd: SshServer, path: CutPath, tmp_path: Path
) -> None:
    log_file, runtime = tmp_path / "engine.log", tmp_path / "run"

    async def comes_to(state: str) -> None:
        for _ in range(300):
            engines = await asyncio.to_thread(find_engines, runtime)
            if engines and engines[0].report and engines[0].report.sessions[0].state == state:
                return
            await asyncio.sleep(0.05)
        raise AssertionError(f"it is {engines}")

    async def attached() -> Terminals:
        ui = Terminals()
        ui.engine = await EngineClient.attach(ui, process_id, runtime=runtime, log_file=log_file)
        ui.take_up(1, SIZE)
        return ui

    first = Terminals()
    first.engine = await EngineClient.start(first, log_file=log_file, runtime=runtime, keep_seconds=60)
    process_id = first.engine.process_id
    first.open(1, machine_of(target_through(path, plain_sshd)), SIZE)
    await first.shows(1, "there>")
    await first.engine.detach()
    await path.cut()
    await comes_to("reconnecting")
    second = await attached()
    lost = await failing(second, 1)
    assert lost.attempt >= 1 and lost.failure.message
    await second.shows(1, "Connection to 127.0.0.1 closed by remote host.")
    assert second.engine is not None
    await second.engine.detach()
    await path.restore()
    await comes_to("open")
    third = await attached()
    await third.shows(1, "closed by remote host", "connected again", "there>")
    assert third.engine is not None
    await third.engine.stop()
    assert log_file.read_text() == ""
