"""The native client at a terminal: raw mode, window changes, escapes, job control, and what it leaves behind."""

from __future__ import annotations

import hashlib
import os
import re
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pexpect
import pytest

from support.command_line import MOORING, run_mooring
from support.sshd import SshServer, free_port
from support.waiting import process_runs, wait_until

REMOTE_PROMPT = "PS1='re''mote> '"
"""Typed at the remote shell; cut in two, so that its echo is not taken for the prompt."""


MODES = "echo modes $(stty -a | tr ' ;' '\\n\\n' | grep -cx -e icanon -e echo -e isig -e opost)"
"""Says "modes 4" where the terminal is as a shell wants it."""


@contextmanager
def shell(*words: str) -> Iterator[pexpect.spawn[str]]:
    """An interactive shell with job control, at which a person types `words` as its first line."""
    child = pexpect.spawn(
        "bash", ["--norc", "--noprofile", "-i"], env={**os.environ, "PS1": "local> "}, encoding="utf-8", timeout=25
    )
    try:
        child.expect_exact("local> ")
        if words:
            child.sendline(" ".join(f"'{word}'" for word in words))
        yield child
    finally:
        child.close(force=True)


def native(config: Path, *words: str) -> tuple[str, ...]:
    """The words that start the native client."""
    return (*MOORING, "--native-ssh", "-F", str(config), "ssh", *words)


@pytest.fixture
def config(sshd: SshServer) -> Path:
    """An ssh_config with the machine `dev`."""
    return sshd.write_client_config("dev")


def test_a_session_at_a_terminal(config: Path) -> None:
    with shell(*native(config, "dev")) as child:
        child.expect_exact("native ssh, publickey")
        child.sendline(f"{REMOTE_PROMPT}; echo size $(stty size) term $TERM")
        child.expect(r"size 24 80 term \w+")
        child.setwinsize(33, 99)
        child.expect_exact("remote> ")
        child.sendline("echo size $(stty size)")
        child.expect_exact("size 33 99")
        # A program of its own tells that it has the terminal: before that ^C would be the shell's.
        child.sendline("sh -c 'echo sl''eeps; exec sleep 60'")
        child.expect_exact("sleeps")
        child.sendintr()
        child.sendline("echo after $?")
        child.expect_exact("after 130")
        child.sendline("exit 9")
        child.expect_exact("Connection to 127.0.0.1 closed.")
        child.expect_exact("local> ")
        child.sendline(f"echo status $?; {MODES}")
        child.expect_exact("status 9")
        child.expect_exact("modes 4")


def test_escapes(config: Path) -> None:
    with shell(*native(config, "dev", "-L", f"{free_port()}:127.0.0.1:1")) as child:
        child.sendline(REMOTE_PROMPT)
        child.expect_exact("remote> ")
        child.send("\r~?")
        child.expect_exact("Supported escape sequences:")
        child.send("\r~#")
        child.expect(r"The following connections are open:\s+#\d+ client-session\s+")
        child.expect(r"local forwarding: \S+ \[127.0.0.1\]:1")
        child.send("\r~C")
        child.expect_exact("commandline disabled")
        child.send("\recho a ~~ b\r")
        child.expect_exact("a ~~ b")
        child.send("~.")
        child.expect_exact("Connection to 127.0.0.1 closed.")
        child.sendline("echo status $?")
        child.expect_exact("status 255")


def test_the_command_line_opens_and_closes_a_forwarding(sshd: SshServer) -> None:
    config = sshd.write_client_config("line", "EnableEscapeCommandline yes")
    port = free_port()
    with shell(*native(config, "line")) as child:
        child.sendline(REMOTE_PROMPT)
        child.expect_exact("remote> ")
        child.send("\r~C")
        child.expect_exact("ssh> ")
        child.sendline(f"-L{port}:127.0.0.1:{sshd.port}")
        child.expect_exact("Forwarding port.")
        with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
            assert connection.recv(4) == b"SSH-"
        child.send("\r~C")
        child.expect_exact("ssh> ")
        child.sendline(f"-KL{port}")
        child.expect_exact("Canceled forwarding.")
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", port), timeout=10)


def test_suspending_gives_the_shell_back_and_continuing_the_session(config: Path) -> None:
    with shell(*native(config, "dev")) as child:
        child.sendline(REMOTE_PROMPT)
        child.expect_exact("remote> ")
        child.send("\r~\x1a")
        child.expect_exact("[suspend ssh]")
        child.expect_exact("Stopped")
        child.expect_exact("local> ")
        child.sendline(MODES)
        child.expect_exact("modes 4")
        child.sendline("fg")
        child.send("\recho back $((40 + 2))\r")
        child.expect_exact("back 42")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_leaves_the_terminal_as_it_was(number: signal.Signals, config: Path) -> None:
    with shell(*native(config, "dev", "-t", "echo run$((40 + 2)); sleep 60")) as child:
        child.expect_exact("run42")
        os.kill(_client_of(child), number)
        child.expect_exact("local> ")
        child.sendline(f"echo status $?; {MODES}")
        child.expect_exact("status 255")
        child.expect_exact("modes 4")


def test_control_c_at_a_prompt_ends_by_the_signal_with_echo_on(sshd: SshServer) -> None:
    unknown = sshd.write_client_config("unknown", known=False)
    with shell(*native(unknown, "unknown", "true")) as child:
        child.expect_exact("(yes/no/[fingerprint])? ")
        child.sendintr()
        child.expect_exact("local> ")
        child.sendline(f"echo status $?; {MODES}")
        child.expect_exact("status 130")
        child.expect_exact("modes 4")


def test_control_z_at_a_prompt_asks_again_when_continued(sshd: SshServer) -> None:
    unknown = sshd.write_client_config("unknown", known=False)
    with shell(*native(unknown, "unknown", "echo in")) as child:
        child.expect_exact("(yes/no/[fingerprint])? ")
        child.send("\x1a")
        child.expect_exact("Stopped")
        child.sendline("fg")
        child.expect_exact("(yes/no/[fingerprint])? ")
        child.sendline("yes")
        child.expect_exact("\nin")


def test_an_askpass_program_answers(sshd: SshServer, tmp_path: Path) -> None:
    unknown = sshd.write_client_config("unknown", known=False)
    program = tmp_path / "askpass"
    program.write_text(f'#!/bin/sh\necho "$1" > {tmp_path / "asked"}\necho yes\n')
    program.chmod(0o755)
    environment = {"SSH_ASKPASS": str(program), "SSH_ASKPASS_REQUIRE": "force"}
    run = run_mooring("--native-ssh", "-F", unknown, "ssh", "unknown", "echo in", environment=environment)
    assert (run.returncode, run.stdout) == (0, b"in\n")
    assert "The authenticity of host" in (tmp_path / "asked").read_text()


def test_a_hundred_megabytes_come_back_as_they_went(config: Path) -> None:
    """Also: neither side gathers them in memory, since input waits for the channel and output makes it wait."""
    block = hashlib.sha256(b"block").digest() * 32768
    digest = hashlib.sha256()
    process = subprocess.Popen([*native(config, "dev", "cat")], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdin is not None
    assert process.stdout is not None
    writer = os.fork()
    if writer == 0:
        process.stdout.close()
        for _ in range(100):
            process.stdin.write(block)
        process.stdin.close()
        os._exit(0)
    process.stdin.close()
    peak = 0
    received = 0
    while data := os.read(process.stdout.fileno(), 1 << 20):
        digest.update(data)
        received += len(data)
        peak = max(peak, _resident(process.pid))
    os.waitpid(writer, 0)
    expected = hashlib.sha256()
    for _ in range(100):
        expected.update(block)
    assert (process.wait(timeout=20), received) == (0, 100 * len(block))
    assert digest.digest() == expected.digest()
    assert peak < 200 * 1024 * 1024


def test_a_reader_that_leaves_ends_the_remote_program(config: Path) -> None:
    words = " ".join(f"'{word}'" for word in native(config, "dev", "yes"))
    run = subprocess.run(
        ["bash", "-c", f"{words} | head -1; exit ${{PIPESTATUS[0]}}"], capture_output=True, timeout=60, check=False
    )
    assert (run.returncode, run.stdout) == (255, b"y\n")
    assert b"Traceback" not in run.stderr


def test_only_forwarding_ends_well_by_sigterm(config: Path, sshd: SshServer) -> None:
    port = free_port()
    process = subprocess.Popen(
        native(config, "-N", "-L", f"{port}:127.0.0.1:{sshd.port}", "dev"), stdin=subprocess.DEVNULL
    )
    try:
        wait_until(lambda: _speaks_ssh(port), what="the forwarding")
    finally:
        process.terminate()
    assert process.wait(timeout=20) == 0


def test_the_background_client_lets_its_caller_go_and_forwards(config: Path, sshd: SshServer, tmp_path: Path) -> None:
    port = free_port()
    pid_file = tmp_path / "pid"
    forwarding = f"{port}:127.0.0.1:{sshd.port}"
    command = f"echo $$ > {pid_file}; exec sleep 60"
    # No pipes: the background client keeps standard output for the remote command, as ssh does.
    status = subprocess.call(
        native(config, "-f", "-L", forwarding, "dev", command),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        timeout=40,
    )
    assert status == 0
    wait_until(lambda: pid_file.exists() and pid_file.read_text().endswith("\n"), what="the remote command")
    remote = int(pid_file.read_text())
    assert _speaks_ssh(port)
    os.kill(remote, signal.SIGTERM)
    wait_until(lambda: not _speaks_ssh(port), what="the end of the background client")
    assert not process_runs(remote)


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("-X",), "ForwardX11"),
        (("-Y",), "ForwardX11"),
        (("-w", "0"), "Tunnel"),
        (("-M",), "ControlMaster"),
        (("-S", "/run/socket"), "ControlPath"),
        (("-O", "check"), "-O"),
        (("-I", "/lib/token.so"), "PKCS11Provider"),
        (("-K",), "GSSAPIAuthentication"),
    ],
)
def test_what_native_cannot_do_is_refused_by_name_with_the_command_to_use(
    words: tuple[str, ...], named: str, tmp_path: Path
) -> None:
    config, reached = tmp_path / "config", tmp_path / "reached"
    config.write_text(f"Host dev\nProxyCommand touch {reached}\n")
    run = run_mooring("--native-ssh", "-F", config, "ssh", *words, "dev", "true")
    assert run.returncode == 255
    assert named in run.stderr.decode()
    assert f"ssh -F {config} {' '.join(words)} dev true" in run.stderr.decode()
    assert not reached.exists()


def _speaks_ssh(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
            return connection.recv(4) == b"SSH-"
    except OSError:
        return False


def _client_of(child: pexpect.spawn[str]) -> int:
    """The pid of the program that the shell runs."""
    assert isinstance(child.pid, int)
    (found,) = re.findall(r"\d+", Path(f"/proc/{child.pid}/task/{child.pid}/children").read_text())
    return int(found)


def _resident(pid: int) -> int:
    """Bytes of memory that a process holds; 0 once it is gone."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError):
        return 0
