"""A real ssh-agent on a socket of its own."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from support.programs import require_program


class SshAgent:
    """A running agent."""

    def __init__(self, socket: Path) -> None:
        self.socket = socket

    def add(self, key: Path, *options: str) -> None:
        """Put a key without passphrase into it."""
        self._run("ssh-add", "-q", *options, str(key))

    def listed(self) -> list[str]:
        """The public keys that it holds, as `type base64 comment`; empty when it is empty."""
        return self._run("ssh-add", "-L", check=False).splitlines() if self._count() else []

    def _count(self) -> int:
        text = self._run("ssh-add", "-l", check=False)
        return 0 if "no identities" in text else len(text.splitlines())

    def _run(self, program: str, *arguments: str, check: bool = True) -> str:
        environment = {**os.environ, "SSH_AUTH_SOCK": str(self.socket)}
        result = subprocess.run(
            [require_program(program), *arguments], env=environment, capture_output=True, text=True, check=check
        )
        return result.stdout


@contextmanager
def running_agent(folder: Path) -> Iterator[SshAgent]:
    """Start an agent in the foreground; end it by its pid. `folder` has to be short: socket paths are."""
    socket = folder / "agent"
    process = subprocess.Popen(
        [require_program("ssh-agent"), "-D", "-a", str(socket)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        while not socket.exists():
            if process.poll() is not None:
                raise RuntimeError("ssh-agent did not start")
        yield SshAgent(socket)
    finally:
        process.terminate()
        process.wait(timeout=10)
