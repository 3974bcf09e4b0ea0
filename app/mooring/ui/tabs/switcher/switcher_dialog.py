"""The switcher: a line to type into, and below it what fits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content, Span
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from mooring.ui.tabs.switcher.goals import Fit, Goal, find
from mooring_widgets.plain_text import fit_end, plain_text


class GoalList(OptionList):
    """What fits, one goal a line."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"goal-list--match", "goal-list--quiet"}

    def show(self, fits: Sequence[Fit]) -> None:
        """Show these, the cursor on the first."""
        self.set_options([Option(_line(fit)) for fit in fits])
        self.highlighted = 0 if fits else None


class SwitcherDialog(ModalScreen[Goal | None]):
    """Returns the goal that was chosen, None for staying."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Stay", show=False),
        Binding("down,ctrl+n", "move('cursor_down')", "Down", show=False),
        Binding("up,ctrl+p", "move('cursor_up')", "Up", show=False),
        Binding("pagedown", "move('page_down')", "Down a page", show=False),
        Binding("pageup", "move('page_up')", "Up a page", show=False),
    ]

    def __init__(self, goals: Sequence[Goal], *, title: str, nothing: str) -> None:
        """`goals` stand in the order in which they are shown at first; `nothing` is said where there are none."""
        super().__init__()
        self._goals = goals
        self._title = title
        self._nothing = nothing
        self._shown: list[Fit] = []

    def compose(self) -> ComposeResult:
        """The line, and what fits."""
        with Vertical(classes="card card-wide switcher"):
            yield Static(self._title, classes="card--title", markup=False)
            yield Input(placeholder="a few letters of its name", compact=True, classes="card--input")
            yield GoalList(compact=True, markup=False)
            yield Static("", classes="card--quiet", markup=False)

    def on_mount(self) -> None:
        """All of them at first."""
        self._show("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow down."""
        event.stop()
        self._show(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go to the one under the cursor."""
        event.stop()
        highlighted = self.query_one(GoalList).highlighted
        if highlighted is not None:
            self.dismiss(self._shown[highlighted].goal)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Go to the one that was clicked."""
        event.stop()
        self.dismiss(self._shown[event.option_index].goal)

    async def action_move(self, movement: str) -> None:
        """Move in the list while the keys go to the line."""
        await self.query_one(GoalList).run_action(movement)

    def _show(self, needle: str) -> None:
        self._shown = find(needle, self._goals)
        self.query_one(GoalList).show(self._shown)
        said = "enter goes there, esc stays" if self._shown else (self._nothing if not self._goals else "nothing fits")
        self.query_one(".card--quiet", Static).update(said)


def _line(fit: Fit) -> Content:
    """Number and sign of a tab, title, detail; the letters that were meant are marked."""
    goal = fit.goal
    number = "" if goal.number is None else str(goal.number)
    lead = f"{number:>2} {goal.sign or ' '} "
    title, detail = plain_text(goal.title), plain_text(goal.detail)
    text = f"{lead}{title}  {fit_end(detail, 60)}" if detail else f"{lead}{title}"
    marks = [
        Span(len(lead) + position, len(lead) + position + 1, ".goal-list--match")
        for position in fit.positions
        if position < len(title)
    ]
    quiet = Span(len(lead) + len(title), len(text), ".goal-list--quiet")
    return Content(text, [quiet, *marks])
