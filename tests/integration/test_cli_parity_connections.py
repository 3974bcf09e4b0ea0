"""The way to a host: jumps, proxies, forwards, bad words and dead peers, through the native client and through ssh."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from support.parity import Call, Outcome, through_native, through_ssh
from support.sshd import SshServer, free_port, running_sshd


@dataclass(frozen=True)
class Case:
    """One call; {port} is sshd's port, {silent} one that never speaks, {rude} one that speaks no SSH.

    {loopback} is the interface of that name, {free} a port on which nobody listens.
    """

    name: str
    words: tuple[str, ...]
    config: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    known: bool = True
    same_errors: bool = True


ELSEWHERE = (
    f'{sys.executable} -c \'import socket; peer = socket.socket(); print(peer.connect_ex(("127.0.0.2", {{free}})));'
    " print(peer.recv(4))' 2>&1 | grep -v File"
)
"""Says whether the forwarded port listens on an address that is not the usual one of loopback."""

CASES = [
    Case("a jump", ("-J", "hop", "dev", "echo through")),
    Case("two jumps", ("-J", "hop,hop", "dev", "echo through")),
    Case("a jump by a file", ("dev", "echo through"), ("ProxyJump hop",)),
    Case("no jump after all", ("-J", "none", "dev", "echo direct"), ("ProxyJump nowhere.invalid",)),
    Case("a jump as a URI", ("-J", "ssh://127.0.0.1:{port}", "dev", "echo through")),
    Case("a jump that refuses", ("-J", "127.0.0.1:1", "dev", "echo through"), same_errors=False),
    Case("a jump to a closed port", ("-J", "hop", "-p", "1", "dev", "echo through"), same_errors=False),
    Case("an unknown key behind a jump", ("-J", "hop", "dev", "echo through"), answers=("yes", "yes"), known=False),
    Case("a proxy command", ("dev", "echo through"), ("ProxyCommand nc %h %p",)),
    Case("a proxy command that fails", ("dev", "true"), ("ProxyCommand false",)),
    Case("a proxy command that is not there", ("dev", "true"), ("ProxyCommand no-such-proxy",)),
    Case("a proxy command that says something else", ("dev", "true"), ("ProxyCommand echo something",)),
    Case(
        "a proxy command that ends after its greeting",
        ("dev", "true"),
        ("ProxyCommand sh -c 'echo SSH-2.0-x; head -c 100 >/dev/null'",),
    ),
    Case(
        "a server of the first protocol",
        ("dev", "true"),
        ("ProxyCommand sh -c 'echo SSH-1.5-old; head -c 10 >/dev/null'",),
    ),
    Case("a MAC that the server does not have", ("-c", "aes128-ctr", "-m", "hmac-md5", "dev", "true")),
    Case("no MAC beside a cipher that needs none", ("-c", "aes128-gcm@openssh.com", "-m", "hmac-md5", "dev", "true")),
    Case("a token that proxy commands do not take", ("dev", "true"), ("ProxyCommand echo %u",)),
    Case(
        "the tokens of a proxy command",
        ("dev", "true"),
        ("ProxyCommand sh -c 'echo %h %k %n %p %r %% >&2; exec nc %h %p'",),
    ),
    Case("a proxy command that is none", ("dev", "echo direct"), ("ProxyCommand none",)),
    Case("no time to connect in is time without end", ("-o", "ConnectTimeout=0", "dev", "echo on")),
    Case("refused", ("-p", "1", "dev", "true")),
    Case("refused in quiet", ("-q", "-p", "1", "dev", "true")),
    Case("a name that nobody knows", ("nowhere.invalid", "true")),
    Case("a banner that never comes", ("-p", "{silent}", "-o", "ConnectTimeout=1", "dev", "true"), same_errors=False),
    Case("a server that speaks no SSH", ("-p", "{rude}", "dev", "true"), same_errors=False),
    Case("IPv6 only, to an IPv4 address", ("-6", "dev", "true"), same_errors=False),
    Case("IPv4 only", ("-4", "dev", "echo four")),
    Case("bound to an address", ("-b", "127.0.0.1", "dev", "echo bound")),
    Case("bound to somebody else's address", ("-b", "198.51.100.1", "dev", "true")),
    Case("bound to a name that nobody knows", ("-b", "nowhere.invalid", "dev", "true")),
    Case("bound to an address of another family", ("-b", "::1", "dev", "true")),
    Case("bound to an empty name", ("-b", "", "dev", "true")),
    Case("bound to an interface", ("-B", "{loopback}", "dev", "echo bound")),
    Case("bound to an interface in the file", ("dev", "echo bound"), ("BindInterface {loopback}",)),
    Case("bound to an address and an interface", ("-b", "127.0.0.1", "-B", "nope0", "dev", "echo bound")),
    Case("bound to an interface that is not there", ("-B", "nope0", "dev", "true")),
    Case("bound to an interface without a name", ("-B", "", "dev", "true")),
    Case("a user without a name", ("-l", "", "-p", "1", "dev", "true")),
    Case("a local port of which one address is taken", ("-L", "{port}:127.0.0.1:1", "dev", "echo on")),
    Case("a local port that is taken", ("-L", "127.0.0.1:{port}:127.0.0.1:1", "dev", "echo on")),
    Case(
        "a local port that is taken, and that counts",
        ("-o", "ExitOnForwardFailure=yes", "-L", "127.0.0.1:{port}:127.0.0.1:1", "dev", "echo on"),
    ),
    Case("a local port for everybody", ("-g", "-L", "{free}:127.0.0.1:{port}", "dev", ELSEWHERE)),
    Case(
        "a local port for everybody by the file",
        ("-L", "{free}:127.0.0.1:{port}", "dev", ELSEWHERE),
        ("GatewayPorts yes",),
    ),
    Case("a local port for this computer", ("-L", "{free}:127.0.0.1:{port}", "dev", ELSEWHERE)),
    Case("a local port on an address, with -g", ("-g", "-L", "127.0.0.1:{free}:127.0.0.1:{port}", "dev", ELSEWHERE)),
    Case("a local port for everybody, taken in part", ("-g", "-L", "{port}:127.0.0.1:1", "dev", "echo on")),
    Case("a name to listen on that nobody knows", ("-L", "nowhere.invalid:1:127.0.0.1:1", "dev", "echo on")),
    Case("a remote port of which one address is taken", ("-R", "{port}:127.0.0.1:1", "dev", "echo on")),
    Case("a remote forward that fails", ("-R", "/nonexistent/socket:127.0.0.1:1", "dev", "echo on")),
    Case(
        "a remote forward that fails, and that counts",
        ("-o", "ExitOnForwardFailure=yes", "-R", "/nonexistent/socket:127.0.0.1:1", "dev", "echo on"),
    ),
    Case("no such option", ("-o", "Nonsense=yes", "dev", "true")),
    Case("a bad value", ("-o", "Port=many", "dev", "true")),
    Case("no such flag", ("-z", "dev"), same_errors=False),
    Case("a flag without its argument", ("dev", "-p"), same_errors=False),
    Case("a bad port", ("-p", "0", "dev")),
    Case("a bad forwarding", ("-L", "80", "dev")),
    Case("a bad escape character", ("-e", "none at all", "dev")),
    Case("a bad line in the file", ("dev", "true"), ("Nonsense yes",)),
    Case("to the background without a command, in quiet", ("-q", "-f", "dev")),
    Case("to syslog", ("-y", "-p", "1", "dev")),
    Case("a host that is an option", ("--", "-dev", "true")),
    Case("a host with shell in it", ("de;v", "true")),
    Case("a cipher that nobody has", ("-c", "rot13", "dev", "true"), same_errors=False),
]


@contextmanager
def speaking(words: bytes) -> Iterator[int]:
    """A port on loopback that says `words` to whoever comes, and nothing more."""
    listener = socket.create_server(("127.0.0.1", 0))
    accepted: list[socket.socket] = []

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            accepted.append(connection)
            connection.sendall(words)
            if words:
                connection.shutdown(socket.SHUT_WR)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield int(listener.getsockname()[1])
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(timeout=5)
        for connection in accepted:
            connection.close()


@pytest.fixture(scope="module")
def ports() -> Iterator[dict[str, str]]:
    """Ports that disappoint, and the interface of loopback."""
    loopback = next(name for _number, name in socket.if_nameindex() if name.startswith("lo"))
    with speaking(b"") as silent, speaking(b"220 this is no SSH\r\n" * 3) as rude:
        yield {"silent": str(silent), "rude": str(rude), "loopback": loopback}


def call_of(case: Case, sshd: SshServer, folder: Path, ports: dict[str, str]) -> Call:
    """The case with its ports filled in; `hop` is the same server under another name."""
    named = {"port": str(sshd.port), "free": str(free_port()), **ports}
    usual = [
        "HostName 127.0.0.1",
        f"Port {sshd.port}",
        f"IdentityFile {sshd.client_key}",
        "IdentityAgent none",
        f"UserKnownHostsFile {folder / 'known_hosts'}",
        "GlobalKnownHostsFile /dev/null",
        "UpdateHostKeys no",
    ]
    blocks = ["Host dev", *(line.format(**named) for line in case.config), *usual]
    blocks += ["Host hop", "HostKeyAlias hop", *usual, "Host 127.0.0.1", *usual[2:]]
    config = folder / "config"
    config.write_text("\n".join(blocks) + "\n")
    config.chmod(0o600)
    return Call(
        config=config,
        words=[word.format(**named) for word in case.words],
        known_hosts_file=folder / "known_hosts",
        known_hosts=f"{sshd.known_hosts_line}hop {sshd.host_public_key}\n" if case.known else "",
        answers=case.answers,
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_way_is_that_of_ssh(case: Case, sshd: SshServer, tmp_path: Path, ports: dict[str, str]) -> None:
    call = call_of(case, sshd, tmp_path, ports)
    expected = through_ssh(call, tmp_path)
    outcome = through_native(call, tmp_path)
    assert outcome == expected
    if case.same_errors:
        assert _said(outcome) == _said(expected)
    elif expected.status == 255 and "-q" not in case.words:
        assert outcome.stderr.strip(), "a failure without a word"


ENDED_AT_ONCE = (
    [b"kex_exchange_identification: Connection closed by remote host", b"Connection closed by UNKNOWN port 65535"],
    [b"banner exchange: Connection to UNKNOWN port 65535: Broken pipe"],
)


def _said(outcome: Outcome) -> list[bytes]:
    """What was written to standard error, apart from what is up to who of two processes is first."""
    # Where a jump's ssh ends first, the ssh before it may complain that nobody takes its goodbye.
    said = [line for line in outcome.stderr.splitlines() if line != b"client_loop: send disconnect: Broken pipe"]
    # A ProxyCommand that ends at once is gone before or after the client's greeting is written to it.
    for lines in ENDED_AT_ONCE:
        if said[-len(lines) :] == lines:
            return [*said[: -len(lines)], b"(the ProxyCommand ended)"]
    return said


@pytest.mark.parametrize("through", [through_ssh, through_native], ids=["ssh", "native"])
def test_a_server_that_stands_still_is_given_up(through: object, tmp_path: Path) -> None:
    """ServerAliveInterval 1 and ServerAliveCountMax 2: about three seconds, and 255."""
    assert callable(through)
    with running_sshd(tmp_path / "sshd") as server:
        config = server.write_client_config("dev", "ServerAliveInterval 1", "ServerAliveCountMax 2")
        started = tmp_path / "started"
        call = Call(
            config=config,
            words=("dev", f"echo $PPID > {started}; sleep 60"),
            known_hosts_file=server.folder / "known_hosts_dev",
            known_hosts=server.known_hosts_line,
        )
        stopped: list[float] = []
        watcher = threading.Thread(target=_stop_when_started, args=(started, stopped))
        watcher.start()
        outcome = through(call, tmp_path)
        took = time.monotonic() - stopped[0]
        watcher.join()
        os.kill(int(started.read_text()), signal.SIGCONT)
    assert isinstance(outcome, Outcome)
    assert outcome.status == 255
    assert 1.5 < took < 8
    assert outcome.stderr.strip() == b"Timeout, server 127.0.0.1 not responding."


FLIP = """
import os, select, socket, sys
far = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
passed = 0
while True:
    for side in select.select([0, far], [], [])[0]:
        data = os.read(0, 65536) if side == 0 else far.recv(65536)
        if not data:
            sys.exit()
        if side == 0:
            far.sendall(data)
            continue
        if passed <= 100_000 < passed + len(data):
            data = data[: 100_000 - passed] + bytes([data[100_000 - passed] ^ 1]) + data[100_001 - passed :]
        passed += len(data)
        try:
            while data:
                data = data[os.write(1, data) :]
        except BrokenPipeError:
            sys.exit()
"""
"""Relays to a port of loopback, with one bit wrong in what comes from there, until nobody takes it any more."""


@pytest.mark.parametrize("through", [through_ssh, through_native])
def test_a_wrong_bit_ends_the_connection(
    through: Callable[[Call, Path], Outcome], sshd: SshServer, tmp_path: Path
) -> None:
    (tmp_path / "flip.py").write_text(FLIP)
    config = sshd.write_client_config("dev", f"ProxyCommand {sys.executable} {tmp_path / 'flip.py'} {sshd.port}")
    call = Call(
        config=config,
        words=("-c", "aes128-ctr", "-m", "hmac-sha2-256-etm@openssh.com", "dev", "head -c 300000 /dev/zero"),
        known_hosts_file=sshd.folder / "known_hosts_dev",
        known_hosts=sshd.known_hosts_line,
    )
    outcome = through(call, tmp_path)
    assert outcome.status == 255
    assert len(outcome.stdout) < 100_000
    assert outcome.stderr.rstrip().endswith(b": message authentication code incorrect")


def _stop_when_started(file: Path, stopped: list[float]) -> None:
    """Stop the server's process of the session as soon as the session has written its pid."""
    limit = time.monotonic() + 20
    while time.monotonic() < limit:
        text = file.read_text() if file.exists() else ""
        if text.endswith("\n"):
            os.kill(int(text), signal.SIGSTOP)
            stopped.append(time.monotonic())
            return
        threading.Event().wait(0.02)
