"""Forwards in every direction over a real sshd, and streams to places beyond it."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from mooring.model.errors import ConnectionFailedError
from mooring.model.forward_specification import ForwardSpecification
from mooring.model.machine import Target
from mooring.ssh import Connection, connect
from support.agents import running_agent
from support.programs import require_program
from support.prompting import Recorder, ScriptedPerson
from support.sshd import SshServer, free_port, running_sshd


@asynccontextmanager
async def connected(server: SshServer, *extra: str, person: ScriptedPerson | None = None) -> AsyncIterator[Connection]:
    """A connection with further lines of configuration."""
    config = server.write_client_config("here", *extra)
    connection = await connect(Target("here", config_file=str(config)), person or ScriptedPerson())
    try:
        yield connection
    finally:
        await connection.close()


async def _echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"echo:" + await reader.readline())
    await writer.drain()
    writer.close()


@asynccontextmanager
async def echo_server() -> AsyncIterator[int]:
    """A server on loopback that gives one line back; yields its port."""
    server = await asyncio.start_server(_echo, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1]


async def say(port: int, text: bytes = b"hello\n", before: bytes = b"", host: str = "127.0.0.1") -> bytes:
    """Connect, send, and read to the end."""
    reader, writer = await asyncio.wait_for(asyncio.open_connection(host, port), 5)
    writer.write(before + text)
    answer = await asyncio.wait_for(reader.read(), 5)
    writer.close()
    await writer.wait_closed()
    return answer


async def test_a_local_forward(sshd: SshServer) -> None:
    port = free_port()
    async with echo_server() as target, connected(sshd, f"LocalForward {port} 127.0.0.1:{target}") as connection:
        assert await say(port) == b"echo:hello\n"
        (forward,) = connection.forwards.active
        assert (forward.remote, forward.port) == (False, port)
    with pytest.raises(ConnectionRefusedError):
        await say(port)


async def test_a_dynamic_forward_speaks_socks(sshd: SshServer) -> None:
    port = free_port()
    async with echo_server() as target, connected(sshd, f"DynamicForward {port}"):
        request = b"\x05\x01\x00" + b"\x05\x01\x00\x01\x7f\x00\x00\x01" + target.to_bytes(2, "big")
        answer = await say(port, before=request)
        assert answer.startswith(b"\x05\x00\x05\x00")
        assert answer.endswith(b"echo:hello\n")


async def test_a_remote_forward_with_a_port_that_the_server_chooses(sshd: SshServer) -> None:
    person = ScriptedPerson()
    async with (
        echo_server() as target,
        connected(sshd, f"RemoteForward 0 127.0.0.1:{target}", person=person) as connection,
    ):
        (forward,) = connection.forwards.active
        assert forward.remote
        assert forward.port > 0
        assert person.told == f"Allocated port {forward.port} for remote forward to 127.0.0.1:{target}"
        assert await say(forward.port) == b"echo:hello\n"


SOCKS_4, SOCKS_5 = "SOCKS 4", "SOCKS 5"


def socks_request(version: str, port: int) -> bytes:
    """Ask for a port on loopback."""
    if version == SOCKS_4:
        return b"\x04\x01" + port.to_bytes(2, "big") + b"\x7f\x00\x00\x01me\x00"
    return b"\x05\x01\x00" + b"\x05\x01\x00\x01\x7f\x00\x00\x01" + port.to_bytes(2, "big")


async def until_listening(port: int) -> None:
    """Wait until somebody accepts connections on `port`."""
    async with asyncio.timeout(20):
        while True:
            try:
                _reader, writer = await asyncio.open_connection("127.0.0.1", port)
            except ConnectionRefusedError:
                await asyncio.sleep(0.02)
            else:
                writer.close()
                await writer.wait_closed()
                return


@asynccontextmanager
async def remote_socks_of_ssh(server: SshServer, *extra: str) -> AsyncIterator[int]:
    """What the system's ssh serves on the far side; yields the port there."""
    port = free_port()
    config = server.write_client_config("here", *extra)
    ssh = await asyncio.create_subprocess_exec(
        require_program("ssh"), "-F", str(config), "-N", "-R", str(port), "here", stdin=asyncio.subprocess.DEVNULL
    )
    try:
        await until_listening(port)
        yield port
    finally:
        ssh.terminate()
        await ssh.wait()


@asynccontextmanager
async def remote_socks_of_ours(server: SshServer, *extra: str) -> AsyncIterator[int]:
    """What we serve there."""
    port = free_port()
    async with connected(server, f"RemoteForward {port}", *extra) as connection:
        assert connection.forwards.active[0].specification.dynamic
        yield port


async def test_socks_on_the_far_side_answers_as_that_of_ssh(sshd: SshServer) -> None:
    async with echo_server() as target, remote_socks_of_ssh(sshd) as theirs, remote_socks_of_ours(sshd) as ours:
        for version in (SOCKS_4, SOCKS_5):
            request = socks_request(version, target)
            assert await say(ours, before=request) == await say(theirs, before=request)
        # A place that refuses: no grant, and the end. (ssh loses its answer about authentication there, too.)
        assert await say(ours, before=socks_request(SOCKS_4, 1)) == b""
        assert await say(theirs, before=socks_request(SOCKS_4, 1)) == b""
        assert await say(ours, before=socks_request(SOCKS_5, 1)) == b"\x05\x00"
        assert (await say(ours, before=socks_request(SOCKS_5, target))).endswith(b"echo:hello\n")
        for nonsense in (b"GET / HTTP/1.0\r\n\r\n", b"\x04\x02" + bytes(7)):
            assert await say(ours, nonsense) == await say(theirs, nonsense) == b""
        # A bad client has harmed nobody else.
        assert await say(ours, before=socks_request(SOCKS_4, target)) == b"\x00\x5a" + bytes(6) + b"echo:hello\n"


async def test_a_port_for_socks_that_the_server_chooses(sshd: SshServer) -> None:
    person = ScriptedPerson()
    async with echo_server() as target, connected(sshd, "RemoteForward 0", person=person) as connection:
        (forward,) = connection.forwards.active
        assert person.told == f"Allocated port {forward.port} for remote forward to socks:0"
        assert (await say(forward.port, before=socks_request(SOCKS_5, target))).endswith(b"echo:hello\n")


async def test_permit_remote_open_holds_as_in_ssh(sshd: SshServer) -> None:
    async with echo_server() as target, echo_server() as forbidden:
        line = f"PermitRemoteOpen 127.0.0.1:{target}"
        async with remote_socks_of_ssh(sshd, line) as theirs, remote_socks_of_ours(sshd, line) as ours:
            for port, reached in ((target, True), (forbidden, False)):
                for listening in (ours, theirs):
                    answer = await say(listening, before=socks_request(SOCKS_5, port))
                    assert answer.endswith(b"echo:hello\n") == reached


async def test_forwards_between_sockets(sshd: SshServer) -> None:
    with tempfile.TemporaryDirectory() as folder:
        near, far = Path(folder) / "near", Path(folder) / "far"
        server = await asyncio.start_unix_server(_echo, far)
        async with server, connected(sshd, f"LocalForward {near} {far}"):
            assert near.stat().st_mode & 0o777 == 0o600
            reader, writer = await asyncio.open_unix_connection(near)
            writer.write(b"hello\n")
            assert await asyncio.wait_for(reader.read(), 5) == b"echo:hello\n"
            writer.close()
            await writer.wait_closed()
        # A socket that is left over is in the way, unless StreamLocalBindUnlink says to remove it.
        person = ScriptedPerson()
        async with connected(sshd, f"LocalForward {near} {far}", person=person) as connection:
            assert connection.forwards.active == ()
        assert "unix_listener: cannot bind to path" in person.told
        async with connected(sshd, f"LocalForward {near} {far}", "StreamLocalBindUnlink yes") as connection:
            assert len(connection.forwards.active) == 1


async def test_a_port_that_is_taken_is_a_warning_or_the_end(sshd: SshServer) -> None:
    async with echo_server() as taken:
        person = ScriptedPerson()
        line = f"LocalForward 127.0.0.1:{taken} 127.0.0.1:1"
        async with connected(sshd, line, person=person) as connection:
            assert connection.forwards.active == ()
        assert "Address already in use" in person.told
        assert "Could not request local forwarding." in person.told
        with pytest.raises(ConnectionFailedError, match="cannot listen to port"):
            async with connected(sshd, line, "ExitOnForwardFailure yes"):
                pass


@pytest.fixture(scope="module")
def strict_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SshServer]:
    """A server that forwards nothing."""
    with running_sshd(tmp_path_factory.mktemp("strict"), "AllowTcpForwarding no") as server:
        yield server


async def test_a_server_that_refuses_remote_forwards(strict_server: SshServer) -> None:
    port = free_port()
    person = ScriptedPerson()
    async with connected(strict_server, f"RemoteForward {port} 127.0.0.1:1", person=person) as connection:
        assert connection.forwards.active == ()
    assert person.told == f"Warning: remote port forwarding failed for listen port {port}"
    with pytest.raises(ConnectionFailedError, match="remote port forwarding failed"):
        async with connected(strict_server, f"RemoteForward {port} 127.0.0.1:1", "ExitOnForwardFailure yes"):
            pass


async def test_forwards_come_and_go_while_the_connection_stands(sshd: SshServer) -> None:
    async with echo_server() as target, connected(sshd) as connection:
        port = free_port()
        forward = await connection.forwards.open_local(
            ForwardSpecification(listen_port=port, connect_host="127.0.0.1", connect_port=target)
        )
        assert await say(port) == b"echo:hello\n"
        await connection.forwards.close(forward)
        assert connection.forwards.active == ()
        with pytest.raises(ConnectionRefusedError):
            await say(port)


async def test_a_stream_to_a_place_beyond(sshd: SshServer) -> None:
    async with echo_server() as target, connected(sshd) as connection:
        recorder = Recorder()
        stream = await connection.open_direct(ForwardSpecification("127.0.0.1", target), recorder)
        stream.write(b"hello\n")
        await recorder.until(b"echo:hello\n")
        await asyncio.wait_for(recorder.ended.wait(), 5)
        stream.write_eof()
        await asyncio.wait_for(stream.wait(), 5)


async def test_a_stream_to_a_socket_beyond(sshd: SshServer, tmp_path: Path) -> None:
    """`-W /a/socket`, which OpenSSH has since 9.4."""
    path = str(tmp_path / "beyond")
    async with connected(sshd) as connection:
        with pytest.raises(ConnectionFailedError, match="open failed: connect failed"):
            await connection.open_direct(ForwardSpecification(listen_path=path), Recorder())
        server = await asyncio.start_unix_server(lambda _reader, writer: writer.write(b"here\n"), path)
        async with server:
            recorder = Recorder()
            stream = await connection.open_direct(ForwardSpecification(listen_path=path), recorder)
            await recorder.until(b"here\n")
            stream.close()


async def test_a_stream_to_nowhere(sshd: SshServer, strict_server: SshServer) -> None:
    async with connected(sshd) as connection:
        with pytest.raises(ConnectionFailedError, match="channel 0: open failed: connect failed: Connection refused"):
            await connection.open_direct(ForwardSpecification("127.0.0.1", free_port()), Recorder())
    async with connected(strict_server) as connection:
        with pytest.raises(ConnectionFailedError, match="open failed: administratively prohibited"):
            await connection.open_direct(ForwardSpecification("127.0.0.1", 1), Recorder())


async def test_the_agent_is_lent_when_asked_for(sshd: SshServer) -> None:
    with tempfile.TemporaryDirectory() as folder, running_agent(Path(folder)) as agent:
        agent.add(sshd.client_key)
        for flag, expected in (("yes", 0), ("no", 2)):
            lines = (f"ForwardAgent {flag}",)
            config = sshd.write_client_config("here", *lines)
            config.write_text(config.read_text().replace("IdentityAgent none", f"IdentityAgent {agent.socket}"))
            connection = await connect(Target("here", config_file=str(config)), ScriptedPerson())
            recorder = Recorder()
            shell = await connection.execute("ssh-add -l", recorder)
            result = await asyncio.wait_for(shell.wait(), 10)
            await connection.close()
            assert result.exit_code == expected
            assert (b"SHA256:" in recorder.output) == (expected == 0)
