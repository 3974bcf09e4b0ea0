"""One connection a machine: who shares it, who is asked, who is told of a failure, and when it ends."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from mooring.model.connection import Step
from mooring.model.errors import CancelledByPersonError, ConnectionLostError, HostKeyUnknownError
from mooring.model.machine import Target
from mooring.ssh import Connection, ConnectionPool, Shell
from support.engine import until_gone
from support.leftovers import nothing_left
from support.prompting import Recorder, ScriptedPerson, SlowPerson
from support.sshd import SshServer, free_port, running_sshd


@pytest.fixture(scope="module")
def jump(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SshServer]:
    """A server to jump through."""
    with running_sshd(tmp_path_factory.mktemp("jump")) as server:
        yield server


@pytest.fixture(scope="module")
def narrow(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SshServer]:
    """A server that allows one session on a connection."""
    with running_sshd(tmp_path_factory.mktemp("narrow"), "MaxSessions 1") as server:
        yield server


@pytest.fixture
async def pool() -> AsyncIterator[ConnectionPool]:
    """A pool that leaves nothing behind."""
    async with nothing_left():
        made = ConnectionPool()
        yield made
        await made.close()


def target_on(server: SshServer, name: str = "box", *extra: str, known: bool = True) -> Target:
    return Target(name, config_file=str(server.write_client_config(name, *extra, known=known)))


async def said(connection: Connection, command: str) -> str:
    """What a command prints."""
    recorder = Recorder()
    shell = await connection.execute(command, recorder)
    await asyncio.wait_for(shell.wait(), 20)
    return recorder.output.decode().strip()


async def server_process(connection: Connection) -> int:
    """The process of sshd that serves a connection."""
    return int(await said(connection, "echo $PPID"))


async def test_two_users_have_one_connection_which_ends_with_the_second(pool: ConnectionPool, sshd: SshServer) -> None:
    before = sshd.logins
    first = await pool.connect(target_on(sshd), ScriptedPerson())
    # Another name for the same way is the same connection; what is the session's own does not matter.
    other_name = target_on(sshd, "box2", "SetEnv LANG=C.utf8", "RequestTTY force", "ConnectTimeout 7")
    text = Path(str(other_name.config_file)).read_text().replace("known_hosts_box2", "known_hosts_box")
    Path(str(other_name.config_file)).write_text(text)
    second = await pool.connect(other_name, ScriptedPerson())
    process = await server_process(first)
    assert await server_process(second) == process
    assert await said(second, "echo $LANG") == "C.utf8"
    assert sshd.logins == before + 1
    await first.close()
    assert await server_process(second) == process
    await second.close()
    await until_gone(process)


async def test_what_matters_on_the_wire_keeps_them_apart(pool: ConnectionPool, sshd: SshServer) -> None:
    before = sshd.logins
    async with AsyncExitStack() as stack:
        for extra in ((), ("Ciphers aes256-ctr",), ("StrictHostKeyChecking yes",), ("ForwardAgent yes",)):
            await stack.enter_async_context(pool.lease(target_on(sshd, "box", *extra), ScriptedPerson()))
    assert sshd.logins == before + 4


def config_behind(jump: SshServer, server: SshServer, names: int) -> str:
    """A config with `jump`, and machines `m0`... behind it, each with a name of its own on record."""
    text = jump.write_client_config("jump").read_text()
    known = server.folder / "known_hosts_fleet"
    known.write_text("".join(f"m{number} {server.host_public_key}\n" for number in range(names)))
    for number in range(names):
        text += (
            f"Host m{number}\nHostName 127.0.0.1\nPort {server.port}\nUser {server.user}\nProxyJump jump\n"
            f"IdentityFile {server.client_key}\nIdentitiesOnly yes\nIdentityAgent none\nHostKeyAlias m{number}\n"
            f"UserKnownHostsFile {known}\nGlobalKnownHostsFile /dev/null\n"
        )
    path = jump.folder / "config_fleet"
    path.write_text(text)
    path.chmod(0o600)
    return str(path)


async def test_machines_behind_a_jump_host_share_its_connection_with_a_session_on_it(
    pool: ConnectionPool, jump: SshServer, sshd: SshServer
) -> None:
    config = config_behind(jump, sshd, 24)
    logins, jump_logins = sshd.logins, jump.logins

    targets = [Target(f"m{number}", config_file=config) for number in range(24)]
    connections = await asyncio.gather(*(pool.connect(target, ScriptedPerson()) for target in targets))
    ways = await asyncio.gather(*(said(connection, "echo $SSH_CONNECTION") for connection in connections))
    assert len(set(ways)) == 24
    assert (sshd.logins - logins, jump.logins - jump_logins) == (24, 1)
    for connection in connections:
        await connection.close()
    async with (
        pool.lease(Target("m1", config_file=config), ScriptedPerson()) as behind,
        pool.lease(Target("jump", config_file=config), ScriptedPerson()) as on_it,
    ):
        process = await server_process(on_it)
        await behind.close()
        assert await server_process(on_it) == process
    assert jump.logins - jump_logins == 2
    await until_gone(process)


async def test_who_comes_while_it_is_made_gets_the_one_question_and_the_one_login(
    pool: ConnectionPool, sshd: SshServer
) -> None:
    target, before = target_on(sshd, "new", known=False), sshd.logins
    people = [SlowPerson() for _person in range(4)]
    steps: list[Step] = []
    waiting = [asyncio.create_task(pool.connect(target, people[0]))]
    await people[0].asked("new")
    waiting += [
        asyncio.create_task(pool.connect(target, person, progress=lambda step, _hop: steps.append(step)))
        for person in people[1:]
    ]
    await asyncio.sleep(0)
    people[0].answer("new", "yes")
    connections = await asyncio.wait_for(asyncio.gather(*waiting), 20)
    assert [len(person.questions) for person in people] == [1, 0, 0, 0]
    assert sshd.logins == before + 1
    assert Step.AUTHENTICATING in steps
    for connection in connections:
        await connection.close()


async def test_when_the_one_who_is_asked_leaves_the_next_is_asked(pool: ConnectionPool, sshd: SshServer) -> None:
    target = target_on(sshd, "new", known=False)
    first, second = SlowPerson(), SlowPerson()
    leaving = asyncio.create_task(pool.connect(target, first))
    await first.asked("new")
    joined = asyncio.Event()

    def progress(step: Step, _hop: str) -> None:
        if step is not Step.RESOLVING:
            joined.set()

    staying = asyncio.create_task(pool.connect(target, second, progress=progress))
    await asyncio.wait_for(joined.wait(), 20)
    leaving.cancel()
    await asyncio.wait((leaving,))
    assert leaving.cancelled()
    await second.asked("new")
    await first.left_alone()
    second.answer("new", "yes")
    connection = await asyncio.wait_for(staying, 20)
    assert await said(connection, "echo in") == "in"
    await connection.close()


async def test_a_failure_is_told_to_all_who_wait_and_not_to_the_next(pool: ConnectionPool, sshd: SshServer) -> None:
    target = target_on(sshd, "new", known=False)
    person, before = SlowPerson(), sshd.logins
    waiting = [asyncio.create_task(pool.connect(target, each)) for each in (person, person, None)]
    await person.asked("new")
    await asyncio.sleep(0)
    person.answer("new", "no")
    outcomes = await asyncio.wait_for(asyncio.gather(*waiting, return_exceptions=True), 20)
    assert [type(outcome) for outcome in outcomes] == [HostKeyUnknownError] * 3
    assert len(person.questions) == 1
    again = asyncio.create_task(pool.connect(target, person))
    await person.asked("new")
    person.answer("new", "yes")
    await (await asyncio.wait_for(again, 20)).close()
    assert sshd.logins == before + 1


async def test_whoever_may_not_be_asked_spoils_nothing_for_one_who_may(pool: ConnectionPool, sshd: SshServer) -> None:
    target = target_on(sshd, "new", known=False)
    with pytest.raises(CancelledByPersonError):
        await pool.connect(target, None)
    person = ScriptedPerson([("yes",)])
    silent, asked = await asyncio.wait_for(
        asyncio.gather(pool.connect(target, None), pool.connect(target, person), return_exceptions=True), 20
    )
    assert isinstance(asked, Connection)
    assert isinstance(silent, Connection | CancelledByPersonError)
    for connection in (silent, asked):
        if isinstance(connection, Connection):
            await connection.close()


async def test_a_server_that_allows_no_more_sessions_is_logged_in_to_once_more(
    pool: ConnectionPool, narrow: SshServer
) -> None:
    target, before = target_on(narrow), narrow.logins
    connections = [await pool.connect(target, ScriptedPerson()) for _user in range(3)]
    assert narrow.logins == before + 1

    async def start(connection: Connection) -> Shell:
        return await connection.execute("exec cat", Recorder())

    shells = await asyncio.wait_for(asyncio.gather(*map(start, connections)), 30)
    assert narrow.logins == before + 3
    shells[0].write_eof()
    await asyncio.wait_for(shells[0].wait(), 20)
    # There is room again, and it is known where.
    assert await said(connections[2], "echo in") == "in"
    assert narrow.logins == before + 3
    for connection in connections:
        await connection.close()


async def test_files_beside_a_shell_where_one_session_is_allowed_cost_one_more_login(
    pool: ConnectionPool, narrow: SshServer, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    before, recorder = narrow.logins, Recorder()
    async with pool.lease(target_on(narrow), ScriptedPerson()) as connection:
        shell = await connection.execute("exec cat", recorder)
        files = await asyncio.wait_for(connection.open_files(), 30)
        assert [entry.name for entry in await files.list_folder(bytes(tmp_path))] == [b"file"]
        assert narrow.logins == before + 2
        shell.write(b"still here")
        shell.write_eof()
        await asyncio.wait_for(shell.wait(), 20)
        assert recorder.output == b"still here"
        await files.close()


async def test_a_connection_that_was_lost_is_given_to_nobody(pool: ConnectionPool, sshd: SshServer) -> None:
    first = await pool.connect(target_on(sshd), ScriptedPerson())
    shell = await first.execute("exec sleep 60", Recorder())
    os.kill(await server_process(first), signal.SIGKILL)
    with pytest.raises(ConnectionLostError):
        await asyncio.wait_for(shell.wait(), 20)
    second = await pool.connect(target_on(sshd), ScriptedPerson())
    assert await said(second, "echo in") == "in"
    await first.close()
    assert await said(second, "echo in") == "in"
    await second.close()


async def test_one_whose_host_stands_still_is_let_be_and_whoever_comes_gets_another(
    pool: ConnectionPool, jump: SshServer, sshd: SshServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mooring.ssh.client_connection._JUST_NOW", 0.0)
    behind = Target("m1", config_file=config_behind(jump, sshd, 2))
    jumps = Target("jump", config_file=behind.config_file)
    gate = await pool.connect(jumps, ScriptedPerson())
    first = await pool.connect(behind, ScriptedPerson())
    process = await server_process(gate)
    assert await server_process(await pool.connect(jumps, ScriptedPerson())) == process, "it answers, and is shared"
    os.kill(process, signal.SIGSTOP)
    try:
        monkeypatch.setattr("mooring.ssh.sharing.lease.PATIENCE", 0.5)
        second = await pool.connect(behind, ScriptedPerson())
        monkeypatch.setattr("mooring.ssh.sharing.lease.PATIENCE", 30)
        assert await said(second, "echo here") == "here", "by another way through the jump host"
        other = await server_process(await pool.connect(jumps, ScriptedPerson()))
        assert other != process
    finally:
        os.kill(process, signal.SIGCONT)
    assert await said(first, "echo still") == "still"


async def test_it_lingers_for_who_comes_back_and_ends_then(sshd: SshServer) -> None:
    async with nothing_left():
        pool = ConnectionPool(linger=0.3)
        async with pool.lease(target_on(sshd), ScriptedPerson()) as connection:
            process = await server_process(connection)
        async with pool.lease(target_on(sshd), ScriptedPerson()) as connection:
            assert await server_process(connection) == process
        await until_gone(process)
        await pool.close()


async def test_forwards_end_with_the_sessions_that_asked_for_them(pool: ConnectionPool, sshd: SshServer) -> None:
    port = free_port()

    def listens() -> bool:
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                return True
            return False

    plain = target_on(sshd)
    tunnel = Target("tunnel", config_file=str(sshd.folder / "config_tunnel"))
    text = Path(str(plain.config_file)).read_text().replace("Host box", "Host box tunnel")
    text += f"Host tunnel\nLocalForward {port} 127.0.0.1:{sshd.port}\n"
    Path(str(tunnel.config_file)).write_text(text)
    before = sshd.logins
    async with pool.lease(plain, ScriptedPerson(), for_session=True) as connection:
        person = ScriptedPerson()
        first = await pool.connect(tunnel, person, for_session=True)
        second = await pool.connect(tunnel, person, for_session=True)
        without = await pool.connect(tunnel, person)
        assert person.told == "", "the second session shares the forward; it does not find its port taken"
        await first.close()
        assert listens()
        await second.close()
        assert not listens()
        assert await said(connection, "echo in") == await said(without, "echo in") == "in"
        await without.close()
    assert sshd.logins == before + 1
