"""Questions of many connections at once, put to the person once where they are the same question."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from typing import Protocol

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

SUDO_PROMPT = "[sudo] password: "
"""What is asked on behalf of sudo, by whatever name it calls the person over there."""

_PASSPHRASE = "Enter passphrase for key "
_SETTLING = 0.5
"""Seconds without another unknown host key after which those that have come are asked about together."""


def is_passphrase(question: SecretQuestion) -> bool:
    """Whether it is about a key file, whichever machine that is for."""
    return question.prompt.startswith(_PASSPHRASE)


class FleetPrompter(Protocol):
    """Whoever puts the questions of a run to the person, one at a time."""

    async def ask(self, question: Question) -> Answer:
        """Ask one question; `question.hop` names the machine that it came from first."""
        ...

    async def ask_host_keys(self, questions: tuple[HostKeyQuestion, ...]) -> tuple[bool, ...]:
        """Show all of these unknown host keys, and say for each whether it is trusted."""
        ...

    def notify(self, machine: str, notice: Notice) -> None:
        """Show a machine's banner or warning, and go on at once."""
        ...


class SharedQuestions:
    """Hands out a `Prompter` for each machine of a run, and answers the same question once.

    The same are: the passphrase of one key file, a prompt of one hop (a jump host that many go through), one host key
    under one name, and sudo's password. With `one_password` all machines' password prompts are the same too. Where an
    answer was wrong, whoever is asked again joins in the next attempt at it. Answers live as long as this object.
    """

    def __init__(
        self, prompter: FleetPrompter, thinking: Callable[[bool], None], *, one_password: bool = False
    ) -> None:
        """`thinking` is told when the person begins to be asked, and when nothing is asked any more."""
        self._prompter = prompter
        self._thinking = thinking
        self._one_password = one_password
        self._pending = 0
        self._asked: dict[Hashable, _SharedAnswer] = {}
        self._keys: list[tuple[HostKeyQuestion, asyncio.Future[bool]]] = []
        self._asking_keys: asyncio.Task[None] | None = None
        self._key_came = asyncio.Event()

    def of_machine(self, machine: str) -> MachineQuestions:
        """The prompter for one machine."""
        return MachineQuestions(self, machine)

    async def close(self) -> None:
        """Withdraw what nobody waits for any more."""
        if self._asking_keys is not None:
            self._asking_keys.cancel()
            await asyncio.gather(self._asking_keys, return_exceptions=True)

    async def ask(self, machine: str, question: Question, attempt: int) -> Answer:
        """Ask on behalf of a machine, or wait for the answer that another is waiting for or has got."""
        if isinstance(question, HostKeyQuestion):
            return await self._shared(
                ("host key", question.host, question.fingerprint), lambda: self._host_key(question)
            )
        if isinstance(question, ChangedHostKeyQuestion | ConfirmationQuestion):
            # A run changes nothing on the side; the one machine can be opened for that.
            return None
        return await self._shared(self._key(machine, question, attempt), lambda: self._prompter.ask(question))

    def notify(self, machine: str, notice: Notice) -> None:
        """Pass a notice on."""
        self._prompter.notify(machine, notice)

    def _key(self, machine: str, question: SecretQuestion | KeyboardInteractiveQuestion, attempt: int) -> Hashable:
        if isinstance(question, SecretQuestion):
            if is_passphrase(question):
                return ("passphrase", question.prompt, attempt)
            if question.prompt == SUDO_PROMPT:
                return ("sudo", attempt)
            return ("password", attempt) if self._one_password else (question.hop, question.prompt, attempt)
        fields = question.fields
        wants_password = len(fields) == 1 and not fields[0].echo and "password" in fields[0].prompt.lower()
        if self._one_password and wants_password:
            return ("password", attempt)
        # A code is good for one login, whoever asks.
        return (machine, question.hop, attempt)

    async def _shared(self, key: Hashable, ask: Callable[[], Awaitable[Answer]]) -> Answer:
        shared = self._asked.get(key)
        if shared is None or shared.is_withdrawn:
            shared = self._asked[key] = _SharedAnswer(ask)
        self._count_pending(1)
        try:
            return await shared.wait()
        finally:
            self._count_pending(-1)

    def _count_pending(self, more: int) -> None:
        before, self._pending = self._pending, self._pending + more
        if bool(before) != bool(self._pending):
            self._thinking(bool(self._pending))

    async def _host_key(self, question: HostKeyQuestion) -> Answer:
        trusted: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._keys.append((question, trusted))
        self._key_came.set()
        if self._asking_keys is None:
            self._asking_keys = asyncio.create_task(self._ask_keys(), name="unknown host keys")
        return ("yes",) if await trusted else ("no",)

    async def _ask_keys(self) -> None:
        """Ask about all host keys that came close together, until none is left."""
        try:
            while self._keys:
                await self._settle()
                batch = [(question, trusted) for question, trusted in self._keys if not trusted.done()]
                self._keys.clear()
                if batch:
                    await self._ask_batch(batch)
        finally:
            self._asking_keys = None

    async def _ask_batch(self, batch: list[tuple[HostKeyQuestion, asyncio.Future[bool]]]) -> None:
        try:
            answers = await self._prompter.ask_host_keys(tuple(question for question, _trusted in batch))
        except BaseException:
            for _question, trusted in batch:
                trusted.cancel()
            raise
        for (_question, trusted), answer in zip(batch, answers, strict=True):
            if not trusted.done():
                trusted.set_result(answer)

    async def _settle(self) -> None:
        while True:
            self._key_came.clear()
            try:
                async with asyncio.timeout(_SETTLING):
                    await self._key_came.wait()
            except TimeoutError:
                return


class _SharedAnswer:
    """One question on its way. It is withdrawn when the last who waited for it has gone."""

    def __init__(self, ask: Callable[[], Awaitable[Answer]]) -> None:
        async def asked() -> Answer:
            return await ask()

        self._task = asyncio.create_task(asked(), name="shared question")
        self._waiting = 0

    @property
    def is_withdrawn(self) -> bool:
        """Whether there will be no answer."""
        return self._task.cancelled() or self._task.cancelling() > 0

    async def wait(self) -> Answer:
        self._waiting += 1
        try:
            return await asyncio.shield(self._task)
        finally:
            self._waiting -= 1
            if not self._waiting and not self._task.done():
                self._task.cancel()


class MachineQuestions:
    """The `Prompter` of one machine in a run."""

    def __init__(self, shared: SharedQuestions, machine: str) -> None:
        self._shared = shared
        self._machine = machine
        self._rounds = 0

    async def ask(self, question: Question) -> Answer:
        """Ask, and count how often a login was tried."""
        attempt = 1
        if isinstance(question, SecretQuestion):
            attempt = question.attempt
        elif isinstance(question, KeyboardInteractiveQuestion):
            self._rounds += 1
            attempt = self._rounds
        return await self._shared.ask(self._machine, question, attempt)

    def notify(self, notice: Notice) -> None:
        """Show something in the machine's name."""
        self._shared.notify(self._machine, notice)
