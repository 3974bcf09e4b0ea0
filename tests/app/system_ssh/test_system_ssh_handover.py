"""Handing the terminal over: real ssh under a real PTY, with every way to upset the program that steps aside."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pexpect
import pytest

from support.programs import require_program
from support.sshd import SshServer, running_sshd

DRIVER = """
import os, signal, sys, termios
from mooring.model.errors import MooringError
from mooring.system_ssh import run_in_foreground

signal.signal(signal.SIGTERM, lambda *_: print("caught SIGTERM", flush=True))
before = termios.tcgetattr(0), os.tcgetpgrp(0), signal.getsignal(signal.SIGINT)
print("pid", os.getpid(), flush=True)
try:
    result = run_in_foreground(sys.argv[1:])
    print("code", result.exit_code, "signal", result.signal, flush=True)
except MooringError as error:
    print("refused", error.message, flush=True)
after = termios.tcgetattr(0), os.tcgetpgrp(0), signal.getsignal(signal.SIGINT)
print("restored", before == after, flush=True)
print("typed", input("> "), flush=True)
"""


@contextmanager
def driver(*words: str) -> Iterator[pexpect.spawn[str]]:
    """A program that hands its terminal over to `words`, and afterwards wants a line from us."""
    child = pexpect.spawn(sys.executable, ["-c", DRIVER, *words], encoding="utf-8", timeout=20, dimensions=(24, 80))
    try:
        yield child
    finally:
        child.close(force=True)


def assert_back(child: pexpect.spawn[str], *, code: int, signal_number: int | None = None) -> None:
    """The program is back, in possession of its terminal, and answers to the keyboard."""
    child.expect_exact(f"code {code} signal {signal_number}")
    child.expect_exact("restored True")
    child.expect_exact("> ")
    child.sendline("hello")
    child.expect_exact("typed hello")
    child.expect(pexpect.EOF)
    child.wait()
    assert child.exitstatus == 0


@pytest.fixture(scope="module")
def password_sshd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SshServer]:
    """A server that asks for a password, which nobody knows."""
    with running_sshd(
        tmp_path_factory.mktemp("password"), "PasswordAuthentication yes", "PubkeyAuthentication no"
    ) as server:
        yield server


def test_a_session_runs_and_its_status_is_told(sshd: SshServer) -> None:
    config = sshd.write_client_config("handover")
    with driver(require_program("ssh"), "-F", str(config), "-tt", "handover", "sh -c 'tty; exit 7'") as child:
        child.expect("/dev/pts/")
        assert_back(child, code=7)


def test_control_c_at_a_password_prompt_ends_ssh_alone(password_sshd: SshServer) -> None:
    config = password_sshd.write_client_config("password")
    with driver(require_program("ssh"), "-F", str(config), "password") as child:
        child.expect("password: ")
        child.sendintr()
        child.expect(r"code (\d+) signal (None|2)")
        assert isinstance(child.match, re.Match)
        assert child.match.group(1) in ("130", "255")
        child.expect_exact("restored True")
        child.sendline("hello")
        child.expect_exact("typed hello")


def test_control_z_at_a_password_prompt_does_not_hang(password_sshd: SshServer) -> None:
    config = password_sshd.write_client_config("stopped")
    with driver(require_program("ssh"), "-F", str(config), "stopped") as child:
        child.expect("password: ")
        child.send("\x1a")
        child.expect("password: ")
        child.sendintr()
        child.expect_exact("restored True")


def test_suspending_ssh_by_its_escape_carries_on(sshd: SshServer) -> None:
    config = sshd.write_client_config("suspended")
    with driver(require_program("ssh"), "-F", str(config), "-tt", "suspended", "sh") as child:
        child.send("echo one$((1))\r")
        child.expect_exact("one1")
        child.send("\r~\x1a")
        child.expect_exact("[suspend ssh]")
        child.send("echo two$((2))\r")
        child.expect_exact("two2")
        child.send("exit 3\r")
        assert_back(child, code=3)


def test_leaving_by_the_escape_is_a_status_of_255(sshd: SshServer) -> None:
    config = sshd.write_client_config("left")
    with driver(require_program("ssh"), "-F", str(config), "-tt", "left", "cat") as child:
        child.send("ready\r")
        child.expect_exact("ready\r\nready")
        child.send("\r~.")
        assert_back(child, code=255)


def test_an_ssh_that_fails_tells_its_status() -> None:
    with driver(require_program("ssh"), "-F", "none", "-o", "BatchMode=yes", "-p", "1", "127.0.0.1") as child:
        child.expect_exact("Connection refused")
        assert_back(child, code=255)


def test_a_killed_ssh_leaves_a_usable_terminal(sshd: SshServer) -> None:
    config = sshd.write_client_config("killed")
    with driver(require_program("ssh"), "-F", str(config), "-tt", "killed", "cat") as child:
        child.send("ready\r")
        child.expect_exact("ready\r\nready")
        os.kill(_child_of(_pid(child)), signal.SIGKILL)
        assert_back(child, code=137, signal_number=9)


def test_termination_ends_ssh_first(sshd: SshServer) -> None:
    config = sshd.write_client_config("ended")
    with driver(require_program("ssh"), "-F", str(config), "-tt", "ended", "cat") as child:
        child.send("ready\r")
        child.expect_exact("ready\r\nready")
        os.kill(_pid(child), signal.SIGTERM)
        child.expect_exact("caught SIGTERM")
        child.expect(r"code \d+ signal")
        child.expect_exact("restored True")


def test_a_program_that_is_not_there_is_said(tmp_path: Path) -> None:
    with driver(str(tmp_path / "no-such-ssh")) as child:
        child.expect_exact("no-such-ssh: No such file or directory")
        child.expect_exact("restored True")


def test_the_child_inherits_no_ignored_signal() -> None:
    with driver("grep", "SigIgn", "/proc/self/status") as child:
        child.expect(r"SigIgn:\s+([0-9a-f]+)")
        assert isinstance(child.match, re.Match)
        ignored = int(child.match.group(1), 16)
        for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP, signal.SIGTTOU, signal.SIGPIPE):
            assert not ignored & 1 << (number - 1)


def test_without_a_terminal_the_program_just_runs() -> None:
    code = (
        "import sys; from mooring.system_ssh import run_in_foreground; "
        "sys.exit(run_in_foreground(sys.argv[1:]).exit_code)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, "sh", "-c", "cat; exit 5"], input=b"through", capture_output=True, check=False
    )
    assert (run.returncode, run.stdout) == (5, b"through")


def _pid(child: pexpect.spawn[str]) -> int:
    """The pid of the program under the PTY."""
    assert isinstance(child.pid, int)
    return child.pid


def _child_of(pid: int) -> int:
    """The one child of a process."""
    found = re.findall(r"\d+", Path(f"/proc/{pid}/task/{pid}/children").read_text())
    assert len(found) == 1
    return int(found[0])
