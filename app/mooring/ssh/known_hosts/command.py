"""KnownHostsCommand: a program that prints further known_hosts lines (ssh_config(5))."""

from __future__ import annotations

import asyncio
import shlex
import signal
from dataclasses import dataclass, field

from mooring.ssh.known_hosts.entry import Entry
from mooring.ssh.known_hosts.lines import Lines
from mooring.ssh.local_programs import signal_program
from mooring.ssh.public_key import PublicKey

_LONGEST_OUTPUT = 4 * 1024 * 1024
"""Bytes of output that are read; a known_hosts of fifty thousand lines is below that."""


@dataclass(frozen=True, slots=True)
class KnownHostsCommand:
    """The command's words, in which `tokens` (letter -> text) and those about the key are still to be expanded."""

    command: str
    tokens: dict[str, str] = field(default_factory=dict)

    async def run(self, invocation: str, name: str, key: PublicKey | None) -> tuple[Entry, ...]:
        """Run it, directly and without a shell, and read its lines about `name`; a command that fails counts as silent.

        `invocation` is "ORDER", "HOSTNAME" or "ADDRESS" (%I); `key` is what the host showed (%f, %K, %t).
        """
        tokens = {**self.tokens, "I": invocation, "H": name, "%": "%", "f": "NONE", "K": "NONE", "t": "NONE"}
        if key is not None:
            tokens |= {"f": key.fingerprint(), "K": key.encoded.split()[1], "t": key.algorithm}
        words = [_expand(word, tokens) for word in shlex.split(self.command)]
        try:
            process = await asyncio.create_subprocess_exec(
                *words, stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE
            )
        except OSError:
            return ()
        if process.stdout is None:
            return ()
        output = await _read_whole(process.stdout)
        if len(output) > _LONGEST_OUTPUT:
            signal_program(process, signal.SIGKILL)
        if await process.wait() != 0:
            return ()
        text = output.decode("utf-8", "surrogateescape")
        return Lines([(f"KnownHostsCommand-{invocation}", text)], from_command=True).about(name)


async def _read_whole(stream: asyncio.StreamReader) -> bytes:
    """Read to the end, however the program divides what it writes, but little more than the longest output."""
    output = bytearray()
    while len(output) <= _LONGEST_OUTPUT and (chunk := await stream.read(65536)):
        output += chunk
    return bytes(output)


def _expand(word: str, tokens: dict[str, str]) -> str:
    parts = word.split("%")
    text = parts[0]
    rest = iter(parts[1:])
    for part in rest:
        if part == "":
            text += "%" + next(rest, "")
        else:
            text += tokens.get(part[0], "%" + part[0]) + part[1:]
    return text
