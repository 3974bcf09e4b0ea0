"""The way to a machine: jumps, proxies, addresses, timeouts, and every way of not getting there."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from mooring.model.connection import Step
from mooring.model.errors import (
    ConfigError,
    ConnectionFailedError,
    ConnectionLostError,
    ConnectionRefusedByHostError,
    ConnectionTimedOutError,
    HostKeyUnknownError,
    NameResolutionError,
    UnsupportedError,
)
from mooring.model.machine import Target
from mooring.ssh import connect
from support.both_paths import OurOutcome, Outcome, through_ours, through_ssh
from support.leftovers import nothing_left, open_files
from support.process_tree import descendants
from support.programs import require_program
from support.prompting import Recorder, ScriptedPerson
from support.sshd import SshServer, free_port, running_sshd
from support.waiting import wait_until


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[SshServer, SshServer]]:
    """Two servers with keys of their own: one to jump through, one to reach."""
    with (
        running_sshd(tmp_path_factory.mktemp("jump")) as jump,
        running_sshd(tmp_path_factory.mktemp("target")) as target,
    ):
        yield jump, target


async def both(config: Path, answers: list[str], *options: str, host: str = "here") -> tuple[OurOutcome, Outcome]:
    """Run `echo in` through both and expect the same end, in the same words."""
    theirs = await asyncio.to_thread(through_ssh, config, host, "echo in", answers, *options)
    ours = await through_ours(config, host, "echo in", answers, *options)
    assert (ours.status, ours.prompts) == (theirs.status, theirs.prompts)
    if ours.error is not None:
        assert " ".join(ours.error.message.split()) in " ".join(theirs.output.split())
    return ours, theirs


def config_of_chain(servers: tuple[SshServer, SshServer], *extra: str) -> Path:
    """`jump`, and `target` behind it (and `far` behind both), each with its own key and known_hosts."""
    jump, target = servers
    text = jump.write_client_config("jump").read_text()
    text += target.write_client_config("target", "ProxyJump jump", *extra).read_text()
    text += target.write_client_config("far", "ProxyJump jump,target").read_text()
    path = jump.folder / "config_chain"
    path.write_text(text)
    path.chmod(0o600)
    return path


async def test_a_jump(servers: tuple[SshServer, SshServer]) -> None:
    config = config_of_chain(servers)
    steps: list[tuple[Step, str]] = []
    person = ScriptedPerson()
    connection = await connect(
        Target("target", config_file=str(config)), person, progress=lambda step, hop: steps.append((step, hop))
    )
    try:
        assert connection.facts.hops == ("jump",)
        assert connection.facts.port == servers[1].port
        recorder = Recorder()
        shell = await connection.execute('echo "$SSH_CONNECTION"', recorder)
        assert (await shell.wait()).exit_code == 0
        assert recorder.output.split()[3] == str(servers[1].port).encode()
    finally:
        await connection.close()
    assert (Step.AUTHENTICATING, "jump") in steps
    assert steps.index((Step.AUTHENTICATING, "jump")) < steps.index((Step.CONNECTING, "target"))


async def test_two_jumps_end_as_with_ssh(servers: tuple[SshServer, SshServer]) -> None:
    ours = await through_ours(config_of_chain(servers), "far", "echo in", [])
    assert (ours.status, ours.output) == (0, "in\n")


async def test_nothing_is_left_of_a_session_through_two_jumps(servers: tuple[SshServer, SshServer]) -> None:
    """Neither here nor there: no descriptor, socket, task or process."""
    config = config_of_chain(servers)

    def at_the_servers() -> set[int]:
        return {child for server in servers for child in descendants(server.process.pid)}

    await asyncio.to_thread(wait_until, lambda: not at_the_servers(), what="the sessions of other tests end")
    before = open_files()
    async with nothing_left():
        connection = await connect(Target("far", config_file=str(config)), ScriptedPerson())
        shell = await connection.execute("true", Recorder())
        assert (await shell.wait()).exit_code == 0
        assert at_the_servers()
        await connection.close()
    await asyncio.to_thread(wait_until, lambda: not at_the_servers(), what="the servers' processes end")
    await asyncio.to_thread(wait_until, lambda: open_files() <= before, what="the descriptors are closed")


async def test_each_hop_asks_for_itself(servers: tuple[SshServer, SshServer]) -> None:
    config = config_of_chain(servers)
    for server, name in zip(servers, ("jump", "target"), strict=True):
        (server.folder / f"known_hosts_{name}").write_text("")
    person = ScriptedPerson([("yes",), ("yes",)])
    connection = await connect(Target("target", config_file=str(config)), person)
    await connection.close()
    assert [question.hop for question in person.questions] == ["jump", "target"]
    for server, name in zip(servers, ("jump", "target"), strict=True):
        assert (server.folder / f"known_hosts_{name}").read_text() == server.known_hosts_line


async def test_a_refusal_at_the_second_hop_names_it(servers: tuple[SshServer, SshServer]) -> None:
    config = config_of_chain(servers)
    (servers[1].folder / "known_hosts_target").write_text("")
    person = ScriptedPerson([("no",)])
    with pytest.raises(HostKeyUnknownError) as caught:
        await connect(Target("target", config_file=str(config)), person)
    assert caught.value.hop == "target"


async def test_a_target_that_is_down_behind_a_jump(servers: tuple[SshServer, SshServer]) -> None:
    config = config_of_chain(servers)
    text = config.read_text().replace(f"Port {servers[1].port}", f"Port {free_port()}")
    config.write_text(text)
    ours, theirs = await both(config, [], host="target")
    assert ours.status == theirs.status == 255
    assert isinstance(ours.error, ConnectionFailedError)
    assert ours.error.hop == "target"


async def test_jump_hosts_that_lead_to_each_other_end(servers: tuple[SshServer, SshServer]) -> None:
    path = servers[0].folder / "config_loop"
    path.write_text("Host a\nHostName 127.0.0.1\nProxyJump b\nHost b\nHostName 127.0.0.2\nProxyJump a\n")
    path.chmod(0o600)
    with pytest.raises(ConfigError, match="jumphost loop via"):
        await connect(Target("a", config_file=str(path)), ScriptedPerson())


async def test_a_proxy_command_and_its_end(servers: tuple[SshServer, SshServer], tmp_path: Path) -> None:
    netcat = require_program("nc")
    log = tmp_path / "log"
    command = f"ProxyCommand sh -c 'echo $$ > {log}; echo started >&2; {netcat} %h %p'"
    config = servers[0].write_client_config("here", command)
    connection = await connect(Target("here", config_file=str(config)), ScriptedPerson())
    process = int(log.read_text())
    os.kill(process, 0)
    recorder = Recorder()
    shell = await connection.execute("echo in", recorder)
    assert (await shell.wait()).exit_code == 0
    await connection.close()
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


async def test_a_proxy_command_speaks_through_pipes(servers: tuple[SshServer, SshServer], tmp_path: Path) -> None:
    """As under ssh: a socket can't be opened by the name of /dev/stdin, and a server behind it sees another peer."""
    netcat = require_program("nc")
    log = tmp_path / "log"
    command = f"ProxyCommand sh -c 'test -p /dev/stdin && test -p /dev/stdout && echo pipes >> {log}; {netcat} %h %p'"
    ours, _theirs = await both(servers[0].write_client_config("here", command), [])
    assert ours.status == 0
    assert log.read_text() == "pipes\npipes\n"


async def test_much_goes_through_a_proxy_command(servers: tuple[SshServer, SshServer]) -> None:
    config = servers[0].write_client_config("here", f"ProxyCommand {require_program('nc')} %h %p")
    connection = await connect(Target("here", config_file=str(config)), ScriptedPerson())
    recorder = Recorder()
    shell = await connection.execute("cat", recorder)
    sent = os.urandom(1 << 20) * 4
    for start in range(0, len(sent), 1 << 16):
        shell.write(sent[start : start + (1 << 16)])
        await shell.drain()
    shell.write_eof()
    assert (await asyncio.wait_for(shell.wait(), 60)).exit_code == 0
    assert bytes(recorder.output) == sent
    await connection.close()


async def test_a_proxy_command_that_fails(servers: tuple[SshServer, SshServer]) -> None:
    ours, theirs = await both(servers[0].write_client_config("here", "ProxyCommand exit 3"), [])
    assert ours.status == theirs.status == 255
    assert isinstance(ours.error, ConnectionFailedError)


async def test_a_closed_port(servers: tuple[SshServer, SshServer]) -> None:
    config = servers[0].write_client_config("here")
    ours, _theirs = await both(config, [], f"Port={free_port()}")
    assert isinstance(ours.error, ConnectionRefusedByHostError)
    assert ours.error.hint


async def test_a_name_that_does_not_resolve(servers: tuple[SshServer, SshServer]) -> None:
    config = servers[0].write_client_config("here")
    ours, _theirs = await both(config, [], "HostName=no-such-host.invalid")
    assert isinstance(ours.error, NameResolutionError)


async def test_a_port_that_answers_nothing_runs_into_connect_timeout(servers: tuple[SshServer, SshServer]) -> None:
    config = servers[0].write_client_config("here", "ConnectTimeout 1")
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        start = time.monotonic()
        ours, _theirs = await both(config, [], f"Port={port}")
        assert 1.5 < time.monotonic() - start < 8
    assert isinstance(ours.error, ConnectionTimedOutError)


async def test_a_backlog_that_is_full_runs_into_connect_timeout(servers: tuple[SshServer, SshServer]) -> None:
    config = servers[0].write_client_config("here", "ConnectTimeout 1")
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        address = full.getsockname()
        waiting = [socket.socket() for _ in range(3)]
        try:
            for one in waiting:
                one.setblocking(False)
                one.connect_ex(address)
            ours, _theirs = await both(config, [], f"Port={address[1]}")
        finally:
            for one in waiting:
                one.close()
    assert isinstance(ours.error, ConnectionTimedOutError)
    assert "Connection timed out" in ours.error.message


async def test_a_server_that_speaks_something_else(servers: tuple[SshServer, SshServer]) -> None:
    config = servers[0].write_client_config("here")

    async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readline()
        writer.close()

    listener = await asyncio.start_server(hang_up, "127.0.0.1", 0)
    async with listener:
        port = listener.sockets[0].getsockname()[1]
        ours, _theirs = await both(config, [], f"Port={port}")
    assert isinstance(ours.error, ConnectionFailedError)
    assert "kex_exchange_identification: Connection closed by remote host" in ours.error.message


@pytest.mark.parametrize(
    "option",
    ["Ciphers=aes128-cbc", "KexAlgorithms=diffie-hellman-group1-sha1", "HostKeyAlgorithms=ecdsa-sha2-nistp256"],
)
async def test_no_common_algorithm(servers: tuple[SshServer, SshServer], option: str) -> None:
    ours, _theirs = await both(servers[0].write_client_config("here"), [], option)
    assert isinstance(ours.error, ConnectionFailedError)
    assert "Their offer: " in ours.error.message


async def test_names_that_only_openssh_has_are_left_out_and_said(servers: tuple[SshServer, SshServer]) -> None:
    config = servers[0].write_client_config("here")
    ours = await through_ours(
        config, "here", "echo in", [], "KexAlgorithms=sntrup761x25519-sha512@openssh.com,curve25519-sha256"
    )
    assert ours.status == 0
    assert "KexAlgorithms (command line): some of it is left out" in ours.told
    assert "the native path does not have sntrup761x25519-sha512@openssh.com" in ours.told
    ours = await through_ours(config, "here", "echo in", [], "KexAlgorithms=sntrup761x25519-sha512@openssh.com")
    assert isinstance(ours.error, UnsupportedError)
    assert ours.error.hint


async def test_names_that_are_left_out_on_every_hop_are_said_once(servers: tuple[SshServer, SshServer]) -> None:
    config = config_of_chain(servers)
    name = "sntrup761x25519-sha512@openssh.com"
    config.write_text(f"{config.read_text()}Host *\nKexAlgorithms {name},curve25519-sha256\n")
    person = ScriptedPerson()
    connection = await connect(Target("far", config_file=str(config)), person)
    await connection.close()
    assert connection.facts.hops == ("jump", "target")
    assert person.told.count(name) == 1


@pytest.mark.parametrize(
    "option",
    [
        "Compression=yes",
        "AddressFamily=inet",
        "BindAddress=127.0.0.1",
        "TCPKeepAlive=no",
        "RekeyLimit=1M 1h",
        "Ciphers=aes128-ctr",
        "MACs=hmac-sha2-512",
        "KexAlgorithms=diffie-hellman-group14-sha256",
        "ConnectionAttempts=2",
        "IPQoS=none",
    ],
)
async def test_options_of_the_connection(servers: tuple[SshServer, SshServer], option: str) -> None:
    ours, _theirs = await both(servers[0].write_client_config("here"), [], option)
    assert (ours.status, ours.output) == (0, "in\n")


async def test_an_address_family_without_addresses(servers: tuple[SshServer, SshServer]) -> None:
    ours, _theirs = await both(servers[0].write_client_config("here"), [], "AddressFamily=inet6")
    assert isinstance(ours.error, NameResolutionError)


async def test_a_stopped_server_is_noticed_by_server_alive(tmp_path: Path) -> None:
    with running_sshd(tmp_path / "stopped") as server:
        config = server.write_client_config("here", "ServerAliveInterval 1", "ServerAliveCountMax 2")
        connection = await connect(Target("here", config_file=str(config)), ScriptedPerson())
        recorder = Recorder()
        shell = await connection.execute("echo $PPID; cat", recorder)
        child = int(await recorder.until(b"\n"))
        start = time.monotonic()
        os.kill(child, signal.SIGSTOP)
        try:
            with pytest.raises(ConnectionLostError, match=r"^Timeout, server 127\.0\.0\.1 not responding\.$"):
                await asyncio.wait_for(shell.wait(), 15)
        finally:
            os.kill(child, signal.SIGCONT)
        assert 2.5 < time.monotonic() - start < 6
        await connection.close()


async def test_a_host_that_hangs_up_withdraws_the_question(tmp_path: Path) -> None:
    withdrawn = asyncio.Event()
    asked = asyncio.Event()

    class Absent(ScriptedPerson):
        async def ask(self, question: object) -> None:
            asked.set()
            try:
                await asyncio.Event().wait()
            finally:
                withdrawn.set()

    with running_sshd(tmp_path / "short", "LoginGraceTime 2") as server:
        config = server.write_client_config("here", known=False)
        with pytest.raises(ConnectionFailedError, match="Connection closed by"):
            await asyncio.wait_for(connect(Target("here", config_file=str(config)), Absent()), 20)
    assert asked.is_set()
    assert withdrawn.is_set()


async def test_a_cancelled_connect_leaves_nothing_open(servers: tuple[SshServer, SshServer], tmp_path: Path) -> None:
    log = tmp_path / "log"
    netcat = require_program("nc")
    config = servers[0].write_client_config(
        "here", f"ProxyCommand sh -c 'echo $$ > {log}; exec {netcat} %h %p'", known=False
    )
    asked = asyncio.Event()

    class Thinking(ScriptedPerson):
        async def ask(self, question: object) -> None:
            asked.set()
            await asyncio.Event().wait()

    attempt = asyncio.create_task(connect(Target("here", config_file=str(config)), Thinking()))
    await asyncio.wait_for(asked.wait(), 10)
    process = int(log.read_text())
    attempt.cancel()
    with pytest.raises(asyncio.CancelledError):
        await attempt
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


@pytest.mark.parametrize("option", ["Tunnel=yes", "PKCS11Provider=/lib/x.so", "ProxyCommand=-"])
async def test_what_the_native_path_cannot_do_is_said_before_it_connects(
    servers: tuple[SshServer, SshServer], option: str
) -> None:
    config = servers[0].write_client_config("here")
    ours = await through_ours(config, "here", "true", [], option, f"Port={free_port()}")
    assert isinstance(ours.error, UnsupportedError)
    assert ours.error.hint


async def test_a_jump_host_is_judged_before_the_first_one_is_connected_to(servers: tuple[SshServer, SshServer]) -> None:
    config = servers[0].write_client_config("here", f"ProxyJump x@127.0.0.1:{free_port()},tunnelled")
    config.write_text(config.read_text() + "Host tunnelled\nTunnel yes\n")
    ours = await through_ours(config, "here", "true", [])
    assert isinstance(ours.error, UnsupportedError)
    assert ours.error.message.startswith(f"Tunnel ({config}:12): no tunnel device is opened")


@pytest.mark.parametrize("option", ["ForwardX11 yes", "VerifyHostKeyDNS ask", "HostbasedAuthentication yes"])
async def test_what_a_file_asks_for_in_vain_is_said(
    servers: tuple[SshServer, SshServer], option: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", ":99")
    config = servers[0].write_client_config("here", option)
    ours = await through_ours(config, "here", "true", [])
    assert ours.status == 0
    assert ours.told.startswith(f"{option.split()[0]} ({config}:10): ")
    ours = await through_ours(config, "here", "true", [], option.replace(" ", "="))
    assert isinstance(ours.error, UnsupportedError)
