"""Questions put at the terminal, in OpenSSH's words, so that scripts made for `ssh` find what they expect."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping

from mooring.cli.native.banner import write_banner
from mooring.cli.native.foreground import Foreground
from mooring.cli.native.log import ClientLog, Level
from mooring.cli.native.terminal_line import read_line
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

CONTINUE = "Are you sure you want to continue connecting (yes/no/[fingerprint])? "
AGAIN = "Please type 'yes', 'no' or the fingerprint: "
_OTHER_NAMES_SHOWN = 8
_USUAL_ASKPASS = "ssh-askpass"
_CONFIRMATIONS = 3
"""How often a question that wants yes or no is put."""


class TerminalPrompter:
    """A `Prompter` at the controlling terminal, or at the program that SSH_ASKPASS names (ssh(1), ENVIRONMENT).

    `foreground` is who else uses the terminal, from which a question takes it.
    """

    def __init__(self, log: ClientLog, environment: Mapping[str, str], foreground: Foreground | None = None) -> None:
        self._log = log
        self._environment = environment
        self._foreground = foreground or Foreground()
        self._one_at_a_time = asyncio.Lock()

    async def ask(self, question: Question) -> Answer:
        """Ask; without a terminal and without an askpass program every answer is empty, as with ssh."""
        async with self._one_at_a_time:
            match question:
                case HostKeyQuestion():
                    return await self._ask_host_key(question)
                case SecretQuestion():
                    return (await self._read(question.prompt, echo=False),)
                case KeyboardInteractiveQuestion():
                    return await self._ask_fields(question)
                case ConfirmationQuestion(by_askpass=True):
                    return await self._confirm_by_askpass(question)
                case ConfirmationQuestion():
                    return await self._confirm(question)
                case ChangedHostKeyQuestion():
                    # As ssh: it has said what to do, and refuses.
                    return None

    def notify(self, notice: Notice) -> None:
        """Show a warning or a banner on standard error."""
        if notice.as_sent is None:
            self._log.write(Level.INFO, notice.text)
        else:
            write_banner(notice.as_sent)

    async def _ask_host_key(self, question: HostKeyQuestion) -> Answer:
        prompt = host_key_prompt(question)
        while True:
            words = (await self._read(prompt, echo=True)).split()
            answer = words[0] if words else "no"
            if answer.lower() == "no":
                return ("no",)
            if answer.lower() == "yes" or answer == question.fingerprint:
                return ("yes",)
            prompt = AGAIN

    async def _confirm(self, question: ConfirmationQuestion) -> Answer:
        async with self._foreground.taken():
            for line in question.about:
                self._log.info(line)
            for _attempt in range(_CONFIRMATIONS):
                answer = (await self._read(question.prompt, echo=True)).lower()
                if answer in ("yes", "no"):
                    return (answer,)
                self._log.info('Please enter "yes" or "no"')
        return ("no",)

    async def _confirm_by_askpass(self, question: ConfirmationQuestion) -> Answer:
        """Nothing, too, means yes, where the program ends well: it may be a dialog with two buttons."""
        allowed, _preferred = self._askpass_wish()
        answer = await self._run_askpass(question.prompt, hint="confirm") if allowed else None
        return ("yes",) if answer is not None and answer.lower() in ("", "yes") else ("no",)

    async def _ask_fields(self, question: KeyboardInteractiveQuestion) -> Answer:
        for text in (question.name, question.instruction):
            if text:
                self._log.info(text)
        return tuple([await self._read(field.prompt, echo=field.echo) for field in question.fields])

    async def _read(self, prompt: str, *, echo: bool) -> str:
        allowed, preferred = self._askpass_wish()
        if not preferred:
            line = await read_line(prompt, echo=echo)
            if line is not None:
                return line
        return (await self._run_askpass(prompt) or "") if allowed else ""

    def _askpass_wish(self) -> tuple[bool, bool]:
        """Whether an askpass program may be used, and whether it goes before the terminal."""
        allowed = bool(self._environment.get("DISPLAY") or self._environment.get("WAYLAND_DISPLAY"))
        match self._environment.get("SSH_ASKPASS_REQUIRE", "").lower():
            case "force":
                return True, True
            case "prefer":
                return allowed, allowed
            case "never":
                return False, False
            case _:
                return allowed, False

    async def _run_askpass(self, prompt: str, *, hint: str | None = None) -> str | None:
        """Return the first line that the program prints; None where it fails or the person cancels it.

        `hint` tells it what kind of question this is, as SSH_ASKPASS_PROMPT.
        """
        program = self._environment.get("SSH_ASKPASS") or _USUAL_ASKPASS
        environment = dict(self._environment) if hint is None else {**self._environment, "SSH_ASKPASS_PROMPT": hint}
        try:
            process = await asyncio.create_subprocess_exec(
                program, prompt, stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE, env=environment
            )
        except OSError as error:
            self._log.error(f"ssh_askpass: exec({program}): {error.strerror}")
            return None
        output, _ = await process.communicate()
        if process.returncode != 0:
            return None
        return os.fsdecode(output).partition("\n")[0].partition("\r")[0]


def host_key_prompt(question: HostKeyQuestion) -> str:
    """The question about an unknown key, word for word as ssh asks it."""
    lines = [
        f"The authenticity of host '{question.host} ({question.address})' can't be established.",
        f"{question.key_type} key fingerprint is {question.fingerprint}.",
    ]
    if question.show_randomart:
        lines.append(question.randomart)
    if question.other_names:
        lines.append("This host key is known by the following other names/addresses:")
        lines += [f"    {name}" for name in question.other_names[:_OTHER_NAMES_SHOWN]]
        omitted = len(question.other_names) - _OTHER_NAMES_SHOWN
        if omitted > 0:
            lines.append(f"    ({omitted} additional names omitted)")
    else:
        lines.append("This key is not known by any other names.")
    lines.append(CONTINUE)
    return "\n".join(lines)
