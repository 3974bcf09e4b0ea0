"""Where the questions of a run are put: cards in the tab or panel that shows it, one at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from textual.containers import Container
from textual.message import Message

from mooring.model.machine import Machine
from mooring.model.prompts import Answer, HostKeyQuestion, Notice, Question
from mooring.ui.fleet.cards import GoOnCard, HostKeysCard
from mooring.ui.sessions.questions.cards import card_of
from mooring.ui.sessions.questions.question import QuestionCard


class QuestionSpot(Container):
    """Asks in cards. The keys come here only from within the part of the screen that `may_focus` speaks for."""

    @dataclass
    class Changed(Message):
        """A question came, or went; `had_keys` says that the keys went to the one that is gone."""

        is_asking: bool
        had_keys: bool = False

    def __init__(self, may_focus: Callable[[], bool], machines: Iterable[Machine] = ()) -> None:
        """`machines` are those that may ask: their notes stand beside their questions."""
        super().__init__()
        self._may_focus = may_focus
        self._notes = {machine.name: machine.notes for machine in machines}
        self._turn = asyncio.Lock()
        self._numbers = 0
        self._answer: asyncio.Future[Answer] | None = None
        self._card: QuestionCard | None = None

    @property
    def is_asking(self) -> bool:
        """Whether a question waits for the person."""
        return self._card is not None

    async def ask(self, question: Question) -> Answer:
        """Ask one question."""
        return await self._put(card_of(self._next(), question, self._notes.get(question.hop, "")))

    async def ask_host_keys(self, questions: tuple[HostKeyQuestion, ...]) -> tuple[bool, ...]:
        """One is asked about as a session does; several are a list to choose from."""
        if len(questions) == 1:
            return (await self.ask(questions[0]) == ("yes",),)
        answer = await self._put(HostKeysCard(self._next(), questions)) or ()
        return tuple(str(index) in answer for index in range(len(questions)))

    async def confirm(self, title: str, lines: Sequence[str], *, yes: str, no: str) -> bool:
        """Ask whether to go on."""
        return await self._put(GoOnCard(self._next(), title, lines, yes=yes, no=no)) == ("yes",)

    def take_focus(self) -> None:
        """Give the keys to the question."""
        if self._card is not None:
            self._card.take_focus()

    def on_question_card_answered(self, event: QuestionCard.Answered) -> None:
        """The person answered."""
        event.stop()
        if self._answer is not None and not self._answer.done():
            self._answer.set_result(event.answer)

    def _next(self) -> int:
        self._numbers += 1
        return self._numbers

    async def _put(self, card: QuestionCard) -> Answer:
        async with self._turn:
            if not self.is_attached:
                return None
            self._answer = asyncio.get_running_loop().create_future()
            self._card = card
            card.add_class("card")
            await self.mount(card)
            self.add_class("-asking")
            self.post_message(self.Changed(True))
            if self._may_focus():
                self.call_after_refresh(self.take_focus)
            try:
                return await self._answer
            finally:
                self._card = None
                self.remove_class("-asking")
                self.post_message(self.Changed(False, card.has_focus_within))
                if card.is_attached:
                    await card.remove()


class SpotPrompter:
    """A `FleetPrompter` that asks in a spot; a machine's banners and warnings go to `notices`."""

    def __init__(self, spot: QuestionSpot, notices: Callable[[str, Notice], None]) -> None:
        self._spot = spot
        self._notices = notices

    async def ask(self, question: Question) -> Answer:
        """Ask one question."""
        return await self._spot.ask(question)

    async def ask_host_keys(self, questions: tuple[HostKeyQuestion, ...]) -> tuple[bool, ...]:
        """Ask about all of them at once."""
        return await self._spot.ask_host_keys(questions)

    def notify(self, machine: str, notice: Notice) -> None:
        """A banner or a warning."""
        self._notices(machine, notice)
