"""Questions to the person, put by a connection in the engine and answered on the screen."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable

from mooring.engine.protocol import AskQuestion, CancelQuestion, Message, SessionNotice
from mooring.model.prompts import Answer, Notice, Question

SendMessage = Callable[[Message], None]


class Questions:
    """All questions that wait for an answer, by number."""

    def __init__(self, send: SendMessage) -> None:
        self._send = send
        self._numbers = itertools.count(1)
        self._waiting: dict[int, asyncio.Future[Answer]] = {}

    async def ask(self, session: int, question: Question) -> Answer:
        """Put a question and wait for as long as it takes; when the waiting is cancelled the question lapses."""
        number = next(self._numbers)
        waiting: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._waiting[number] = waiting
        self._send(AskQuestion.of(number, session, question))
        try:
            return await waiting
        except asyncio.CancelledError:
            self._send(CancelQuestion(number))
            raise
        finally:
            del self._waiting[number]

    def answer(self, number: int, answer: Answer) -> None:
        """Hand an answer to whoever asked; one that comes after its question lapsed is dropped."""
        waiting = self._waiting.get(number)
        if waiting is not None and not waiting.done():
            waiting.set_result(answer)


class SessionPrompter:
    """The `Prompter` of one session: its questions and notices carry the session's number."""

    def __init__(self, session: int, questions: Questions, send: SendMessage) -> None:
        self._session = session
        self._questions = questions
        self._send = send

    async def ask(self, question: Question) -> Answer:
        """Ask on the screen."""
        return await self._questions.ask(self._session, question)

    def notify(self, notice: Notice) -> None:
        """Show in the session."""
        self._send(SessionNotice(self._session, notice.hop, notice.text))
