"""Whether machines can be reached, told without a login, a question, or a line in known_hosts."""

from __future__ import annotations

import asyncio
import errno
import os
import signal
import socket
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from mooring.engine.client import EngineClient
from mooring.model.machine import Target
from mooring.model.reachability import Reach, Reachability
from mooring.ssh import ConnectionPool, Prober
from support.engine import target_on
from support.leftovers import nothing_left
from support.prompting import ScriptedPerson
from support.sshd import SshServer, free_port, make_key, running_sshd

LIMIT = 15.0


@pytest.fixture(scope="module")
def jump(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SshServer]:
    """A server to jump through."""
    with running_sshd(tmp_path_factory.mktemp("jump")) as server:
        yield server


@pytest.fixture
async def pool() -> AsyncIterator[ConnectionPool]:
    """A pool that leaves nothing behind."""
    async with nothing_left():
        made = ConnectionPool()
        yield made
        await made.close()


def written(server: SshServer, text: str, name: str = "probed") -> Target:
    """A target with a config of its own."""
    path = server.folder / f"config_{name}"
    path.write_text(text)
    path.chmod(0o600)
    return Target("box", config_file=str(path))


async def test_a_machine_that_is_up_has_a_latency_and_nobody_logged_in(pool: ConnectionPool, sshd: SshServer) -> None:
    target, before = target_on(sshd), sshd.logins
    found = await Prober(pool).probe(target, limit=LIMIT)
    assert (found.reach, found.hop, found.is_up) == (Reach.UP, "box", True)
    assert found.latency is not None and 0 < found.latency < LIMIT
    async with pool.lease(target, ScriptedPerson()):
        assert (await Prober(pool).probe(target, limit=LIMIT)).reach is Reach.UP
    assert sshd.logins == before + 1, "the session's"


async def test_host_keys_are_looked_at_and_not_recorded(pool: ConnectionPool, sshd: SshServer, tmp_path: Path) -> None:
    target = target_on(sshd, "StrictHostKeyChecking accept-new", known=False)
    found = await Prober(pool).probe(target, limit=LIMIT)
    assert (found.reach, found.is_up) == (Reach.HOST_KEY_UNKNOWN, True)
    assert found.reason == "no key of it is on record; a session asks about the one that it shows"
    known_hosts = sshd.folder / "known_hosts_box"
    assert known_hosts.read_text() == ""
    make_key(tmp_path / "other")
    known_hosts.write_text(f"[127.0.0.1]:{sshd.port} {(tmp_path / 'other.pub').read_text()}")
    found = await Prober(pool).probe(target, limit=LIMIT)
    assert (found.reach, found.latency is not None) == (Reach.HOST_KEY_CHANGED, True)
    assert found.reason == f"another one is on record in {known_hosts}:1"


async def test_each_way_of_not_being_there_is_told_apart(pool: ConnectionPool, sshd: SshServer) -> None:
    text = Path(str(target_on(sshd).config_file)).read_text()

    async def reach(*changes: tuple[str, str], limit: float = LIMIT) -> Reachability:
        changed = text
        for old, new in changes:
            assert old in changed
            changed = changed.replace(old, new)
        name = f"probed-{abs(hash(changes))}"
        return await Prober(pool).probe(written(sshd, changed, name), limit=limit)

    port = f"Port {sshd.port}"
    with socket.create_server(("127.0.0.1", 0)) as silent:
        unheard = f"Port {silent.getsockname()[1]}"
        refused, nameless, late, slow, exec_, proxy, broken = await asyncio.gather(
            reach((port, f"Port {free_port()}")),
            reach(("HostName 127.0.0.1", "HostName no-such-host.invalid")),
            reach((port, unheard), limit=0.4),
            reach((port, unheard), ("User ", "ConnectTimeout 1\nUser ")),
            reach(("User ", 'Match exec "touch exec-ran"\nUser ')),
            reach(("User ", "ProxyCommand touch proxy-ran\nUser ")),
            reach(("User ", "Compression perhaps\nUser ")),
        )
    assert (refused.reach, nameless.reach, slow.reach) == (Reach.REFUSED, Reach.NO_ADDRESS, Reach.TIMED_OUT)
    assert (late.reach, late.reason) == (Reach.TIMED_OUT, "no answer within 0.4 seconds")
    assert exec_.reach is proxy.reach is Reach.NOT_PROBED
    assert "Match exec" in exec_.reason and "is not run for a probe" in proxy.reason
    assert broken.reach is Reach.FAILED and "perhaps" in broken.reason
    assert not list(Path.cwd().glob("*-ran"))
    with socket.create_server(("127.0.0.1", 0)) as talker:
        probing = asyncio.create_task(reach((port, f"Port {talker.getsockname()[1]}")))
        connection, _address = await asyncio.to_thread(talker.accept)
        with connection:
            connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        assert (await probing).reach is Reach.NOT_SSH


@pytest.mark.parametrize("number", [errno.EHOSTUNREACH, errno.ENETUNREACH])
async def test_that_no_way_leads_there_is_told_apart(
    pool: ConnectionPool, sshd: SshServer, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    connect = socket.socket.connect

    def without_route(connection: socket.socket, address: Any) -> None:
        if address == ("127.0.0.1", sshd.port):
            raise OSError(number, os.strerror(number))
        connect(connection, address)

    target = target_on(sshd)
    with monkeypatch.context() as patched:
        patched.setattr(socket.socket, "connect", without_route)
        found = await Prober(pool).probe(target, limit=LIMIT)
    assert (found.reach, found.hop, found.is_up) == (Reach.NO_ROUTE, "box", False)
    assert os.strerror(number) in found.reason


async def test_a_jump_host_is_used_as_far_as_nobody_has_to_be_asked(
    pool: ConnectionPool, jump: SshServer, sshd: SshServer
) -> None:
    def target(*extra: str, known: bool = True, port: int = sshd.port) -> Target:
        own = Path(
            str(target_on(sshd, "ProxyJump jump", f"HostKeyAlias [127.0.0.1]:{sshd.port}").config_file)
        ).read_text()
        own = own.replace(f"Port {sshd.port}", f"Port {port}")
        return written(sshd, jump.write_client_config("jump", *extra, known=known).read_text() + own)

    jump_logins, logins = jump.logins, sshd.logins
    prober = Prober(pool)
    unasked = await prober.probe(target(), limit=LIMIT, may_log_in=False)
    assert (unasked.reach, unasked.hop) == (Reach.JUMP_NEEDS_LOGIN, "jump")
    assert jump.logins == jump_logins
    found = await asyncio.gather(*(prober.probe(target(), limit=LIMIT) for _probe in range(5)))
    assert {each.reach for each in found} == {Reach.UP}
    assert (jump.logins - jump_logins, sshd.logins - logins) == (1, 0)
    refused = await prober.probe(target(port=free_port()), limit=LIMIT)
    assert (refused.reach, refused.hop) == (Reach.REFUSED, "box")
    unknown = await prober.probe(target(known=False), limit=LIMIT)
    assert (unknown.reach, unknown.hop) == (Reach.JUMP_NEEDS_LOGIN, "jump")
    nobody = "nobody-of-this-name"
    outside = target(f"User {nobody}")
    Path(str(outside.config_file)).write_text(
        Path(str(outside.config_file)).read_text().replace(f"User {jump.user}", f"User {nobody}", 1)
    )
    shut = await prober.probe(outside, limit=LIMIT)
    assert (shut.reach, shut.hop) == (Reach.JUMP_FAILED, "jump")
    assert "Permission denied" in shut.reason
    log, attempt = (jump.folder / "sshd.log").read_text(), f"Invalid user {nobody} from"
    assert (await prober.probe(outside, limit=LIMIT)) == shut
    assert (jump.folder / "sshd.log").read_text().count(attempt) == log.count(attempt), "no second failed login"


async def test_a_jump_host_that_stands_still_is_named(pool: ConnectionPool, jump: SshServer, sshd: SshServer) -> None:
    text = jump.write_client_config("jump").read_text()
    text += Path(str(target_on(sshd, "ProxyJump jump").config_file)).read_text()
    os.kill(jump.process.pid, signal.SIGSTOP)
    try:
        found = await Prober(pool).probe(written(sshd, text), limit=0.5)
    finally:
        os.kill(jump.process.pid, signal.SIGCONT)
    assert (found.reach, found.hop) == (Reach.JUMP_FAILED, "jump")


async def test_the_ui_probes_through_the_engine_and_may_give_up(engine: EngineClient, sshd: SshServer) -> None:
    found = await engine.probe(target_on(sshd), limit=LIMIT)
    assert found.reach is Reach.UP
    with socket.create_server(("127.0.0.1", 0)) as silent:
        text = Path(str(target_on(sshd).config_file)).read_text()
        text = text.replace(f"Port {sshd.port}", f"Port {silent.getsockname()[1]}")
        probing = asyncio.create_task(engine.probe(written(sshd, text), limit=LIMIT))
        connection, _address = await asyncio.to_thread(silent.accept)
        with connection:
            probing.cancel()
            connection.settimeout(LIMIT)
            received = b"anything"
            while received:
                received = await asyncio.to_thread(connection.recv, 4096)
