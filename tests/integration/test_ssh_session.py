"""Shells and commands over a real sshd: bytes, sizes, ends."""

from __future__ import annotations

import asyncio
import hashlib
import os
import socket
import stat
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from mooring.model.connection import Step
from mooring.model.errors import ConnectionLostError
from mooring.model.machine import Target
from mooring.model.terminal import ExitResult, TerminalSize
from mooring.ssh import Connection, PtyRequest, connect
from support.prompting import Recorder, ScriptedPerson
from support.sshd import SshServer

PTY = PtyRequest("xterm-256color", TerminalSize(100, 30))


@asynccontextmanager
async def connected(server: SshServer, *extra: str, person: ScriptedPerson | None = None) -> AsyncIterator[Connection]:
    """A connection to the server with further lines of configuration."""
    config = server.write_client_config("here", *extra)
    connection = await connect(Target("here", config_file=str(config)), person or ScriptedPerson())
    try:
        yield connection
    finally:
        await connection.close()


async def run(connection: Connection, command: str, *, pty: PtyRequest | None = None) -> tuple[ExitResult, Recorder]:
    """Run a command to its end."""
    recorder = Recorder()
    shell = await connection.execute(command, recorder, pty=pty)
    return await asyncio.wait_for(shell.wait(), 20), recorder


async def test_a_command_gives_its_bytes_and_its_status(sshd: SshServer) -> None:
    async with connected(sshd) as connection:
        result, recorder = await run(connection, r"printf 'a\0\377\n'; printf bad >&2; exit 7")
        assert (result.status, result.exit_code) == (7, 7)
        assert bytes(recorder.output) == b"a\0\xff\n"
        assert bytes(recorder.errors) == b"bad"


def service_class(port: int) -> int:
    """The class that the packets of this process to a port ask for."""
    for entry in Path("/proc/self/fd").iterdir():
        try:
            if not stat.S_ISSOCK(entry.stat().st_mode):
                continue
            with socket.socket(fileno=os.dup(int(entry.name))) as found:
                if found.family == socket.AF_INET and found.getpeername()[1] == port:
                    return found.getsockopt(socket.IPPROTO_IP, socket.IP_TOS)
        except OSError:
            continue
    raise AssertionError(f"nothing is connected to port {port}")


async def test_packets_are_marked_as_ipqos_says(sshd: SshServer) -> None:
    async with connected(sshd, "IPQoS af21 cs1") as connection:
        await run(connection, "true")
        assert service_class(sshd.port) == 0x20
        await run(connection, "true", pty=PTY)
        assert service_class(sshd.port) == 0x48
    async with connected(sshd, "IPQoS none") as connection:
        await run(connection, "true")
        assert service_class(sshd.port) == 0


async def test_the_facts_and_the_steps(sshd: SshServer) -> None:
    config = sshd.write_client_config("here")
    steps: list[tuple[Step, str]] = []
    target = Target("here", config_file=str(config))
    connection = await connect(target, ScriptedPerson(), progress=lambda step, hop: steps.append((step, hop)))
    try:
        facts = connection.facts
        assert (facts.user, facts.address, facts.port) == (sshd.user, "127.0.0.1", sshd.port)
        assert facts.key_type == "ed25519"
        assert facts.fingerprint.startswith("SHA256:")
        assert facts.authentication == "publickey"
        assert facts.hops == ()
        assert [step for step, _hop in steps] == [Step.RESOLVING, Step.CONNECTING, Step.AUTHENTICATING]
        assert 0 < connection.round_trip < 5
    finally:
        await connection.close()


async def test_a_shell_has_a_terminal_that_can_be_resized(sshd: SshServer) -> None:
    async with connected(sshd) as connection:
        recorder = Recorder()
        shell = await connection.open_shell(PTY, recorder)
        shell.write(b"stty size; echo $TERM; tty >/dev/null && echo it is 'o'ne\r")
        text = await recorder.until(b"it is one\r\n")
        assert b"30 100\r\n" in text
        assert b"xterm-256color\r\n" in text
        shell.resize(TerminalSize(132, 43))
        shell.write(b"stty size; exit 3\r")
        result = await asyncio.wait_for(shell.wait(), 10)
        assert b"43 132\r\n" in recorder.output
        assert result.exit_code == 3


async def test_control_c_is_a_byte(sshd: SshServer) -> None:
    async with connected(sshd) as connection:
        recorder = Recorder()
        # Short sleeps: a signal between two commands waits for the end of the second.
        command = "trap 'echo caught; exit 5' INT; echo ready; while :; do sleep 0.1; done"
        shell = await connection.execute(command, recorder, pty=PTY)
        await recorder.until(b"ready")
        shell.write(b"\x03")
        assert (await asyncio.wait_for(shell.wait(), 10)).exit_code == 5
        assert b"caught" in recorder.output


async def test_a_signal_is_told(sshd: SshServer) -> None:
    async with connected(sshd) as connection:
        result, _recorder = await run(connection, "kill -TERM $$")
        assert (result.signal, result.exit_code) == ("TERM", 255)


async def test_ten_megabytes_go_there_and_back_unchanged(sshd: SshServer) -> None:
    data = hashlib.sha512(b"mooring").digest() * 163840
    async with connected(sshd) as connection:
        recorder = Recorder()
        shell = await connection.execute("cat", recorder)
        for start in range(0, len(data), 65536):
            shell.write(data[start : start + 65536])
            await shell.drain()
        shell.write_eof()
        assert (await asyncio.wait_for(shell.wait(), 60)).exit_code == 0
        assert hashlib.sha256(recorder.output).digest() == hashlib.sha256(data).digest()


async def test_a_paused_receiver_stops_the_remote_side(sshd: SshServer) -> None:
    window = 128 * 1024
    async with connected(sshd) as connection:
        recorder = Recorder()
        shell = await connection.execute("yes", recorder, pty=PTY, window=window)
        await recorder.until_length(window)
        shell.pause_reading()
        seen = len(recorder.output)
        other, _ = await run(connection, "sleep 0.3")
        assert other.exit_code == 0
        assert len(recorder.output) == seen
        shell.resume_reading()
        await recorder.until_length(seen + 4 * window)
        shell.write(b"\x03")
        assert (await asyncio.wait_for(shell.wait(), 10)).exit_code != 0


async def test_environment_is_offered(sshd: SshServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_SENT", os.fsdecode(b"from h\xe9re"))
    async with connected(sshd, "SendEnv LC_S*", "SetEnv LC_SET=set") as connection:
        pty = PtyRequest("dumb", TerminalSize(80, 24), {"COLORTERM": "truecolor"})
        _result, recorder = await run(connection, 'echo "$LC_SENT|$LC_SET|$COLORTERM|$TERM"', pty=pty)
        assert bytes(recorder.output) == b"from h\xe9re|set|truecolor|dumb\r\n"


async def test_a_configured_remote_command_takes_the_place_of_the_shell(sshd: SshServer) -> None:
    async with connected(sshd, "RemoteCommand echo this and %n; exit 4") as connection:
        recorder = Recorder()
        shell = await connection.open_shell(PTY, recorder)
        assert (await asyncio.wait_for(shell.wait(), 10)).exit_code == 4
        assert bytes(recorder.output) == b"this and here\r\n"


async def test_a_connection_that_breaks_raises_in_whoever_waits(sshd: SshServer, tmp_path: Path) -> None:
    marker = tmp_path / "marker"
    async with connected(sshd) as connection:
        recorder = Recorder()
        shell = await connection.execute(f"echo first; : > {marker}; read go; kill -9 $PPID; sleep 5", recorder)
        shell.pause_reading()
        # The server has forwarded "first" when a later channel answers; killed before that, it would take it along.
        await run(connection, f"until [ -e {marker} ]; do sleep 0.02; done; echo later")
        shell.write(b"go\n")
        with pytest.raises(ConnectionLostError, match=r"Connection to 127.0.0.1 closed by remote host\."):
            await asyncio.wait_for(shell.wait(), 10)
        assert bytes(recorder.output) == b"first\n"
        shell.write(b"into the void")
        shell.resize(TerminalSize(1, 1))
        await asyncio.wait_for(connection.wait_closed(), 5)
