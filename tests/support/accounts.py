"""A login of its own for a test, as only a disposable machine may have it: made by useradd, gone at the end."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from support.programs import require_program

ALLOWED = "MOORING_TEST_ACCOUNTS"
"""Set to 1, it allows what CI=true allows: to make accounts, where the tests run as root."""


@dataclass(frozen=True)
class Account:
    """A user of this computer with a password."""

    name: str
    password: str

    def reset(self) -> None:
        """Make it as it was: its password, neither that nor the account expired."""
        _run("chpasswd", words_in=f"{self.name}:{self.password}\n")
        _run("chage", "--lastday", "20000", "--expiredate", "-1", self.name)

    def expire_password(self) -> None:
        """Have it changed at the next login."""
        _run("chage", "--lastday", "0", self.name)

    def expire(self) -> None:
        """Let nobody in any more."""
        _run("chage", "--expiredate", "1", self.name)

    @contextmanager
    def may_use_sudo(self, *, tries: int) -> Iterator[None]:
        """Let it run anything as root, for its password each time; so many wrong ones end that."""
        rules = Path("/etc/sudoers.d") / self.name
        rules.touch(mode=0o440)
        try:
            rules.write_text(
                f"{self.name} ALL=(root) ALL\n"
                f"Defaults:{self.name} timestamp_timeout=0, passwd_tries={tries}, !lecture\n"
            )
            yield
        finally:
            rules.unlink()


@contextmanager
def temporary_account(mark: str = "", *, password: str = "correct-Horse7") -> Iterator[Account]:
    """Make an account, with `mark` in its name; skips where that is not allowed, as on anybody's own computer."""
    if os.geteuid() != 0:
        pytest.skip("accounts are made by root alone")
    if os.environ.get(ALLOWED) != "1" and os.environ.get("CI") != "true":
        pytest.skip(f"accounts are made under CI=true or {ALLOWED}=1 alone, on a machine that is thrown away")
    account = Account(f"mooring{os.getpid()}{mark}", password)
    _run("useradd", "--no-create-home", "--home-dir", "/", "--shell", "/bin/sh", account.name)
    try:
        account.reset()
        yield account
    finally:
        _run("userdel", account.name)


def _run(program: str, *words: str, words_in: str = "") -> None:
    subprocess.run([require_program(program), *words], input=words_in, text=True, check=True, capture_output=True)
