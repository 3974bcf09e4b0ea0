"""Taking a command from the shells' histories."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from mooring_widgets.plain_text import fit, plain_text

_WIDTH = 68
_MOST_SHOWN = 200


class ImportDialog(ModalScreen[str | None]):
    """Returns the line that was chosen, None for leaving it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Leave it", show=False),
        Binding("down", "move('cursor_down')", "Down", show=False),
        Binding("up", "move('cursor_up')", "Up", show=False),
        Binding("pagedown", "move('page_down')", "Down a page", show=False),
        Binding("pageup", "move('page_up')", "Up a page", show=False),
    ]

    def __init__(self, lines: Sequence[str]) -> None:
        """`lines` are the commands that were typed, the newest first."""
        super().__init__()
        self._lines = lines
        self._shown: list[str] = []

    def compose(self) -> ComposeResult:
        """A line to type into, and what fits."""
        with Vertical(classes="card card-wide switcher"):
            yield Static("From your shell's history", classes="card--title", markup=False)
            yield Input(placeholder="some words of it", compact=True, classes="card--input")
            yield OptionList(compact=True, markup=False, classes="import--lines")
            yield Static("", classes="card--quiet", markup=False)

    def on_mount(self) -> None:
        """The newest at first."""
        self._show("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Those that hold every word."""
        event.stop()
        self._show(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """The one under the cursor."""
        event.stop()
        highlighted = self.query_one(OptionList).highlighted
        if highlighted is not None:
            self.dismiss(self._shown[highlighted])

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """The one that was clicked."""
        event.stop()
        self.dismiss(self._shown[event.option_index])

    async def action_move(self, movement: str) -> None:
        """Move in the list while the keys go to the line."""
        await self.query_one(OptionList).run_action(movement)

    def _show(self, typed: str) -> None:
        words = typed.casefold().split()
        fitting = (line for line in self._lines if all(word in line.casefold() for word in words))
        self._shown = [line for line, _count in zip(fitting, range(_MOST_SHOWN), strict=False)]
        options = self.query_one(OptionList)
        options.set_options([Option(fit(plain_text(line.replace("\n", " ⏎ ")), _WIDTH)) for line in self._shown])
        options.highlighted = 0 if self._shown else None
        if not self._lines:
            said = "there is no history of bash, zsh or fish here; esc leaves it"
        else:
            said = "enter makes a command of it, esc leaves it" if self._shown else "nothing fits"
        self.query_one(".card--quiet", Static).update(said)
