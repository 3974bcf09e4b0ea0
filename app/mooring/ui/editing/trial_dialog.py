"""A trial as it goes on: its steps, its questions, its end."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Button, Static

from mooring.model.machine import Machine
from mooring.model.prompts import Question
from mooring.session.run import Runs
from mooring.ui.dialogs.dialog import Dialog
from mooring.ui.editing.trial import Trial
from mooring.ui.sessions.questions.cards import card_of
from mooring.ui.sessions.questions.question import QuestionCard
from mooring_widgets.plain_text import plain_text


class TrialText(Static):
    """The steps, with the styles of their states."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"trial--done", "trial--now", "trial--good", "trial--bad", "trial--quiet"}


class TrialDialog(Dialog[None]):
    """Connects as soon as it is shown; leaving it gives the trial up."""

    AUTO_FOCUS = "#close"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q", "close", "Close", show=False)]

    def __init__(self, runs: Runs, machine: Machine) -> None:
        super().__init__()
        self._runs = runs
        self._machine = machine
        self._trial: Trial | None = None
        self._cards: dict[int, QuestionCard] = {}

    def compose(self) -> ComposeResult:
        """Title, steps, a place for questions."""
        with Vertical(classes="card trial"):
            yield Static(f"Trying {plain_text(self._machine.name)}", classes="card--title", markup=False)
            yield TrialText("")
            yield Vertical(classes="trial--questions")
            with Vertical(classes="card--buttons"):
                yield Button("Stop", id="close", compact=True)

    def on_mount(self) -> None:
        """Connect."""
        self._trial = Trial(self._runs, self._machine, self._show, self._ask, self._lapse)
        self._show()

    @property
    def text(self) -> str:
        """What is told of it."""
        return str(self.query_one(TrialText).content)

    def on_question_card_answered(self, event: QuestionCard.Answered) -> None:
        """Pass an answer on."""
        event.stop()
        if self._trial is not None:
            self._trial.answer(event.question_id, event.answer)
        self._lapse(event.question_id)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Only one of them is ours; those of questions are answered by their cards."""
        if event.button.id == "close":
            event.stop()
            self.action_close()

    def action_close(self) -> None:
        """Back to the form."""
        if self._trial is not None and not self._trial.is_over:
            self._trial.stop()
        self.dismiss(None)

    def _show(self) -> None:
        if self._trial is None:
            return
        # None of them, where the program ends meanwhile and its parts are gone already.
        for text in self.query(TrialText):
            text.update(_told(self._trial))
        for button in self.query("#close").results(Button):
            if self._trial.is_over:
                button.label = "Back to the form"
                # Textual 8.2.8 lays nothing out anew for a label: the longer one was cut off.
                button.refresh(layout=True)

    def _ask(self, question_id: int, question: Question) -> None:
        card = self._cards[question_id] = card_of(question_id, question, self._machine.notes)
        self.query_one(".trial--questions").mount(card)
        self.call_after_refresh(card.take_focus)

    def _lapse(self, question_id: int) -> None:
        if (card := self._cards.pop(question_id, None)) is not None:
            card.remove()
            self.query("#close").focus()


def _told(trial: Trial) -> Content:
    parts: list[str | tuple[str, str]] = []
    for index, step in enumerate(trial.steps):
        is_last = index == len(trial.steps) - 1
        if not is_last or trial.works:
            sign, style = "✓", ".trial--done"
        else:
            sign, style = ("✕", ".trial--bad") if trial.is_over else ("◌", ".trial--now")
        parts.append((f"{sign} {plain_text(step)}\n", style))
    if trial.outcome:
        parts.append("\n")
        sign, style = ("●", ".trial--good") if trial.works else ("✕", ".trial--bad")
        parts.append((f"{sign} {plain_text(trial.outcome)}", style))
    if trial.hint:
        parts.append((f"\n{plain_text(trial.hint)}", ".trial--quiet"))
    return Content.assemble(*parts)
