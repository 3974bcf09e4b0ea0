"""The demo is gone with the program that started it, whatever ends that program."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from mooring.demo import DemoError, DemoFleet, start_demo
from support.programs import require_program
from support.waiting import process_runs, wait_until

PARENT = """
import sys
from mooring.demo import start_demo
fleet = start_demo()
print(fleet.process.pid, fleet.folder, flush=True)
sys.stdin.read()
"""

LEAVE_JOBS = (
    "setsid sleep 1000 >/dev/null 2>&1 & echo $!; nohup sleep 1000 >/dev/null 2>&1 & echo $!; echo $$; exec sleep 1000"
)


class LeftBehind:
    """A session with programs in the background, one of them in a session of its own."""

    def __init__(self, folder: Path) -> None:
        self.ssh = subprocess.Popen(
            [require_program("ssh"), "-F", str(folder / "ssh_config"), "-tt", "web-1", LEAVE_JOBS],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        assert self.ssh.stdout is not None
        self.process_ids = [int(self.ssh.stdout.readline()) for _ in range(3)]
        assert all(process_runs(process_id) for process_id in self.process_ids)

    def close(self) -> None:
        self.ssh.kill()
        self.ssh.communicate()


def assert_nothing_is_left(process_ids: list[int], folder: Path) -> None:
    wait_until(lambda: not any(map(process_runs, process_ids)), what=f"of {process_ids} none runs")
    wait_until(lambda: not folder.exists(), what="the folder is removed")


def test_stop_leaves_no_process_and_no_file() -> None:
    fleet = start_demo()
    try:
        session = LeftBehind(fleet.folder)
        fleet.stop()
        session.close()
        assert fleet.process.returncode == 0
        assert_nothing_is_left([fleet.process.pid, *session.process_ids], fleet.folder)
        fleet.stop()
    finally:
        fleet.stop()


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
def test_the_demo_ends_with_its_parent(number: signal.Signals) -> None:
    parent = subprocess.Popen([sys.executable, "-c", PARENT], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        assert parent.stdout is not None
        process_id, _, folder = parent.stdout.readline().decode().strip().partition(" ")
        session = LeftBehind(Path(folder))
        parent.send_signal(number)
        parent.wait(10)
        assert_nothing_is_left([int(process_id), *session.process_ids], Path(folder))
        session.close()
    finally:
        parent.kill()
        parent.communicate()


def test_a_parent_that_is_gone_before_the_machines_listen_leaves_nothing(tmp_path: Path) -> None:
    child = subprocess.Popen(
        [sys.executable, "-m", "mooring.demo"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "TMPDIR": str(tmp_path)},
    )
    assert child.stdin is not None
    assert child.stdout is not None
    child.stdin.close()
    child.stdout.close()
    assert child.wait(30) == 0
    assert list(tmp_path.iterdir()) == []


def test_an_interrupt_at_the_terminal_is_not_the_demos_affair() -> None:
    with start_demo() as fleet:
        assert os.getpgid(fleet.process.pid) != os.getpgid(0)
        assert os.getsid(fleet.process.pid) != os.getsid(0)


def test_stop_removes_the_files_of_a_child_that_was_killed() -> None:
    fleet = start_demo()
    fleet.process.kill()
    fleet.process.wait(10)
    assert fleet.folder.exists()
    fleet.stop()
    assert not fleet.folder.exists()


def test_a_child_that_does_not_start_is_an_error_with_its_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "python"
    program.write_text("#!/bin/sh\necho 'no such module' >&2\nexit 1\n")
    program.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(program))
    with pytest.raises(DemoError) as raised:
        start_demo()
    assert raised.value.hint == "no such module"


def test_a_fleet_is_its_own_context(tmp_path: Path) -> None:
    with start_demo() as fleet:
        assert isinstance(fleet, DemoFleet)
        assert fleet.config_file.is_file()
    assert not fleet.folder.exists()
