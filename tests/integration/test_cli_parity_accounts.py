"""Accounts and PAM: the native client and ssh at an sshd that asks for the password of a real account.

Only as root, and only under CI=true or MOORING_TEST_ACCOUNTS=1: the tests make an account on this machine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from support.accounts import Account, temporary_account
from support.parity import Call, Outcome, through_native, through_ssh
from support.sshd import SshServer, running_sshd

NEW = "another-Mule8"


@dataclass(frozen=True)
class Case:
    """One login: {password} in `answers` is the account's. `before` changes the account first."""

    name: str
    answers: tuple[str, ...]
    config: tuple[str, ...] = ()
    words: tuple[str, ...] = ("dev", "id -un")
    before: Callable[[Account], None] = Account.reset


KEYBOARD, PASSWORD = "KbdInteractiveAuthentication yes", "PasswordAuthentication yes"
ONLY_KEYBOARD = ("PreferredAuthentications keyboard-interactive",)
ONLY_PASSWORD = ("PreferredAuthentications password",)
# A wrong password costs two seconds: PAM waits.
CASES = [
    Case("the first method of the server", ("{password}",)),
    Case("keyboard-interactive at the second try", ("wrong", "{password}"), ONLY_KEYBOARD),
    Case("one prompt, then the other method", ("wrong", "{password}"), ("NumberOfPasswordPrompts 1",)),
    Case("a device that PAM is not", ("{password}",), ("KbdInteractiveDevices other",)),
    Case("password at the second try", ("wrong", "{password}"), ONLY_PASSWORD),
    Case("nobody of that name", ("a",), ("NumberOfPasswordPrompts 1", *ONLY_PASSWORD), ("-l", "nobody-at-all", "dev")),
    Case("in batch mode", (), ("BatchMode yes",)),
    Case("^C at the prompt", ()),
    Case("an expired password", ("{password}", "{password}", NEW, NEW), ONLY_KEYBOARD, before=Account.expire_password),
    Case(
        "an expired password, and two new ones",
        ("{password}", "{password}", NEW, "something else"),
        ("NumberOfPasswordPrompts 1", *ONLY_KEYBOARD),
        before=Account.expire_password,
    ),
    Case(
        "an expired password without a terminal there", ("{password}",), ONLY_PASSWORD, before=Account.expire_password
    ),
    Case("an expired account", ("{password}",), ONLY_PASSWORD, before=Account.expire),
]


@pytest.fixture(scope="module")
def account() -> Iterator[Account]:
    """Somebody who can log in."""
    with temporary_account() as account:
        yield account


@pytest.fixture(scope="module")
def pam_server(account: Account, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SshServer]:
    """sshd with PAM, which takes passwords both ways."""
    with running_sshd(tmp_path_factory.mktemp("pam"), "UsePAM yes", KEYBOARD, PASSWORD) as server:
        yield server


def outcomes(server: SshServer, account: Account, case: Case, folder: Path) -> list[Outcome]:
    """What ssh does, and what the native client does."""
    found = []
    for through in (through_ssh, through_native):
        account.reset()
        case.before(account)
        config = server.write_client_config("dev", *case.config)
        config.write_text(config.read_text().replace(f"User {server.user}\n", f"User {account.name}\n"))
        call = Call(
            config=config,
            words=case.words,
            known_hosts_file=server.folder / "known_hosts_dev",
            known_hosts=server.known_hosts_line,
            answers=[answer.format(password=account.password) for answer in case.answers],
        )
        found.append(through(call, folder))
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_accounts_are_asked_as_by_ssh(case: Case, pam_server: SshServer, account: Account, tmp_path: Path) -> None:
    expected, outcome = outcomes(pam_server, account, case, tmp_path)
    assert outcome == expected
    # PAM ends its words with a line end of its own, which ssh shows as an empty line.
    assert [line for line in outcome.stderr.splitlines() if line] == [
        line for line in expected.stderr.splitlines() if line
    ]


def test_a_key_and_a_password_are_two_factors(account: Account, tmp_path: Path) -> None:
    """PAM asks after the key has been accepted. The account can't read the tests' files, so a command does."""
    folder = tmp_path / "two"
    options = (
        "UsePAM yes",
        KEYBOARD,
        "AuthenticationMethods publickey,keyboard-interactive",
        f"AuthorizedKeysCommand /usr/bin/cat {folder / 'authorized_keys'}",
        "AuthorizedKeysCommandUser root",
    )
    with running_sshd(folder, *options) as server:
        expected, outcome = outcomes(server, account, Case("two", ("{password}",)), tmp_path)
    assert (expected.status, len(expected.prompts)) == (0, 1)
    assert outcome == expected
