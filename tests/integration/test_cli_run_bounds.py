"""What bounds a run of `mooring run`: how many at once, how long, after how many failures, and ^C twice."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pexpect
import pytest

from support.asking_server import PASSWORD, running_asking_server
from support.command_line import run_mooring, spawn_mooring
from support.fleet import write_fleet_config
from support.sshd import SshServer
from support.waiting import wait_until

NAMES = ("web-1", "web-2", "web-3")


@pytest.fixture
def config(sshd: SshServer, own_home: Path) -> Path:
    """Three machines, of which the first can be told apart by a command."""
    return write_fleet_config(sshd, NAMES, {"web-1": ["SetEnv LC_FIRST=1"]})


def gathered(config: Path, *words: str | Path) -> tuple[int, str]:
    """Run on all three; the status, and the answers."""
    done = run_mooring("-F", config, "run", "-n", "--gather", "--on", "web-*", *words)
    return done.returncode, done.stdout.decode()


def test_no_more_machines_at_one_time_than_wanted(config: Path, tmp_path: Path) -> None:
    alone = f"mkdir {tmp_path}/taken && sleep 0.2 && rmdir {tmp_path}/taken && echo alone"
    assert gathered(config, "-j", "1", "--", alone) == (0, "── web-[1-3] (3)\nalone\n")


def test_a_machine_has_its_time_and_what_it_wrote_is_kept(config: Path) -> None:
    slow = 'echo begun; [ -z "$LC_FIRST" ] || sleep 60'
    assert gathered(config, "--timeout", "3", "--", slow) == (
        255,
        "── web-1: still running after 3 s\nbegun\n\n── web-[2-3] (2)\nbegun\n",
    )


def test_the_whole_run_has_its_time(config: Path) -> None:
    status, answers = gathered(config, "-j", "1", "--total-timeout", "1", "--", "sleep 60")
    assert status == 255
    assert answers.startswith("── web-[1-3] (3): the run's 1 s are over\n")


def test_after_failures_no_further_machine_is_begun_with(config: Path) -> None:
    assert gathered(config, "-j", "1", "--stop-after", "1", "--", 'echo here; [ -z "$LC_FIRST" ]') == (
        255,
        "── web-1: status 1\nhere\n\n── web-[2-3] (2): not begun: 1 failed before\n",
    )


def test_one_machine_goes_first_and_the_others_if_that_is_wanted(config: Path) -> None:
    for answer, status, endings in (
        ("no", 255, ("── web-1", "── web-[2-3] (2): not begun: web-1 went first")),
        ("yes", 0, ("── web-[1-3] (3)",)),
    ):
        child = spawn_mooring("-F", config, "run", "--gather", "--canary", "--on", "web-*", "--", "echo sings")
        child.expect_exact("sings\r\n")
        child.expect_exact("web-1: done. Go on with the other 2 (yes/no)? ")
        child.sendline(answer)
        for ending in endings:
            child.expect_exact(ending)
        child.expect(pexpect.EOF)
        child.close()
        assert child.exitstatus == status
    assert gathered(config, "--canary", "--yes", "--", '[ -z "$LC_FIRST" ]') == (
        255,
        "── web-1: status 1\n\n── web-[2-3] (2): not begun: web-1 went first\n",
    ), "nobody is asked, and it did not end well"


def test_one_password_is_asked_for_once(own_home: Path, tmp_path: Path) -> None:
    with running_asking_server(tmp_path, "password") as asking:
        config = asking.write_client_config(tmp_path)
        key = asking.known_hosts_line.split(" ", 1)[1]
        (tmp_path / "known_hosts").write_text("".join(f"{name} {key}" for name in NAMES))
        aliases = "".join(f"Host {name}\nHostKeyAlias {name}\n" for name in NAMES)
        config.write_text(aliases + config.read_text().replace("Host asking\n", "Host *\n"))
        child = spawn_mooring("-F", config, "run", "--gather", "--one-password", "--on", "web-*", "--", "true")
        child.expect_exact("password: ")
        child.sendline(PASSWORD)
        child.expect_exact("── web-[1-3] (3)")
        assert "password" not in (child.before or "")
        child.expect(pexpect.EOF)
        child.close()
        assert child.exitstatus == 0


def test_a_second_control_c_waits_for_nobody(config: Path, tmp_path: Path) -> None:
    """The server of the session stands still: whoever wants to end it in good order waits for some seconds."""
    told = tmp_path / "server"
    child = spawn_mooring(
        "-F", config, "run", "--gather", "--on", "web-1", "--", f"echo $PPID > {told}; kill -STOP $PPID; sleep 60"
    )
    wait_until(lambda: told.exists() and told.read_text().endswith("\n"), what="the session's server is known")
    server = int(told.read_text())
    try:
        wait_until(lambda: _state(server) == "T", what="it stands still")
        child.sendintr()
        child.expect_exact("Ending; what has come is kept. ^C again ends at once.")
        child.sendintr()
        child.expect(pexpect.EOF)
        assert "web-1: cancelled" not in (child.before or "")
        child.close()
        assert child.exitstatus == 130
    finally:
        os.kill(server, signal.SIGCONT)


def _state(process_id: int) -> str:
    return Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()[0]
