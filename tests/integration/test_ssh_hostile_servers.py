"""Servers that mean no good: whatever they send ends as a typed error, in bounded time, with nothing for a terminal."""

from __future__ import annotations

import asyncio
import logging
import os
import struct
import subprocess
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mooring.model.errors import ConnectionFailedError, MooringError
from mooring.model.machine import Target
from mooring.ssh import connect
from mooring.ssh.failures import terminal_safe
from support.leftovers import open_files
from support.programs import require_program
from support.prompting import Recorder, ScriptedPerson
from support.scripted_server import Script, scripted_server
from support.sshd import SshServer, running_sshd

VERSION = b"SSH-2.0-OpenSSH_9.2\r\n"


@asynccontextmanager
async def server_that_sends(folder: Path, *chunks: bytes, lines_first: int = 1) -> AsyncIterator[Path]:
    """A server that reads so many lines, sends `chunks` and hangs up; yields a client configuration."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for _line in range(lines_first):
            await reader.readline()
        for chunk in chunks:
            writer.write(chunk)
        try:
            await writer.drain()
        except ConnectionError:
            return
        finally:
            writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    config = folder / "config_hostile"
    config.write_text(
        f"Host here\nHostName 127.0.0.1\nPort {port}\nUserKnownHostsFile /dev/null\nGlobalKnownHostsFile /dev/null\n"
        "StrictHostKeyChecking no\nIdentityFile none\nIdentityAgent none\nConnectTimeout 10\n"
    )
    config.chmod(0o600)
    async with server:
        yield config


async def failure_of(config: Path) -> MooringError:
    """The error that connecting ends with."""
    with pytest.raises(MooringError) as caught:
        await asyncio.wait_for(connect(Target("here", config_file=str(config)), ScriptedPerson()), 20)
    return caught.value


def packet(payload: bytes) -> bytes:
    """A packet before encryption (RFC 4253, section 6)."""
    padding = 8 - (5 + len(payload)) % 8
    padding += 8 if padding < 4 else 0
    return struct.pack(">IB", 1 + len(payload) + padding, padding) + payload + bytes(padding)


def string(data: bytes) -> bytes:
    """A string of RFC 4251."""
    return struct.pack(">I", len(data)) + data


NAME_LISTS = [
    b"curve25519-sha256", b"ssh-ed25519", b"aes128-ctr", b"aes128-ctr", b"hmac-sha2-256", b"hmac-sha2-256", b"none",
    b"none", b"", b"",
]  # fmt: skip


def key_exchange_init(*, replaced: dict[int, bytes] | None = None) -> bytes:
    """The server's SSH_MSG_KEXINIT."""
    lists = [(replaced or {}).get(index, names) for index, names in enumerate(NAME_LISTS)]
    return packet(b"\x14" + bytes(16) + b"".join(string(names) for names in lists) + bytes(5))


@pytest.mark.parametrize(
    "chunks",
    [
        (b"",),
        (b"HTTP/1.1 400 Bad Request\r\n\r\n",),
        (b"\x1b]0;owned\x07" * 50 + b"\n", b"no version ever\n"),
        (b"x" * 200_000,),
        (b"line\n" * 100_000,),
        (b"SSH-1.5-old\r\n",),
        (b"SSH-2.0-\xff\xfe\r\n",),
        (VERSION, b"\xff" * 64),
        (VERSION, packet(b"\x14" + bytes(16))),
        (VERSION, packet(b"\x14" + bytes(16) + b"\xff\xff\xff\xff" * 10)),
        (VERSION, packet(b"\x01" + struct.pack(">I", 2) + string(b"go \x1b[31maway\x07") + string(b""))),
        (VERSION, packet(b"\x01")),
        (VERSION, packet(b"")),
        (VERSION, key_exchange_init(replaced={1: b"ssh-\x1b]0;x\x07"})),
        (VERSION, key_exchange_init(replaced={0: b"none"})),
        (VERSION, key_exchange_init(), packet(b"\x1f" + string(b"\x00\x00") + string(b"k" * 32) + string(b"s"))),
        (VERSION, key_exchange_init(), packet(b"\x1f" + string(string(b"ssh-ed25519") + string(b"short")))),
        (VERSION, key_exchange_init(), packet(b"\x15")),
        (VERSION, key_exchange_init(), packet(b"\x33" + string(b"password") + b"\x00")),
        (VERSION, key_exchange_init(), packet(b"\x34")),
    ],
)
async def test_nonsense_is_a_typed_error(tmp_path: Path, chunks: tuple[bytes, ...]) -> None:
    async with server_that_sends(tmp_path, *chunks) as config:
        error = await failure_of(config)
    assert isinstance(error, ConnectionFailedError)
    assert terminal_safe(error.message, lines=True) == error.message
    assert error.hop == "here"


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.binary(max_size=200), max_size=4), st.sampled_from([b"", VERSION, VERSION + key_exchange_init()]))
def test_random_bytes_are_a_typed_error(tmp_path: Path, chunks: list[bytes], start: bytes) -> None:
    async def attempt() -> MooringError:
        async with server_that_sends(tmp_path, start, *chunks) as config:
            return await failure_of(config)

    error = asyncio.run(attempt())
    assert terminal_safe(error.message, lines=True) == error.message


async def test_a_goodbye_is_quoted_without_its_control_characters(tmp_path: Path) -> None:
    goodbye = packet(b"\x01" + struct.pack(">I", 2) + string(b"go \x1b[31maway\x07\r\nline") + string(b""))
    async with server_that_sends(tmp_path, VERSION, goodbye) as config:
        error = await failure_of(config)
    first = error.message.splitlines()[0]
    assert first.startswith("Received disconnect from 127.0.0.1 port ")
    assert first.endswith(":2: go [31mawayline")


async def test_no_password_reaches_a_log_a_repr_or_a_traceback(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    secret = "s3cret-passw0rd"
    caplog.set_level(logging.DEBUG)
    async with scripted_server(tmp_path, Script(password="something else")) as config:
        person = ScriptedPerson([(secret,), (secret,), (secret,)])
        error = await failure_with(config, person)
    assert person.exhausted
    assert secret not in caplog.text + repr(error) + repr(error.__dict__) + repr(error.__context__) + person.told


async def test_no_passphrase_reaches_a_log_a_repr_or_a_traceback(
    sshd: SshServer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    secret = "s3cret-phrase"
    caplog.set_level(logging.DEBUG)
    program = require_program("ssh-keygen")
    path = tmp_path / "stranger"
    subprocess.run([program, "-q", "-t", "rsa", "-m", "PEM", "-N", secret, "-f", str(path)], check=True)
    path.with_suffix(".pub").unlink()
    config = sshd.write_client_config("here")
    config.write_text(config.read_text().replace(str(sshd.client_key), str(path)))
    person = ScriptedPerson([("wrong " + secret,), (secret,)])
    error = await failure_with(config, person)
    assert person.exhausted
    assert secret not in caplog.text + repr(error) + repr(error.__dict__) + repr(error.__context__) + person.told


async def failure_with(config: Path, person: ScriptedPerson) -> MooringError:
    """The error that connecting ends with, for somebody who answers."""
    with pytest.raises(MooringError) as caught:
        await asyncio.wait_for(connect(Target("here", config_file=str(config)), person), 20)
    return caught.value


@pytest.mark.parametrize(
    ("server_lines", "client_lines"), [(("RekeyLimit 1M",), ()), ((), ("RekeyLimit 1M",))], ids=["by-server", "by-us"]
)
async def test_keys_are_exchanged_anew_in_the_middle(
    tmp_path: Path, server_lines: tuple[str, ...], client_lines: tuple[str, ...]
) -> None:
    data = os.urandom(1024) * 5 * 1024
    with running_sshd(tmp_path / "rekeying", *server_lines) as server:
        config = server.write_client_config("here", *client_lines)
        connection = await connect(Target("here", config_file=str(config)), ScriptedPerson())
        recorder = Recorder()
        shell = await connection.execute("cat", recorder)
        for start in range(0, len(data), 65536):
            shell.write(data[start : start + 65536])
            await shell.drain()
        shell.write_eof()
        assert (await asyncio.wait_for(shell.wait(), 60)).exit_code == 0
        await connection.close()
    assert bytes(recorder.output) == data


MUCH = 8 * 1024 * 1024
TRAFFIC = {"upload": ("cat >/dev/null", bytes(MUCH)), "download": (f"head -c {MUCH} /dev/zero", b"")}


@pytest.mark.parametrize("direction", TRAFFIC)
async def test_rekey_limit_holds_in_each_direction(direction: str, tmp_path: Path) -> None:
    """As in ssh. Up to 2 MiB may be under way already when an exchange begins, hence the small number."""
    command, data = TRAFFIC[direction]
    counts = []
    with running_sshd(tmp_path / "rekeying", "LogLevel DEBUG1") as server:
        config = server.write_client_config("here", "RekeyLimit 1M")
        log, before = server.folder / "sshd.log", 0

        def exchanges() -> int:
            return log.read_text(errors="replace").count("SSH2_MSG_NEWKEYS received") - before

        ssh = [require_program("ssh"), "-F", str(config), "here", command]
        await asyncio.to_thread(subprocess.run, ssh, input=data, stdout=subprocess.DEVNULL, check=True)
        counts.append(exchanges())
        before += counts[0]
        connection = await connect(Target("here", config_file=str(config)), ScriptedPerson())
        recorder = Recorder()
        shell = await connection.execute(command, recorder)
        for start in range(0, len(data), 65536):
            shell.write(data[start : start + 65536])
            await shell.drain()
        shell.write_eof()
        assert (await asyncio.wait_for(shell.wait(), 60)).exit_code == 0
        await connection.close()
        counts.append(exchanges())
    assert len(recorder.output) == MUCH - len(data)
    assert min(counts) >= 3, counts


async def test_ten_connections_at_once_and_none_left(sshd: SshServer) -> None:
    config = sshd.write_client_config("here")
    before = open_files()

    async def once() -> int:
        connection = await connect(Target("here", config_file=str(config)), ScriptedPerson())
        shell = await connection.execute("true", Recorder())
        code = (await shell.wait()).exit_code
        await connection.close()
        return code

    assert await asyncio.gather(*(once() for _ in range(10))) == [0] * 10
    await settled(lambda: open_files() <= before)
    assert open_files() <= before


async def settled(condition: Callable[[], bool]) -> None:
    """Let the loop finish what it has scheduled."""
    for _turn in range(100):
        if condition():
            return
        await asyncio.sleep(0)
