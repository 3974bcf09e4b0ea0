"""At a terminal: the same keys to ssh and to the native client, and what each of them shows."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pexpect
import pytest

from support.command_line import MOORING
from support.programs import require_program
from support.sshd import SshServer, free_port, running_sshd
from support.waiting import process_runs, wait_until

CLIENTS = ("ssh", "native")
PROMPT = "there> "


@pytest.fixture(autouse=True)
def no_splash(own_home: Path) -> None:
    """Nothing is shown that ssh does not show."""
    settings = own_home / ".config" / "mooring" / "settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text("splash = false\n")


@dataclass(frozen=True)
class Conversation:
    """What was shown, line by line, and the status at the end (negative for a signal)."""

    shown: list[str]
    status: int


def client(kind: str, config: Path) -> list[str]:
    """The words that start a client."""
    if kind == "ssh":
        return [require_program("ssh"), "-F", str(config)]
    return [*MOORING, "--native-ssh", "-F", str(config), "ssh"]


def converse(words: Sequence[str], keys: Sequence[tuple[str, str]], **environment: str) -> Conversation:
    """Type each of `keys` and wait for what follows it, then for the end."""
    child = pexpect.spawn(
        words[0], list(words[1:]), env={**os.environ, "TERM": "vt220", **environment}, encoding="utf-8", timeout=25,
        dimensions=(24, 200),
    )  # fmt: skip
    shown = ""
    try:
        for typed, awaited in keys:
            child.send(typed)
            child.expect_exact(awaited)
            shown += f"{child.before}{awaited}"
        child.expect(pexpect.EOF)
        shown += child.before or ""
        child.wait()
    except pexpect.TIMEOUT as error:
        raise AssertionError(f"still there: {shown + str(child.before)!r}") from error
    finally:
        child.close(force=True)
    status = child.exitstatus if child.exitstatus is not None else -(child.signalstatus or 0)
    return Conversation([line for line in re.split(r"[\r\n]+", shown) if line], status)


LAST_HELP = "newline.)\r\n"
CALLS: dict[str, tuple[list[str], list[tuple[str, str]]]] = {
    "escapes": (
        [],
        [
            ("", PROMPT), ("\r", PROMPT), ("~?", LAST_HELP), ("\r", PROMPT), ("~v~V~V", "[LogLevel ERROR]"),
            ("~v", "[LogLevel INFO]"),
            ("~B", "~B"), ("\r~C", "commandline disabled"), ("\r~~.a~.b", "~.a~.b"), ("\x15\r~x", "~x"),
            ("\x15exit 7\r", "closed."),
        ],
    ),
    "leaving": ([], [("", PROMPT), ("\r", PROMPT), ("~.", "closed.")]),
    "another character": (
        ["-e", "%"], [("", PROMPT), ("\r~.%.", "~.%."), ("\x15\recho o''n\r", "on"), ("\r", PROMPT), ("%.", "closed.")],
    ),
    "a control character": (["-e", "^X"], [("", PROMPT), ("\r", PROMPT), ("\x18?", LAST_HELP), ("\x18.", "closed.")]),
    "no character": (["-e", "none"], [("", PROMPT), ("\r~.", "~."), ("\x15exit\r", "closed.")]),
    "quiet": (["-q"], [("", PROMPT), ("exit\r", "exit")]),
    "TERM": ([], [("", PROMPT), ("echo $TERM $(stty size)\r", "vt220 24 200"), ("exit\r", "closed.")]),
    "TERM of the configuration": (
        ["-t", "-o", "SetEnv=TERM=xterm-mono"], [("", PROMPT), ("echo $TERM\r", "xterm-mono"), ("exit\r", "closed.")],
    ),
    "the other side is killed": (
        [], [("", PROMPT), ("stty -echo; echo re''ady; read go; kill -9 $PPID\r", "ready"), ("go\r", "closed.")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CALLS)
def test_the_same_keys_show_the_same(name: str, plain_sshd: SshServer) -> None:
    config = plain_sshd.write_client_config("dev", "UpdateHostKeys no")
    options, keys = CALLS[name]
    expected = converse([*client("ssh", config), *options, "dev"], keys)
    ours = converse([*client("native", config), *options, "dev"], keys)
    assert ours.status == expected.status
    # The list lacks what the native client can't do (see escapes.py), and it shows control characters.
    shown = [line.replace("\x18", "^X") for line in expected.shown if "background ssh" not in line]
    assert ours.shown == shown


def test_keys_are_exchanged_anew_when_asked_for(tmp_path: Path) -> None:
    """`~R`, as the server sees it."""
    exchanges: list[int] = []
    shell = "ForceCommand exec env -u ENV PS1='there> ' /bin/sh"
    with running_sshd(tmp_path / "sshd", shell, "LogLevel DEBUG1") as server:
        config = server.write_client_config("dev", "UpdateHostKeys no")
        keys = [("", PROMPT), ("\r", PROMPT), ("~R", ""), ("echo re''keyed\r", "rekeyed"), ("exit\r", "closed.")]
        for kind in CLIENTS:
            before = sum(exchanges)
            assert converse([*client(kind, config), "dev"], keys).status == 0
            log = (server.folder / "sshd.log").read_text(errors="replace")
            exchanges.append(log.count("SSH2_MSG_NEWKEYS received") - before)
    assert exchanges == [2, 2]


def commands(port: int, remote_port: int, far: int) -> list[tuple[str, str]]:
    """What is typed at the command line behind `~C`, and what it says."""
    lines = [
        ("h", "Execute local command"),
        ("X", "Invalid command."),
        ("-Lx", "Bad local forwarding specification."),
        ("-Rx", "Bad remote forwarding specification."),
        ("-D", "Bad local forwarding specification."),
        (f"-L{port}:127.0.0.1:{far}", "Forwarding port."),
        (f"-R {remote_port}:127.0.0.1:{far}", "Forwarding port."),
        ("-KLx:y:z", "Bad forwarding close specification."),
        (f"KD{port}", "Unknown port forwarding."),
        (f"-KL{port}", "Canceled forwarding."),
        (f"-KL{port}", "Unknown port forwarding."),
        (f"-KR{remote_port}", "Canceled forwarding."),
        ("!echo lo''cal >&2", "local"),
    ]
    keys = [("", PROMPT)]
    for line, said in lines:
        keys += [("\r~C", "ssh> "), (f"{line}\r", f"{said}")]
    return [*keys, ("\r", PROMPT), ("exit\r", "closed.")]


def test_the_command_line_says_the_same(plain_sshd: SshServer) -> None:
    config = plain_sshd.write_client_config(
        "dev", "UpdateHostKeys no", "EnableEscapeCommandline yes", "PermitLocalCommand yes"
    )
    port, remote_port = free_port(), free_port()
    shown: list[list[str]] = []
    for kind in CLIENTS:
        conversation = converse([*client(kind, config), "dev"], commands(port, remote_port, plain_sshd.port))
        # How often the prompt of the remote shell comes in between depends on who was quicker.
        said = [line.removeprefix(PROMPT) for line in conversation.shown]
        shown.append([line for line in said if line.strip() and line.strip() != PROMPT.strip()])
        assert conversation.status == 0
    assert shown[1] == shown[0]


@pytest.mark.parametrize("kind", CLIENTS)
def test_a_client_stays_while_connections_on_its_forwards_are_open(
    kind: str, plain_sshd: SshServer, sshd: SshServer, tmp_path: Path
) -> None:
    config = sshd.write_client_config("dev", "UpdateHostKeys no")
    port, pid_file = free_port(), tmp_path / "pid"
    command = f"echo $$ > {pid_file}; read go; exit 5"
    process = subprocess.Popen(
        [*client(kind, config), "-L", f"{port}:127.0.0.1:{plain_sshd.port}", "dev", command],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
    )
    assert process.stdin is not None
    with process:
        wait_until(lambda: pid_file.exists() and pid_file.read_text().endswith("\n"), what="the remote program")
        with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
            assert connection.recv(4) == b"SSH-"
            process.stdin.write(b"go\n")
            process.stdin.close()
            remote = int(pid_file.read_text())
            wait_until(lambda: not process_runs(remote), what="the end of the remote program")
            assert process.poll() is None
            connection.sendall(b"SSH-2.0-somebody\r\n")
            assert connection.recv(4)
        assert process.wait(timeout=25) == 5


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("kind", CLIENTS)
def test_a_signal_without_a_terminal_ends_with_255(kind: str, number: signal.Signals, sshd: SshServer) -> None:
    config = sshd.write_client_config("dev", "UpdateHostKeys no")
    process = subprocess.Popen(
        [*client(kind, config), "-v", "dev", "echo begun; exec sleep 60"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    with process:
        assert process.stdout is not None and process.stderr is not None
        assert process.stdout.readline() == b"begun\n"
        process.send_signal(number)
        assert process.wait(timeout=25) == 255
        assert f"Killed by signal {number.value}." in process.stderr.read().decode()
