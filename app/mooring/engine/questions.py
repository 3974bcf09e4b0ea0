"""Questions to the person, put by a connection in the engine and answered on the screen."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable

from mooring.engine.protocol import AskQuestion, CancelQuestion, Message
from mooring.model.prompts import Answer, Notice, Question

SendMessage = Callable[[Message], None]


class Questions:
    """All questions that wait for an answer, by number. Where no UI is there to ask, they wait for the next."""

    def __init__(self, send: SendMessage) -> None:
        self._send = send
        self._numbers = itertools.count(1)
        self._asked: dict[int, AskQuestion] = {}
        self._answers: dict[int, asyncio.Future[Answer]] = {}

    async def ask(self, session: int, question: Question) -> Answer:
        """Put a question and wait for as long as it takes; when the waiting is cancelled the question lapses."""
        number = next(self._numbers)
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._answers[number] = answer
        self._asked[number] = asked = AskQuestion.of(number, session, question)
        self._send(asked)
        try:
            return await answer
        except asyncio.CancelledError:
            self._send(CancelQuestion(number))
            raise
        finally:
            del self._answers[number], self._asked[number]

    def repeat(self, session: int) -> None:
        """Put a session's open questions once more, to a UI that has just taken it up."""
        for question in self._asked.values():
            if question.session == session:
                self._send(question)

    def answer(self, number: int, answer: Answer) -> None:
        """Hand an answer to whoever asked; one that comes after its question lapsed is dropped."""
        waiting = self._answers.get(number)
        if waiting is not None and not waiting.done():
            waiting.set_result(answer)


class SessionPrompter:
    """The `Prompter` of one session: its questions carry the session's number, its notices go to `show`."""

    def __init__(self, session: int, questions: Questions, show: Callable[[Notice], None]) -> None:
        self._session = session
        self._questions = questions
        self._show = show

    async def ask(self, question: Question) -> Answer:
        """Ask on the screen."""
        return await self._questions.ask(self._session, question)

    def notify(self, notice: Notice) -> None:
        """Show in the session."""
        self._show(notice)
