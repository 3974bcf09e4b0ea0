"""Runs by sudo(8) itself, for accounts with real passwords: asked once, wrong ones said, and nothing of them seen.

Only as root, and only under CI=true or MOORING_TEST_ACCOUNTS=1: the tests make accounts on this machine.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import pexpect
import pytest

from mooring.engine.client import EngineClient
from mooring.fleet.plan import plan_saved
from mooring.fleet.spool import InputSpool
from mooring.fleet.through_engine import EngineExecutor
from mooring.model.origin import Origin
from mooring.model.prompts import Answer, Question
from mooring.model.saved_command import SavedCommand
from mooring.session import EngineLink, Runs
from support.accounts import Account, temporary_account
from support.command_line import MOORING
from support.fleet import Rehearsal, RememberingPrompter, machines, write_fleet_config
from support.programs import require_program
from support.sshd import SshServer, running_sshd

SAME = ("web-1", "web-2", "web-3")
ODD = "odd"


@pytest.fixture(scope="module")
def accounts() -> Iterator[tuple[Account, Account]]:
    """Two people with sudo and different passwords."""
    require_program("sudo")
    with ExitStack() as stack:
        made = [
            stack.enter_context(temporary_account("a", password="first-Heron3")),
            stack.enter_context(temporary_account("b", password="second-Otter5")),
        ]
        for account in made:
            stack.enter_context(account.may_use_sudo(tries=2))
        yield made[0], made[1]


@pytest.fixture(scope="module")
def server(accounts: tuple[Account, Account], tmp_path_factory: pytest.TempPathFactory) -> Iterator[SshServer]:
    """An sshd that lets both in by the tests' key, which a command reads: the accounts can't."""
    folder = tmp_path_factory.mktemp("sudo")
    options = (
        "UsePAM yes",
        f"AuthorizedKeysCommand /usr/bin/cat {folder / 'authorized_keys'}",
        "AuthorizedKeysCommandUser root",
    )
    with running_sshd(folder, *options) as running:
        yield running


@pytest.fixture
def config(server: SshServer, accounts: tuple[Account, Account]) -> Path:
    """Three machines where the first person works, and one where the second does."""
    users = {name: [f"User {accounts[0].name}"] for name in SAME} | {ODD: [f"User {accounts[1].name}"]}
    return write_fleet_config(server, (*SAME, ODD), users)


def contents(folder: Path) -> bytes:
    """All that is in the files of a folder."""
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def everywhere(file: Path) -> str:
    """A command that writes down what can be seen of all processes while it runs, and says who it is."""
    return f"cat /proc/[0-9]*/cmdline /proc/[0-9]*/environ >>{file} 2>/dev/null; id -un"


def test_the_password_is_asked_once_and_a_wrong_one_is_said_where_it_was_wrong(
    config: Path, accounts: tuple[Account, Account], own_home: Path, tmp_path: Path
) -> None:
    first, second = accounts
    seen = tmp_path / "seen"
    words = ["-F", str(config), "run", "--on", "web-[1-3]", "--on", ODD, "--sudo", "--gather", "--", everywhere(seen)]
    child = pexpect.spawn(
        MOORING[0],
        [*MOORING[1:], *words],
        encoding="utf-8",
        timeout=40,
        dimensions=(24, 100),
        env={**os.environ, "TERM": "xterm-256color"},
    )
    child.logfile_read = log = io.StringIO()
    child.expect_exact("[sudo] password: ")
    child.sendline(first.password)
    child.expect_exact(f"{ODD}: [sudo] password: ")
    child.sendline("wrong-Newt9")
    child.expect(pexpect.EOF)
    child.close()
    shown = log.getvalue()
    assert child.exitstatus == 1 and shown.count("[sudo] password: ") == 2, shown
    assert "web-[1-3] (3)" in shown and "root" in shown
    assert f"{ODD}: status 1" in shown and "Sorry, try again." in shown and "2 incorrect password attempts" in shown
    assert seen.read_bytes().count(b"\0") > 100
    for place in (shown.encode(), seen.read_bytes(), contents(own_home)):
        for password in (first.password, second.password, "wrong-Newt9"):
            assert password.encode() not in place


class TwoPasswords(RememberingPrompter):
    """Knows the second password once it is asked again."""

    def __init__(self, passwords: tuple[str, str]) -> None:
        super().__init__()
        self._passwords = passwords

    async def ask(self, question: Question) -> Answer:
        """One after the other."""
        await super().ask(question)
        return (self._passwords[min(len(self.questions), 2) - 1],)


async def test_a_saved_command_by_sudo_goes_through_the_engine(
    config: Path, accounts: tuple[Account, Account], tmp_path: Path
) -> None:
    passwords = (accounts[0].password, accounts[1].password)
    seen = tmp_path / "seen"
    command = SavedCommand("who", f"{everywhere(seen)}; cat", Origin("commands.toml"), sudo=True)
    spool = InputSpool()
    spool.feed(b"for the command\n")
    spool.end()
    prompter = TwoPasswords(passwords)
    link = EngineLink(partial(EngineClient.start, log_file=tmp_path / "engine.log"))
    plan = plan_saved(command, machines((*SAME, ODD), config), {})
    try:
        results = await Rehearsal(
            plan, tmp_path / "run", prompter=prompter, stdin=spool, executor=EngineExecutor(Runs(link))
        ).results()
    finally:
        await link.stop()
        spool.close()
    assert [results[name].output.read() for name in (*SAME, ODD)] == [b"root\nfor the command\n"] * 4
    assert [results[name].errors.read() for name in SAME] == [b""] * 3
    assert results[ODD].errors.read() == b"Sorry, try again.\n"
    assert len(prompter.questions) == 2
    assert (tmp_path / "engine.log").read_text() == ""
    for place in (seen.read_bytes(), contents(tmp_path / "run"), repr(plan).encode()):
        assert not any(password.encode() in place for password in passwords)
