"""Questions put at the terminal, in OpenSSH's words, so that scripts made for `ssh` find what they expect."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping

from mooring.cli.native.log import ClientLog, Level
from mooring.cli.native.terminal_line import read_line
from mooring.model.prompts import (
    Answer,
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


class TerminalPrompter:
    """A `Prompter` at the controlling terminal, or at the program that SSH_ASKPASS names (ssh(1), ENVIRONMENT)."""

    def __init__(self, log: ClientLog, environment: Mapping[str, str]) -> None:
        self._log = log
        self._environment = environment
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

    def notify(self, notice: Notice) -> None:
        """Show a warning or a banner on standard error."""
        self._log.write(Level.INFO, notice.text)

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
        return await self._run_askpass(prompt) if allowed else ""

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

    async def _run_askpass(self, prompt: str) -> str:
        """Return the first line that the program prints; empty where it fails or the person cancels it."""
        program = self._environment.get("SSH_ASKPASS") or _USUAL_ASKPASS
        try:
            process = await asyncio.create_subprocess_exec(
                program, prompt, stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE
            )
        except OSError as error:
            self._log.error(f"ssh_askpass: exec({program}): {error.strerror}")
            return ""
        output, _ = await process.communicate()
        if process.returncode != 0:
            return ""
        return os.fsdecode(output).partition("\n")[0].rstrip("\r")


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
