"""Questions that only a run on many machines has."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Static

from mooring.model.prompts import HostKeyQuestion
from mooring.ui.sessions.questions.question import QuestionCard
from mooring.ui.sessions.questions.yes_or_no import YesOrNoButtons, YesOrNoCard
from mooring_widgets.choice_list import ChoiceList
from mooring_widgets.plain_text import plain_text


class GoOnCard(YesOrNoCard):
    """Whether a run goes on, with what there is to know for that."""

    def __init__(self, question_id: int, title: str, lines: Sequence[str], *, yes: str, no: str) -> None:
        super().__init__(question_id, title, "")
        self._lines = lines
        self._yes = yes
        self._no = no

    def parts(self) -> Iterable[Widget]:
        """Lines and buttons."""
        if self._lines:
            yield Static("\n".join(map(plain_text, self._lines)), classes="card--quote", markup=False)
        yield YesOrNoButtons(yes=self._yes, no=self._no)


class HostKeysCard(QuestionCard):
    """Many unknown host keys in one list; answers the indices of those that are trusted, as text."""

    ANSWERING = "ChoiceList"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "choose_all", "All", show=False),
        Binding("n", "choose_none", "None", show=False),
    ]

    def __init__(self, question_id: int, questions: Sequence[HostKeyQuestion]) -> None:
        super().__init__(question_id, f"{len(questions)} host keys are not known yet", "")
        self._questions = questions

    def parts(self) -> Iterable[Widget]:
        """The keys, each with its machine and fingerprint; none is chosen at first."""
        yield Static("Trust those that you got the same fingerprints of another way.", classes="card--text")
        yield ChoiceList([plain_text(f"{each.hop}  {each.key_type}  {each.fingerprint}") for each in self._questions])
        yield Static("enter trusts the chosen ones, space chooses, a all, n none, esc leaves it", classes="card--quiet")

    def on_choice_list_submitted(self, event: ChoiceList.Submitted) -> None:
        """Trust those that are chosen, and no others."""
        event.stop()
        self.reply(tuple(map(str, event.chosen)))

    def action_choose_all(self) -> None:
        """All."""
        self.query_one(ChoiceList).choose(range(len(self._questions)))

    def action_choose_none(self) -> None:
        """None."""
        self.query_one(ChoiceList).choose(())
