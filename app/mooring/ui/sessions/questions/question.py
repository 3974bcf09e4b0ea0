"""What the questions of a session have in common: a card inside the tab that asks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from mooring.model.prompts import Answer


class QuestionCard(VerticalScroll, can_focus=False):
    """A card with a title, its own parts, and the machine's notes; it posts one answer.

    Text comes in as plain strings: nothing in it is taken for markup.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Leave it", show=False)]

    ANSWERING: ClassVar[str] = "Input"
    """Selects the part that answers; of several the first."""

    @dataclass
    class Answered(Message):
        """The person's answer; None is "leave it"."""

        question_id: int
        answer: Answer

        def __repr__(self) -> str:
            return f"Answered({self.question_id}, <withheld>)"

    def __init__(self, question_id: int, title: str, notes: str) -> None:
        super().__init__()
        self.question_id = question_id
        self._title = title
        self._notes = notes
        self._answered = False

    def compose(self) -> ComposeResult:
        """Title, the question's own parts, notes."""
        yield Static(self._title, classes="card--title", markup=False)
        yield from self.parts()
        if self._notes:
            yield Static(f"Notes: {self._notes}", classes="card--notes", markup=False)

    def on_resize(self) -> None:
        """The part that answers stays in view when there is less room."""
        self.call_after_refresh(self._show_focused)

    def _show_focused(self) -> None:
        if self.has_focus_within and self.screen.focused is not None:
            self.screen.focused.scroll_visible(animate=False)

    def parts(self) -> Iterable[Widget]:
        """What this kind of question shows."""
        raise NotImplementedError

    def take_focus(self) -> None:
        """Give the keys to the part that answers, once it is there."""
        answering = self.query(self.ANSWERING)
        if answering:
            self.screen.set_focus(answering.first())

    def reply(self, answer: Answer) -> None:
        """Answer, once."""
        if not self._answered:
            self._answered = True
            self.post_message(self.Answered(self.question_id, answer))

    def action_leave(self) -> None:
        """Answer nothing."""
        self.reply(None)
