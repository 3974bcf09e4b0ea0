"""Choosing the sessions to type into at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from mooring.ui.dialogs.dialog import Dialog
from mooring.ui.dialogs.guarded import confirmation
from mooring.ui.sessions.broadcast.broadcast import FEWEST
from mooring_widgets.choice_list import ChoiceList
from mooring_widgets.plain_text import fit, plain_text
from mooring_widgets.session_tabs.item import GUARD_SIGN

_WIDTH = 60


@dataclass(frozen=True, slots=True)
class Candidate:
    """An open session: its tab's number, its machine, what goes on there; `chosen` says whether it is in at first."""

    number: int
    machine: str
    detail: str = ""
    guard: bool = False
    chosen: bool = False


class BroadcastDialog(Dialog[tuple[int, ...] | None]):
    """Returns the indices of the candidates that were chosen, None for leaving it.

    Guarded machines are chosen like others; but before it starts the person types what says that they are meant.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave it", show=False),
        Binding("a", "choose_all", "All but guarded ones", show=False),
        Binding("n", "choose_none", "None", show=False),
    ]

    def __init__(self, candidates: Sequence[Candidate]) -> None:
        super().__init__()
        self._candidates = tuple(candidates)

    def compose(self) -> ComposeResult:
        """The sessions, and what is asked for guarded ones."""
        with Vertical(classes="card card-wide broadcast"):
            yield Static("Type into several sessions at once", classes="card--title", markup=False)
            chosen = (index for index, each in enumerate(self._candidates) if each.chosen)
            yield ChoiceList([_line(each) for each in self._candidates], chosen)
            with Vertical(classes="broadcast--guard"):
                yield Static("", classes="card--warning", markup=False)
                yield Input(compact=True, classes="card--input")
            yield Static("", classes="card--quiet broadcast--hint", markup=False)

    def on_mount(self) -> None:
        """The keys go to the sessions."""
        self.query_one(ChoiceList).focus()
        self._show_hint()

    def on_choice_list_changed(self, event: ChoiceList.Changed) -> None:
        """Other sessions were chosen."""
        event.stop()
        self.query_one(".broadcast--guard").display = False
        self._show_hint()

    def on_choice_list_submitted(self, event: ChoiceList.Submitted) -> None:
        """Start with those that are chosen."""
        event.stop()
        self._start()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Start, with guarded ones."""
        event.stop()
        self._start()

    def action_choose_all(self) -> None:
        """All that are not guarded."""
        self.query_one(ChoiceList).choose(index for index, each in enumerate(self._candidates) if not each.guard)

    def action_choose_none(self) -> None:
        """Begin anew."""
        self.query_one(ChoiceList).choose(())

    def action_leave(self) -> None:
        """Back to the sessions, or out."""
        if self.query_one(Input).has_focus:
            self.query_one(ChoiceList).focus()
        else:
            self.dismiss(None)

    @property
    def _chosen(self) -> tuple[int, ...]:
        return self.query_one(ChoiceList).chosen

    @property
    def _guarded(self) -> list[str]:
        return [self._candidates[index].machine for index in self._chosen if self._candidates[index].guard]

    def _start(self) -> None:
        """Start, once guarded machines are confirmed."""
        chosen = self._chosen
        if len(chosen) < FEWEST:
            return
        guarded = self._guarded
        answer = self.query_one(Input)
        if guarded and answer.value.strip() != confirmation(guarded):
            self._ask_for(guarded)
            return
        self.dismiss(chosen)

    def _ask_for(self, guarded: Sequence[str]) -> None:
        part = self.query_one(".broadcast--guard")
        names = fit(", ".join(map(plain_text, guarded)), _WIDTH)
        part.query_one(Static).update(f"{GUARD_SIGN} guarded: {names}\nType  {confirmation(guarded)}  to go on.")
        part.display = True
        part.query_one(Input).value = ""
        part.query_one(Input).focus()
        self.call_after_refresh(part.scroll_visible, animate=False)

    def _show_hint(self) -> None:
        count = len(self._chosen)
        start = f"enter starts with {count}" if count >= FEWEST else f"choose {FEWEST} or more"
        self.query_one(".broadcast--hint", Static).update(f"{start}, space chooses, a all but ⚠, n none, esc leaves it")


def _line(candidate: Candidate) -> str:
    detail = f" · {plain_text(candidate.detail)}" if candidate.detail else ""
    guard = f" {GUARD_SIGN}" if candidate.guard else ""
    return fit(f"{candidate.number} {plain_text(candidate.machine)}{detail}", _WIDTH) + guard
