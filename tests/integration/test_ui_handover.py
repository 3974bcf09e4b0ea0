"""Handing the terminal over to the system's ssh and taking it back: every trap that was met, in a real terminal."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from support.programs import require_program
from support.screens import running_screens
from support.sshd import SshServer
from support.tmux import Tmux
from support.waiting import wait_until


@contextmanager
def program(config: Path) -> Iterator[Tmux]:
    """Mooring on that configuration."""
    with running_screens("-F", str(config)) as tmux:
        tmux.wait_for("enter open", "harbour")
        yield tmux


def config_with(sshd: SshServer, folder: Path, *options: str) -> Path:
    """The test's server as `harbour`, with further options for it."""
    path = folder / "config"
    path.write_text(sshd.write_client_config("harbour").read_text())
    if options:
        path.write_text("\n".join(["Host harbour", *options]) + "\n" + path.read_text())
    path.chmod(0o600)
    return path


@pytest.fixture(autouse=True)
def system_ssh() -> str:
    return require_program("ssh")


def test_interrupting_a_prompt_of_ssh_comes_back_to_the_list(plain_sshd: SshServer, tmp_path: Path) -> None:
    known_nobody = tmp_path / "known_nobody"
    config = config_with(plain_sshd, tmp_path, f"UserKnownHostsFile {known_nobody}", "StrictHostKeyChecking ask")
    with program(config) as tmux:
        tmux.send("o")
        tmux.wait_for("Are you sure you want to continue connecting")
        tmux.send("C-c")
        tmux.wait_for("ssh to harbour was ended by signal 2", "enter open")
        tmux.send("q")
        assert tmux.wait_until_dead() == 0


def test_ssh_that_stops_itself_is_continued(plain_sshd: SshServer, tmp_path: Path) -> None:
    with program(config_with(plain_sshd, tmp_path)) as tmux:
        tmux.send("o")
        tmux.wait_for_match(r"^there> *$")
        tmux.type("\r~")
        tmux.send("C-z")
        tmux.wait_for("suspend ssh")
        tmux.type("echo still $((40 + 2))\r")
        tmux.wait_for("still 42")
        tmux.type("exit 4\r")
        tmux.wait_for("ssh to harbour ended with status 4")


def test_a_failing_ssh_leaves_its_words_for_a_while_and_comes_back(tmp_path: Path) -> None:
    config = tmp_path / "config"
    config.write_text("Host harbour\n  HostName 127.0.0.1\n  Port 1\n")
    config.chmod(0o600)
    with program(config) as tmux:
        tmux.send("o")
        tmux.wait_for("Connection refused", "any key goes back")
        tmux.send("Enter")
        tmux.wait_for("ssh to harbour ended with status 255", "enter open")
        tmux.send("o")
        tmux.wait_for("any key goes back")
        tmux.wait_for("ssh to harbour ended with status 255", "enter open")


def test_an_ssh_that_can_not_be_started_is_said(
    plain_sshd: SshServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "bin"
    broken.mkdir()
    (broken / "ssh").write_text("#!/nowhere/interpreter\n")
    (broken / "ssh").chmod(0o755)
    monkeypatch.setenv("PATH", f"{broken}{os.pathsep}{os.environ['PATH']}")
    with program(config_with(plain_sshd, tmp_path)) as tmux:
        tmux.send("o")
        tmux.wait_for("can't run", "ctrl+p")
        tmux.send("Down", "Up")
        tmux.send("?")
        tmux.wait_for("esc closes")


def test_native_sessions_live_on_while_the_terminal_is_away(plain_sshd: SshServer, tmp_path: Path) -> None:
    """The program stands still meanwhile, for longer than either side's keepalives would bear."""
    config = config_with(plain_sshd, tmp_path, "ServerAliveInterval 1", "ServerAliveCountMax 2")
    ticks = tmp_path / "ticks"
    with program(config) as tmux:
        tmux.send("Enter")
        tmux.wait_for("● open")
        tmux.type(f"while :; do echo x >> {ticks}; sleep 0.2; done\r")
        wait_until(ticks.exists, what="the remote loop writes")
        tmux.send("F12", "s")
        tmux.wait_for_match(r"^there> *$")
        before = len(ticks.read_text())
        wait_until(lambda: len(ticks.read_text()) > before + 2 * 20, what="the remote loop goes on writing")
        tmux.type("exit\r")
        tmux.wait_for("ssh to harbour ended", "● open")
        tmux.send("C-c")
        tmux.type("echo alive $((6 * 7))\r")
        tmux.wait_for("alive 42", "● open")


def test_a_key_typed_at_ssh_never_reaches_the_program(plain_sshd: SshServer, tmp_path: Path) -> None:
    with program(config_with(plain_sshd, tmp_path)) as tmux:
        tmux.send("o")
        tmux.wait_for_match(r"^there> *$")
        tmux.type("q")
        tmux.send("C-u")
        tmux.type("echo q?; exit\r")
        tmux.wait_for("ssh to harbour ended with status 0", "enter open")


def test_ending_the_program_while_ssh_has_the_terminal_ends_both(plain_sshd: SshServer, tmp_path: Path) -> None:
    with program(config_with(plain_sshd, tmp_path)) as tmux:
        tmux.send("o")
        tmux.wait_for_match(r"^there> *$")
        os.kill(tmux.process, signal.SIGTERM)
        assert tmux.wait_until_dead() == 128 + signal.SIGTERM
        assert not tmux.has_alternate_screen
