"""A run's questions at the terminal: logins in ssh's own words, many host keys in one list, and whether to go on."""

from __future__ import annotations

import os
from dataclasses import replace

from mooring.cli.errors import printable
from mooring.cli.fleet.output import RunOutput
from mooring.cli.native.log import ClientLog
from mooring.cli.native.prompter import TerminalPrompter
from mooring.cli.native.terminal_line import read_line
from mooring.fleet.questions import SUDO_PROMPT, is_passphrase
from mooring.model.prompts import (
    Answer,
    ChangedHostKeyQuestion,
    ConfirmationQuestion,
    HostKeyQuestion,
    KeyboardInteractiveQuestion,
    Notice,
    Question,
    SecretQuestion,
)

_WHICH = "Trust all of them, none, or each as you say (all/none/each)? "


class RunPrompter:
    """A `FleetPrompter` at the controlling terminal. Without one every answer is no."""

    def __init__(self, output: RunOutput) -> None:
        self._output = output
        self._terminal = TerminalPrompter(ClientLog(), os.environ)

    async def ask(self, question: Question) -> Answer:
        """Ask as ssh does, but say which machine it is about: its address and user may be those of many."""
        async with self._output.question():
            return await self._terminal.ask(_named(question))

    async def ask_host_keys(self, questions: tuple[HostKeyQuestion, ...]) -> tuple[bool, ...]:
        """One is asked about as ssh does; several are listed first."""
        if len(questions) == 1:
            return (await self._trusts(questions[0]),)
        lines = [f"{len(questions)} host keys are not known yet:"]
        lines += [f"    {each.hop} ({each.host}): {each.key_type} {each.fingerprint}" for each in questions]
        self._output.write_error("".join(f"{printable(line)}\n" for line in lines).encode("utf-8", "replace"))
        async with self._output.question():
            answer = (await read_line(_WHICH, echo=True) or "").strip().lower()
        if answer == "each":
            return tuple([await self._trusts(question) for question in questions])
        return (answer in ("all", "yes"),) * len(questions)

    async def confirm(self, question: str) -> bool | None:
        """Ask for a yes or a no, which is what anything else counts for; None where there is no terminal."""
        async with self._output.question():
            line = await read_line(f"{printable(question)} (yes/no)? ", echo=True)
        return None if line is None else line.strip().lower() in ("y", "yes")

    def notify(self, machine: str, notice: Notice) -> None:
        """Show a banner or a warning in the machine's name."""
        lines = printable(notice.text).splitlines()
        self._output.write_error(
            "".join(f"{printable(machine)}: {line}\n" for line in lines).encode("utf-8", "replace")
        )

    async def _trusts(self, question: HostKeyQuestion) -> bool:
        answer = await self.ask(question)
        return answer is not None and answer[:1] in (("yes",), (question.fingerprint,))


def _named(question: Question) -> Question:
    """The question with its machine's name in front, where the answer is for that machine."""
    name = f"{printable(question.hop)}: "
    match question:
        case SecretQuestion(prompt=prompt, attempt=attempt):
            for_all = is_passphrase(question) or (prompt == SUDO_PROMPT and attempt == 1)
            return question if for_all else replace(question, prompt=name + prompt)
        case KeyboardInteractiveQuestion(fields=fields):
            return replace(question, fields=tuple(replace(field, prompt=name + field.prompt) for field in fields))
        case HostKeyQuestion() | ChangedHostKeyQuestion() | ConfirmationQuestion():
            return question
