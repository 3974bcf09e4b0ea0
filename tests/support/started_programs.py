"""Which programs a native client starts, so that a test can hold that `ssh` is none of them."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping
from pathlib import Path

from support.watched.sitecustomize import FILE_VARIABLE

_OF_OPENSSH = re.compile(r"""(?:^|[\s'"/=;|&(])(ssh|ssh-(?!askpass)[a-z-]+|slogin|scp|sftp)(?=$|[\s'";|&)])""")
_WATCHED = Path(__file__).parent / "watched"


class StartedPrograms:
    """Watches what is started with its `environment`: a failing `ssh` is first in PATH, every start is written down.

    `folder` is a place for its files.
    """

    def __init__(self, folder: Path) -> None:
        self._starts = folder / "started-programs"
        self._caught = folder / "ssh-was-run"
        self._starts.unlink(missing_ok=True)
        self._trap = folder / "trap"
        self._trap.mkdir(exist_ok=True)
        for name in ("ssh", "ssh-keygen", "ssh-add", "ssh-keyscan", "scp", "sftp"):
            program = self._trap / name
            program.write_text(f'#!/bin/sh\necho "$0" "$@" >> {shlex.quote(str(self._caught))}\nexit 97\n')
            program.chmod(0o755)

    def environment(self, base: Mapping[str, str]) -> dict[str, str]:
        """The environment to start a client with."""
        return {
            **base,
            "PATH": f"{self._trap}:{base['PATH']}",
            "PYTHONPATH": ":".join(filter(None, (str(_WATCHED), base.get("PYTHONPATH", "")))),
            FILE_VARIABLE: str(self._starts),
        }

    def starts(self) -> list[str]:
        """Every start so far, as the kind of call and its arguments."""
        return self._starts.read_text(errors="surrogateescape").splitlines() if self._starts.exists() else []

    def assert_no_ssh(self) -> None:
        """Fail where a program of OpenSSH was started, by the trap in PATH or past it."""
        assert not self._caught.exists(), f"the native client ran {self._caught.read_text()}"
        assert not list(self._of_openssh()), "the native client started a program of OpenSSH"

    def _of_openssh(self) -> Iterator[str]:
        for start in self.starts():
            # What stands behind the words is the environment, which may name an agent's socket.
            words = start.rpartition(", {")[0] or start
            if _OF_OPENSSH.search(words):
                yield start
