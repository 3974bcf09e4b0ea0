"""A person at the prompts, and one who takes output: both written down beforehand."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable

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


class ScriptedPerson:
    """Answers questions in the order given, and remembers everything that was asked and told.

    A question without an answer left is a failure of the test. What ssh does not ask, whether a changed host key is to
    be replaced, is kept apart in `offers`, and answered by `replacing`: None refuses.
    """

    def __init__(self, answers: Iterable[Answer] = (), *, replacing: Answer = None) -> None:
        self._answers = list(answers)
        self._replacing = replacing
        self.offers: list[ChangedHostKeyQuestion] = []
        self.questions: list[Question] = []
        self.notices: list[Notice] = []

    async def ask(self, question: Question) -> Answer:
        """Give the next answer."""
        if isinstance(question, ChangedHostKeyQuestion):
            self.offers.append(question)
            return self._replacing
        self.questions.append(question)
        if not self._answers:
            raise AssertionError(f"nobody expected {question}")
        return self._answers.pop(0)

    def notify(self, notice: Notice) -> None:
        """Remember it."""
        self.notices.append(notice)

    @property
    def told(self) -> str:
        """All notices, a line each."""
        return "\n".join(notice.text for notice in self.notices)

    @property
    def prompts(self) -> list[str]:
        """What was asked: the wording of secrets, and the host of host keys."""
        return list(map(_prompt_of, self.questions))

    @property
    def exhausted(self) -> bool:
        """Whether every answer was used."""
        return not self._answers


class SlowPerson:
    """Answers when the test says so: each question waits for `answer`."""

    def __init__(self) -> None:
        self.waiting: dict[str, asyncio.Future[Answer]] = {}
        self.questions: list[Question] = []
        self.notices: list[Notice] = []
        self._changed = asyncio.Event()

    async def ask(self, question: Question) -> Answer:
        """Wait for the answer."""
        self.questions.append(question)
        self.waiting[question.hop] = asyncio.get_running_loop().create_future()
        self._changed.set()
        try:
            return await self.waiting[question.hop]
        finally:
            del self.waiting[question.hop]
            self._changed.set()

    def notify(self, notice: Notice) -> None:
        """Remember it."""
        self.notices.append(notice)

    async def asked(self, hop: str) -> None:
        """Wait until a question about `hop` is open."""
        await self._until(lambda: hop in self.waiting)

    async def left_alone(self) -> None:
        """Wait until no question is open."""
        await self._until(lambda: not self.waiting)

    def answer(self, hop: str, *words: str) -> None:
        """Answer the question about `hop`."""
        self.waiting[hop].set_result(words)

    async def _until(self, ready: Callable[[], bool]) -> None:
        async with asyncio.timeout(20):
            while not ready():
                self._changed.clear()
                await self._changed.wait()


def _prompt_of(question: Question) -> str:
    match question:
        case SecretQuestion() | ConfirmationQuestion():
            return question.prompt
        case HostKeyQuestion():
            return question.host
        case ChangedHostKeyQuestion():
            return question.known_as
        case KeyboardInteractiveQuestion():
            return "|".join(field.prompt for field in question.fields)


class Recorder:
    """A receiver that keeps what it gets, and lets a test wait for it."""

    def __init__(self) -> None:
        self.output = bytearray()
        self.errors = bytearray()
        self.ended = asyncio.Event()
        self._changed = asyncio.Event()

    def data_received(self, data: bytes) -> None:
        """Keep output."""
        self.output += data
        self._changed.set()

    def error_received(self, data: bytes) -> None:
        """Keep errors."""
        self.errors += data
        self._changed.set()

    def eof_received(self) -> None:
        """Note the end."""
        self.ended.set()

    async def until(self, text: bytes, *, seconds: float = 10) -> bytes:
        """Wait until `text` has come, and return everything so far."""
        async with asyncio.timeout(seconds):
            while text not in self.output:
                self._changed.clear()
                await self._changed.wait()
        return bytes(self.output)

    async def until_length(self, length: int, *, seconds: float = 30) -> None:
        """Wait until so many bytes have come."""
        async with asyncio.timeout(seconds):
            while len(self.output) < length:
                self._changed.clear()
                await self._changed.wait()
