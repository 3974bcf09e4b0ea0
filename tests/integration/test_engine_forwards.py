"""Forwards of an open session: added and removed, counted, back after a lost connection, and ports that are taken."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from mooring.engine.client import EngineClient
from mooring.engine.protocol import SessionForwards
from mooring.model.errors import PortTakenError, UsageError
from mooring.model.forward_report import ForwardReport, ForwardState
from mooring.model.forward_specification import ForwardSpecification
from mooring.model.machine import Target
from support.cut_path import cut_path
from support.engine import EngineRecorder, open_shell, target_on
from support.engine_here import EngineHere
from support.leftovers import nothing_left
from support.sshd import SshServer, free_port


async def _echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while line := await reader.readline():
        writer.write(line)
    writer.close()


@asynccontextmanager
async def echo_server() -> AsyncIterator[int]:
    """A server that gives every line back; yields its port."""
    server = await asyncio.start_server(_echo, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1]


async def until(
    ask: Callable[[], Awaitable[tuple[ForwardReport, ...]]], ready: Callable[[tuple[ForwardReport, ...]], bool]
) -> tuple[ForwardReport, ...]:
    """Ask until it is so."""
    for _ in range(300):
        if ready(reports := await ask()):
            return reports
        await asyncio.sleep(0.05)
    raise AssertionError(f"it never came to this: {reports}")


async def say(port: int, text: bytes, *, by_socks_to: int | None = None) -> bytes:
    """Have one line given back; through a SOCKS 4 server at `port` by the port of loopback that it shall lead to."""
    reader, writer = await asyncio.wait_for(asyncio.open_connection("127.0.0.1", port), 10)
    if by_socks_to is not None:
        writer.write(b"\x04\x01" + by_socks_to.to_bytes(2, "big") + b"\x7f\x00\x00\x01me\x00")
        assert (await asyncio.wait_for(reader.readexactly(8), 10))[:2] == b"\x00\x5a", "granted"
    writer.write(text)
    answer = await asyncio.wait_for(reader.readline(), 10)
    writer.close()
    await writer.wait_closed()
    return answer


def leading_to(target: int, port: int = 0) -> ForwardSpecification:
    """From a port to a port of loopback."""
    return ForwardSpecification("127.0.0.1", port, None, "127.0.0.1", target)


async def test_forwards_come_go_and_count_and_survive_a_lost_connection(
    engine: EngineClient, recorder: EngineRecorder, plain_sshd: SshServer
) -> None:
    configured, added, back, socks = (free_port() for _ in range(4))
    async with echo_server() as echo, cut_path(plain_sshd.port) as path:
        config = plain_sshd.write_client_config(
            "box", "HostKeyAlias box", f"LocalForward 127.0.0.1:{configured} 127.0.0.1:{echo}"
        )
        config.write_text(config.read_text().replace(f"Port {plain_sshd.port}", f"Port {path.port}"))
        (plain_sshd.folder / "known_hosts_box").write_text(f"box {plain_sshd.host_public_key}\n")
        for session in (1, 2):
            await open_shell(engine, recorder, Target("box", config_file=str(config)), session=session)
        await recorder.until(lambda: SessionForwards(2, 1, 0) in recorder.messages)
        await engine.add_forward(1, leading_to(echo, added), remote=False)
        await engine.add_forward(1, leading_to(echo, back), remote=True)
        reports = await engine.add_forward(1, ForwardSpecification("127.0.0.1", socks), remote=False)
        assert [report.port for report in reports] == [configured, added, back, socks]
        await recorder.until(lambda: SessionForwards(2, 4, 0) in recorder.messages)
        with pytest.raises(UsageError):
            await engine.add_forward(2, leading_to(echo, added), remote=False)
        # Taken by this engine, for this machine.
        with pytest.raises(PortTakenError) as taken:
            await engine.add_forward(2, leading_to(1, added), remote=False)
        assert taken.value.hint == f"box has port {added}, here in Mooring"
        for port in (configured, added, back):
            assert await say(port, b"12345\n") == b"12345\n"
        reader, writer = await asyncio.open_connection("127.0.0.1", added)
        writer.write(b"1\n")
        assert await reader.readline() == b"1\n"
        reports = await until(
            lambda: engine.forwards(1), lambda reports: [each.open for each in reports] == [0, 1, 0, 0]
        )
        assert [(each.connections, each.sent, each.received) for each in reports] == [
            (1, 6, 6), (2, 8, 8), (1, 6, 6), (0, 0, 0),
        ]  # fmt: skip
        writer.close()
        reports = await engine.remove_forward(2, leading_to(echo, configured), remote=False)
        assert [report.port for report in reports] == [added, back, socks]
        await path.cut()
        waiting = await until(
            lambda: engine.forwards(1), lambda reports: all(each.state is ForwardState.WAITING for each in reports)
        )
        assert len(waiting) == 3
        await path.restore()
        engine.reconnect(1)
        back_again = await until(
            lambda: engine.forwards(2), lambda reports: all(each.state is ForwardState.LISTENING for each in reports)
        )
        assert {report.port for report in back_again} == {added, back, socks}
        for port in (added, back):
            assert await say(port, b"again\n") == b"again\n"
        # Counters go on where they were.
        counted = {each.port: (each.connections, each.sent, each.received) for each in await engine.forwards(1)}
        assert counted == {added: (3, 14, 14), back: (2, 12, 12), socks: (0, 0, 0)}
        assert await say(socks, b"by socks\n", by_socks_to=echo) == b"by socks\n"
        with pytest.raises(OSError):
            await say(configured, b"removed\n")


async def test_a_taken_port_says_whose_it_is(engine: EngineClient, recorder: EngineRecorder, sshd: SshServer) -> None:
    async with echo_server() as taken:
        await open_shell(engine, recorder, target_on(sshd, f"LocalForward 127.0.0.1:{taken} 127.0.0.1:1"))
        await recorder.until(lambda: SessionForwards(1, 0, 1) in recorder.messages)
        [report] = await engine.forwards(1)
        assert report.state is ForwardState.FAILED
        assert "(process " in report.reason and report.reason.endswith(f" has port {taken}")
        await engine.remove_forward(1, report.specification, remote=False)
        assert await engine.forwards(1) == ()
    # Free by now.
    [report] = await engine.add_forward(1, report.specification, remote=False)
    assert report.state is ForwardState.LISTENING


async def test_a_port_whose_holder_nobody_finds_is_another_programs(
    sshd: SshServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mooring.engine.line.start_engine_process", EngineHere.start)
    monkeypatch.setattr("mooring.ssh.forwards.find_port_holder", lambda _port: None)
    async with nothing_left(), echo_server() as taken:
        recorder = EngineRecorder()
        engine = await EngineClient.start(recorder, log_file=tmp_path / "log")
        await open_shell(engine, recorder, target_on(sshd))
        with pytest.raises(PortTakenError) as refused:
            await engine.add_forward(1, leading_to(1, taken), remote=False)
        assert refused.value.hint == f"another program has port {taken}"
        await engine.stop()
