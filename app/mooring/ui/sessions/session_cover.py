"""What lies over a session's terminal while there is nothing to be read in it: how far connecting is, and questions."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Container

from mooring.model.prompts import Question
from mooring.session import Session
from mooring.ui.sessions.progress_card import ProgressCard
from mooring.ui.sessions.questions.cards import card_of
from mooring.ui.sessions.questions.question import QuestionCard


class SessionCover(Container):
    """Holds the cards. The question that came first has the keys; `notes` of the machine stand beside each."""

    def __init__(self, notes: str) -> None:
        super().__init__(classes="session--cover")
        self._notes = notes
        self._cards: dict[int, QuestionCard] = {}

    def compose(self) -> ComposeResult:
        """How far connecting is."""
        yield ProgressCard(classes="card")

    @property
    def is_asking(self) -> bool:
        """Whether a question waits for the person."""
        return bool(self._cards)

    def show_progress(self, session: Session) -> None:
        """Show how far a session is on its way."""
        self.query_one(ProgressCard).show(session)

    async def ask(self, question_id: int, question: Question) -> None:
        """Put a question."""
        card = card_of(question_id, question, self._notes)
        card.add_class("card")
        self._cards[question_id] = card
        await self.mount(card)

    def take_out(self, question_id: int) -> QuestionCard | None:
        """A question was answered or has lapsed: its card, which is to be removed; None where it is gone already."""
        return self._cards.pop(question_id, None)

    def take_focus(self) -> None:
        """Give the keys to the question that came first."""
        if self._cards:
            next(iter(self._cards.values())).take_focus()
