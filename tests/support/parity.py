"""The same words to `ssh` and to the native client, with the same typed answers: what each of them does."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pexpect

from support.command_line import MOORING
from support.programs import require_program
from support.started_programs import StartedPrograms

PROMPT = re.compile(
    rb"(?:[Pp]assword: |passphrase for key '[^']*': |\(yes/no/\[fingerprint\]\)\? |or the fingerprint: |Code: )"
)
_SECONDS = 25


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a client ended: its output, its status (negative for a signal), what it asked, and what it left behind."""

    status: int
    stdout: bytes
    prompts: tuple[bytes, ...]
    terminal: bytes
    known_hosts: bytes
    stderr: bytes = field(compare=False)


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a client. `words` follow `ssh`; `known_hosts` is the file before it, None for no file.

    `answers` are typed at its prompts in order. `stdin` is given through a file; None leaves it at the terminal.
    """

    config: Path
    words: Sequence[str]
    known_hosts_file: Path
    known_hosts: str | None = ""
    answers: Sequence[str] = ()
    stdin: bytes | None = b""
    environment: Mapping[str, str] = field(default_factory=dict)
    terminal: bool = True


def through_ssh(call: Call, folder: Path) -> Outcome:
    """What the system's ssh does."""
    return _run([require_program("ssh"), "-F", str(call.config), *call.words], call, folder)


def through_native(call: Call, folder: Path) -> Outcome:
    """What the native client does; it fails the test when the client starts any program of OpenSSH."""
    programs = StartedPrograms(folder)
    watched = replace(call, environment=programs.environment({**os.environ, **call.environment}))
    outcome = _run([*MOORING, "--native-ssh", "-F", str(call.config), "ssh", *call.words], watched, folder)
    programs.assert_no_ssh()
    return outcome


def _run(words: Sequence[str], call: Call, folder: Path) -> Outcome:
    files = {name: folder / name for name in ("stdin", "stdout", "stderr")}
    call.known_hosts_file.unlink(missing_ok=True)
    if call.known_hosts is not None:
        call.known_hosts_file.write_text(call.known_hosts)
    redirection = f">{shlex.quote(str(files['stdout']))} 2>{shlex.quote(str(files['stderr']))}"
    if call.stdin is not None:
        files["stdin"].write_bytes(call.stdin)
        redirection += f" <{shlex.quote(str(files['stdin']))}"
    # The shell stays: with its descriptors on the terminal the terminal lives until the client has ended.
    leader = "" if call.terminal else "setsid -w "
    child: pexpect.spawn[bytes] = pexpect.spawn(
        "/bin/sh",
        ["-c", f'{leader}"$@" {redirection}; exit $?', "sh", *words],
        env={**os.environ, **call.environment},
        timeout=_SECONDS,
        dimensions=(24, 80),
    )
    prompts: list[bytes] = []
    terminal = b""
    answers = list(call.answers)
    try:
        while child.expect([PROMPT, pexpect.EOF]) == 0:
            prompt = bytes(child.match.group()) if isinstance(child.match, re.Match) else b""
            terminal += (child.before or b"") + prompt
            prompts.append(prompt)
            assert len(prompts) < 20, f"it never stops asking: {prompts}"
            if answers:
                child.sendline(answers.pop(0))
            else:
                child.sendintr()
        terminal += child.before or b""
        child.wait()
    except pexpect.TIMEOUT as error:
        raise AssertionError(f"still running: {files['stderr'].read_bytes()!r} {child.before!r}") from error
    finally:
        child.close(force=True)
    status = child.exitstatus if child.exitstatus is not None else -(child.signalstatus or 0)
    known = call.known_hosts_file.read_bytes() if call.known_hosts_file.exists() else b""
    return Outcome(
        status, files["stdout"].read_bytes(), tuple(prompts), terminal, known, stderr=files["stderr"].read_bytes()
    )
