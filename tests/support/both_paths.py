"""The same connection through the system's ssh and through ours, so that a test can compare what came of it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pexpect

from mooring.model.errors import MooringError
from mooring.model.machine import OptionSetting, Target
from mooring.model.origin import COMMAND_LINE
from mooring.model.prompts import Answer
from mooring.ssh import connect
from support.programs import require_program
from support.prompting import Recorder, ScriptedPerson

_PROMPT = r"(\(yes/no(/\[fingerprint\])?\)\? |fingerprint: |[Pp]assword: |for key '[^']*': |[Cc]ode: )$"


@dataclass(frozen=True)
class Outcome:
    """How it ended: the exit status, how often somebody was asked, and what standard output held."""

    status: int
    prompts: int
    output: str


@dataclass(frozen=True)
class OurOutcome(Outcome):
    """Also what we told and raised."""

    told: str
    error: MooringError | None


def through_ssh(config: Path, host: str, command: str, answers: Sequence[str], *options: str) -> Outcome:
    """Run `ssh` under a terminal and type the answers."""
    arguments = ["-F", str(config), *(word for option in options for word in ("-o", option)), "-T", host, command]
    child = pexpect.spawn(require_program("ssh"), arguments, encoding="utf-8", timeout=20)
    prompts = 0
    shown = ""
    try:
        for answer in [*answers, None]:
            found = child.expect([_PROMPT, pexpect.EOF])
            shown += child.before or ""
            if found == 1:
                break
            prompts += 1
            shown += str(child.after)
            if answer is None:
                raise AssertionError(f"ssh asks once more than expected: {shown}")
            child.sendline(answer)
    finally:
        child.close()
    return Outcome(child.exitstatus if child.exitstatus is not None else -1, prompts, shown)


async def through_ours(config: Path, host: str, command: str, answers: Sequence[str], *options: str) -> OurOutcome:
    """Run `command` through the native path, answering in turn."""
    scripted: list[Answer] = [(answer,) for answer in answers]
    person = ScriptedPerson(scripted)
    parts = [option.partition("=") for option in options]
    settings = tuple(OptionSetting(keyword, value, COMMAND_LINE) for keyword, _equals, value in parts)
    target = Target(host, options=settings, config_file=str(config))
    recorder = Recorder()
    error: MooringError | None = None
    status = 255
    try:
        connection = await asyncio.wait_for(connect(target, person), 20)
    except MooringError as failure:
        error = failure
    else:
        try:
            shell = await connection.execute(command, recorder)
            status = (await asyncio.wait_for(shell.wait(), 20)).exit_code
        finally:
            await connection.close()
    return OurOutcome(status, len(person.questions), recorder.output.decode(), person.told, error)
