"""The throw-away homes: the same prompt in every shell, files worth a look, nothing of the person's own."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest

from mooring.demo.homes import write_home
from mooring.demo.processes import kill_all_of, login_shell, machine_environment
from mooring.demo.roster import ROSTER, DemoMachine, Listing, Role
from support.programs import require_program
from support.waiting import process_runs, wait_until

WEB = next(machine for machine in ROSTER if machine.name == "web-1")


def test_the_roster_holds_together() -> None:
    names = [machine.name for machine in ROSTER]
    assert len(set(names)) == len(names) >= 8
    for machine in ROSTER:
        assert machine.jump == "" or machine.jump in names
        assert not (machine.listing is Listing.MACHINE_STORE and machine.notes)


@pytest.mark.parametrize("machine", ROSTER, ids=lambda machine: machine.name)
def test_a_home_has_a_readme_whose_suggestions_exist(tmp_path: Path, machine: DemoMachine) -> None:
    home = tmp_path / "home"
    write_home(home, machine)
    readme = (home / "README.md").read_text()
    assert readme.startswith(f"# {machine.name}\n")
    commands = [line.strip() for line in readme.splitlines() if line.startswith("    ")]
    assert len(commands) >= 2
    for command in commands:
        program, *arguments = command.partition("#")[0].split()
        if program in ("less", "vim"):
            assert (home / arguments[-1]).is_file()
        else:
            assert program == "ls" or os.access(home / "bin" / program, os.X_OK)
    assert (home / "RELEASE").read_text() == f"{machine.release}\n"


def test_the_same_machine_has_the_same_files(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_home(tmp_path / name, WEB)
    assert (tmp_path / "one/log/access.log").read_bytes() == (tmp_path / "two/log/access.log").read_bytes()


@pytest.mark.parametrize("shell", ["bash", "dash", *filter(shutil.which, ("zsh", "fish", "ksh"))])
def test_every_shell_greets_and_shows_the_machines_prompt(
    tmp_path: Path, shell: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = require_program(shell)
    home = tmp_path / "home"
    write_home(home, WEB)
    monkeypatch.setenv("SHELL", program)
    environment = {**machine_environment(tmp_path, home, WEB.user, {}), "TERM": "xterm"}
    session = pexpect.spawn(
        "/bin/sh", ["-c", f"exec {program} -l"], cwd=str(home), env=environment, encoding="utf-8", timeout=20
    )
    try:
        session.expect_exact("A demo machine.")
        session.expect_exact("ops@web-1")
        session.sendline("hostname; echo PATH is set")
        session.expect_exact("web-1\r\n")
        session.expect_exact("PATH is set\r\n")
    finally:
        session.close(force=True)


class TestEnvironment:
    def test_nothing_of_the_persons_session_is_handed_on(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SECRET_TOKEN", "x")
        monkeypatch.setenv("SSH_AUTH_SOCK", "/x")
        monkeypatch.setenv("TMUX", "/x")
        environment = machine_environment(tmp_path, tmp_path / "home", "ops", {"LD_PRELOAD": "/x", "LC_TIME": "C"})
        assert not {"SECRET_TOKEN", "SSH_AUTH_SOCK", "TMUX", "LD_PRELOAD"} & set(environment)
        assert environment["LC_TIME"] == "C"

    def test_a_shell_that_takes_no_commands_is_replaced(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SHELL", "/usr/sbin/nologin")
        assert Path(login_shell()).name not in ("nologin", "false")
        monkeypatch.setenv("SHELL", "/nowhere/sh")
        assert Path(login_shell()).is_file()


class TestEnding:
    def test_only_processes_of_this_demo_are_killed(self, tmp_path: Path) -> None:
        sleeper = [sys.executable, "-c", "import time; time.sleep(1000)"]
        ours = subprocess.Popen(sleeper, env={"MOORING_DEMO": str(tmp_path)}, start_new_session=True)
        others = subprocess.Popen(sleeper, env={"MOORING_DEMO": f"{tmp_path}-other"})
        try:
            assert kill_all_of(tmp_path) == 1
            assert ours.wait(10) == -signal.SIGKILL
            assert others.poll() is None
        finally:
            for process in (ours, others):
                process.kill()
                process.wait()
        wait_until(lambda: not process_runs(others.pid), what="the other one is gone")


def test_every_role_has_files_of_its_own(tmp_path: Path) -> None:
    by_role: dict[Role, set[str]] = {}
    for machine in ROSTER:
        home = tmp_path / machine.name
        write_home(home, machine)
        by_role[machine.role] = {
            str(path.relative_to(home))
            for path in home.rglob("*")
            if path.is_file() and not path.relative_to(home).parts[0].startswith(".")
        }
    assert all(len(files) >= 4 for files in by_role.values())
