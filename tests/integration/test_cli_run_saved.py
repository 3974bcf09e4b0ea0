"""Saved commands by `mooring run --saved`: confirmed, with a secret, and run again with the values they had."""

from __future__ import annotations

import io
from pathlib import Path

import pexpect
import pytest

from support.command_line import run_mooring, spawn_mooring
from support.fleet import write_fleet_config
from support.sshd import SshServer

NAMES = ("web-1", "web-2")
COMMANDS = """
[[command]]
name = "restart"
command = "echo restarted"
confirm = true

[[command]]
name = "check"
command = 'echo {{word}}; [ -z "$LC_ODD" ] || test -e {{flag}}'

[[command]]
name = "unlock"
command = "test {{key}} = {{kind}}-sesame && echo opened"
parameters.key.secret = true
"""


@pytest.fixture
def config(sshd: SshServer, own_home: Path) -> Path:
    """Two machines, and saved commands of the person's own."""
    folder = own_home / ".config" / "mooring"
    folder.mkdir(parents=True)
    (folder / "commands.toml").write_text(COMMANDS)
    return write_fleet_config(sshd, NAMES, {"web-2": ["SetEnv LC_ODD=1"]})


def test_a_command_that_wants_to_be_confirmed_is(config: Path) -> None:
    words = ("-F", config, "run", "-n", "--on", "web-1", "--saved", "restart")
    refused = run_mooring(*words)
    assert (refused.returncode, refused.stdout) == (255, b"")
    assert refused.stderr == (
        b"to be confirmed: restart: echo restarted\n"
        b"This wants to be confirmed, and there is no terminal to ask at.\n--yes confirms it.\n"
    )
    confirmed = run_mooring(*words, "--yes")
    assert (confirmed.returncode, confirmed.stdout, confirmed.stderr) == (0, b"web-1: restarted\n", b"")


def test_what_failed_is_run_again_with_the_values_it_had(config: Path, tmp_path: Path) -> None:
    flag = tmp_path / "a flag"
    words = ("run", "-n", "--on", "web-*", "--saved", "check", "-p", "word=it's", "-p", f"flag={flag}")
    first = run_mooring("-F", config, *words)
    assert (first.returncode, sorted(first.stdout.splitlines())) == (1, [b"web-1: it's", b"web-2: it's"])
    flag.touch()
    again = run_mooring("-F", config, "run", "-n", "--rerun-failed")
    assert (again.returncode, again.stdout, again.stderr) == (0, b"web-2: it's\n", b"")


def test_a_secret_is_asked_for_and_kept_nowhere(config: Path, own_home: Path) -> None:
    shown = io.StringIO()
    child = spawn_mooring("-F", config, "run", "--on", "web-1", "--saved", "unlock", "-p", "kind=open")
    child.logfile_read = shown
    child.expect_exact("key for unlock: ")
    child.sendline("open-sesame")
    child.expect_exact("opened")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    assert "open-sesame" not in shown.getvalue()
    state = own_home / ".state" / "mooring"
    (record,) = state.glob("runs/*/run.json")
    for kept in (record, state / "commands.json"):
        assert '"open"' in kept.read_text(), "the other value is kept"
        assert "sesame" not in kept.read_text().replace("{{kind}}-sesame", "")
