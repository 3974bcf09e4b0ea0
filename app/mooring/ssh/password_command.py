"""A password manager's command line that answers for the person, once a connection (`password_command`)."""

from __future__ import annotations

import asyncio
import re
import shlex
import signal
from collections.abc import Sequence

from mooring.model.prompts import Answer, KeyboardInteractiveQuestion, Notice, Prompter, Question, SecretQuestion
from mooring.ssh.failures import terminal_safe
from mooring.ssh.local_programs import signal_program

PATIENCE = 60.0
"""Seconds that the command may take: it may ask for a PIN of its own."""

_MOST_COMPLAINT = 2000
_OUR_PROMPT = re.compile(r".*@.*'s password: ")
_SERVERS_PROMPT = re.compile(r"\(.*@.*\) (?:\S+'s )?password(?: for \S+)?:\s*", re.IGNORECASE)


class PasswordCommandPrompter:
    """A `Prompter` that answers the first prompt for the login password by a command, and passes on all the others.

    Also where keyboard-interactive asks for nothing but a password, as PAM does. Passphrases, codes and new passwords
    are the person's own business, and so is every further password prompt: the answer was wrong then. The command is
    run without a shell; its first line of output is the password, and is neither kept nor told to anybody else.
    """

    def __init__(self, hop: str, command: Sequence[str], person: Prompter) -> None:
        self._hop = hop
        self._command = tuple(command)
        self._person = person
        self._spent = False

    async def ask(self, question: Question) -> Answer:
        """Answer by the command, or ask the person."""
        if not self._spent and asks_for_password(question):
            self._spent = True
            try:
                return (await _first_line(self._command),)
            except _CommandFailedError as failure:
                program = terminal_safe(shlex.quote(self._command[0]))
                self.notify(Notice(self._hop, f"password_command: {program}: {failure}"))
        return await self._person.ask(question)

    def notify(self, notice: Notice) -> None:
        """Show it to the person."""
        self._person.notify(notice)


class _CommandFailedError(Exception):
    """Why there is no password: a reason, and what the program said on standard error. Its output stays out of it."""

    def __init__(self, reason: str, complaint: bytes = b"") -> None:
        said = terminal_safe(complaint[:_MOST_COMPLAINT].decode("utf-8", "replace"), lines=True).strip()
        super().__init__(f"{reason}\n{said}" if said else reason)


async def _first_line(command: Sequence[str]) -> str:
    try:
        process = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
    except OSError as error:
        raise _CommandFailedError(error.strerror or str(error)) from None
    try:
        async with asyncio.timeout(PATIENCE):
            output, complaint = await process.communicate()
    except TimeoutError:
        raise _CommandFailedError(f"gave no answer within {PATIENCE:.0f} seconds") from None
    finally:
        if process.returncode is None:
            signal_program(process, signal.SIGKILL)
            await process.wait()
    if process.returncode != 0:
        raise _CommandFailedError(f"ended with status {process.returncode}", complaint)
    line = output.partition(b"\n")[0].removesuffix(b"\r")
    if not line:
        raise _CommandFailedError("printed no password", complaint)
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        # Not chained: that exception holds the bytes.
        raise _CommandFailedError("printed what is no UTF-8") from None


def asks_for_password(question: Question) -> bool:
    """Whether this is the prompt for the password that logs in."""
    match question:
        case SecretQuestion(prompt=prompt):
            return _OUR_PROMPT.fullmatch(prompt) is not None
        case KeyboardInteractiveQuestion(fields=(field,)):
            return not field.echo and _SERVERS_PROMPT.fullmatch(field.prompt) is not None
    return False
