"""KnownHostsCommand: a program that prints further known_hosts lines (ssh_config(5))."""

from __future__ import annotations

import asyncio
import os
import re
import signal
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from mooring.ssh.known_hosts.entry import Entry
from mooring.ssh.known_hosts.lines import Lines
from mooring.ssh.local_programs import Complaints, Hear, signal_program
from mooring.ssh.public_key import PublicKey
from mooring.sshconfig.lexer import LexError, split_arguments
from mooring.sshconfig.tokens import ExpansionError, expand_all

_LONGEST_OUTPUT = 4 * 1024 * 1024
"""Bytes of output that are read; a known_hosts of fifty thousand lines is below that."""


class CommandFailedError(Exception):
    """The command did not end well, or could not be put together: then ssh ends, and says this."""


@dataclass(frozen=True, slots=True)
class KnownHostsCommand:
    """The command's text, in whose words `tokens` (letter -> text) and those about the key are still to be expanded.

    `environment` is where `${NAME}` is looked up, `digest` how fingerprints are told (%f).
    """

    command: str
    tokens: Mapping[str, str] = field(default_factory=dict)
    environment: Mapping[str, str] = field(default_factory=dict)
    digest: str = "sha256"

    async def run(
        self, invocation: str, name: str, key: PublicKey | None, *, tell: Callable[[str], None], hear: Hear | None
    ) -> tuple[Entry, ...]:
        """Run it, directly and without a shell, and read its lines about `name`.

        `invocation` is "ORDER", "HOSTNAME" or "ADDRESS" (%I); `key` is what the host showed (%f, %K, %t). `tell` takes
        why it could not be run at all, which ssh says and goes on; `hear` what it prints on standard error, with None
        that is our own. Raises `CommandFailedError`.
        """
        tag = f"KnownHostsCommand-{invocation}"
        words = self._words(tag, invocation, name, key, tell)
        if not words:
            return ()
        try:
            process = await asyncio.create_subprocess_exec(
                *words,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=None if hear is None else asyncio.subprocess.PIPE,
            )
        except OSError as error:
            reason = f'{tag} execv "{_assembled(words)}": {error.strerror}'
            raise CommandFailedError(f"{reason}\nKnownHostsCommand failed") from None
        complaints = Complaints(process, hear)
        try:
            output = await _read_whole(process.stdout)
            if len(output) > _LONGEST_OUTPUT:
                signal_program(process, signal.SIGKILL)
            await process.wait()
        finally:
            signal_program(process, signal.SIGKILL)
            await complaints.finish()
        if process.returncode:
            raise CommandFailedError(f"{_ending(tag, words, process.returncode)}\nKnownHostsCommand failed")
        text = output.decode("utf-8", "surrogateescape")
        return Lines([(tag, text)], from_command=True).about(name)

    def _words(
        self, tag: str, invocation: str, name: str, key: PublicKey | None, tell: Callable[[str], None]
    ) -> list[str]:
        """The words to run; [] where ssh says what is wrong and goes on without them."""
        tokens = {**self.tokens, "I": invocation, "H": name, "f": "NONE", "K": "NONE", "t": "NONE"}
        if key is not None:
            tokens |= {"f": key.fingerprint(self.digest), "K": key.encoded.split()[1], "t": key.algorithm}
        try:
            parts = split_arguments(self.command, comments=False)
            words = [*parts[:1], *(expand_all(part, tokens, self.environment) for part in parts[1:])]
        except LexError:
            tell(f'{tag} "{self.command}" contains invalid quotes')
            return []
        except ExpansionError as error:
            raise CommandFailedError("\n".join(error.messages)) from None
        if not words:
            tell(f'{tag} "{self.command}" yielded no arguments')
        elif not words[0].startswith("/"):
            tell(f"{tag} path is not absolute")
        else:
            try:
                Path(words[0]).stat()
            except OSError as error:
                tell(f'Could not stat {tag} "{words[0]}": {os.strerror(error.errno or 0)}')
            else:
                return words
        return []


def _ending(tag: str, words: list[str], status: int) -> str:
    command = _assembled(words)
    if status < 0:
        return f"{tag} {command} exited on signal {-status}"
    return f"{tag} {command} failed, status {status}"


def _assembled(words: list[str]) -> str:
    """Words as ssh shows them (misc.c, argv_assemble)."""
    escaped = (re.sub(r"""([\\'"])""", r"\\\1", word) for word in words)
    return " ".join(f'"{word}"' if re.search(r"[ \t]", word) else word for word in escaped)


async def _read_whole(stream: asyncio.StreamReader | None) -> bytes:
    """Read to the end, however the program divides what it writes, but little more than the longest output."""
    output = bytearray()
    while stream is not None and len(output) <= _LONGEST_OUTPUT and (chunk := await stream.read(65536)):
        output += chunk
    return bytes(output)
