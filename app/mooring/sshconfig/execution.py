"""`Match exec`: a command of the person's, run through their shell, with a limit on its time."""

from __future__ import annotations

import errno
import os
import signal
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import subprocess

DEFAULT_TIMEOUT = 10.0
"""Seconds. OpenSSH has no limit; but a machine that is looked at must not stand still for ever."""
_ERROR_LIMIT = 4096


class ExecutionError(Exception):
    """A command that could not be judged: ssh's messages about it."""

    def __init__(self, *messages: str) -> None:
        super().__init__(*messages)
        self.messages = messages


class CommandRunner:
    """Runs commands for `Match exec`, each once: a second pass over the files gets the same answer.

    `errors` gathers what the commands wrote to standard error, which ssh would have let through.
    """

    def __init__(
        self, environment: Mapping[str, str], *, timeout: float = DEFAULT_TIMEOUT, allowed: bool = True
    ) -> None:
        self._environment = environment
        self._timeout = timeout
        self._answers: dict[str, bool] = {}
        self.allowed = allowed
        self.errors: list[str] = []

    def succeeds(self, command: str) -> bool | None:
        """Whether `command` ends with status 0; None when commands may not be run. Raises `ExecutionError`."""
        if not self.allowed:
            return None
        if command not in self._answers:
            self._answers[command] = self._run(command) == 0
        return self._answers[command]

    def _run(self, command: str) -> int:
        # Loaded only here: few configurations run anything.
        import subprocess
        import tempfile

        shell = self._environment.get("SHELL", "/bin/sh")
        if not os.access(shell, os.X_OK):
            reason = os.strerror(errno.EACCES if Path(shell).exists() else errno.ENOENT)
            raise ExecutionError(f'Shell "{shell}" is not executable: {reason}')
        with tempfile.TemporaryFile() as errors:
            process = subprocess.Popen(
                [shell, "-c", command],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=errors,
                env=dict(self._environment),
                process_group=0,
            )
            try:
                status = process.wait(self._timeout)
            except subprocess.TimeoutExpired:
                raise ExecutionError(
                    f"command '{command[:100]}' did not end within {self._timeout:g} seconds"
                ) from None
            finally:
                _end(process)
            errors.seek(0)
            written = errors.read(_ERROR_LIMIT).decode("utf-8", "replace")
        if written:
            self.errors.append(written.rstrip("\n"))
        if status < 0:
            raise ExecutionError(f"command '{command[:100]}' exited abnormally")
        return status


def _end(process: subprocess.Popen[bytes]) -> None:
    """Leave nothing of an unfinished command behind."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
