"""Choosing one of many by typing some of it: a line, and below it what fits."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from mooring.ui.dialogs.dialog import Dialog

Choice = TypeVar("Choice")


class FinderDialog(Dialog[Choice | None], Generic[Choice]):
    """Returns what was chosen, None for leaving it. Whoever derives from it says what fits, and how it is shown."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Leave it", show=False),
        Binding("down,ctrl+n", "move('cursor_down')", "Down", show=False),
        Binding("up,ctrl+p", "move('cursor_up')", "Up", show=False),
        Binding("pagedown", "move('page_down')", "Down a page", show=False),
        Binding("pageup", "move('page_up')", "Up a page", show=False),
    ]

    def __init__(self, *, title: str, placeholder: str, options: OptionList) -> None:
        """`options` is the list to show them in, which may have styles of its own."""
        super().__init__()
        self._title = title
        self._placeholder = placeholder
        self._options = options
        self._fitting: Sequence[Choice] = ()

    @abstractmethod
    def find(self, typed: str) -> Sequence[tuple[Choice, Content | str]]:
        """What fits, the best first, each with its line; all where nothing was typed."""

    @abstractmethod
    def hint(self, *, is_empty: bool) -> str:
        """What can be done, or why nothing is there."""

    def compose(self) -> ComposeResult:
        """The line, what fits, and what can be done."""
        with Vertical(classes="card card-wide finder"):
            yield Static(self._title, classes="card--title", markup=False)
            yield Input(placeholder=self._placeholder, compact=True, classes="card--input")
            yield self._options
            yield Static("", classes="card--quiet", markup=False)

    def on_mount(self) -> None:
        """All of them at first."""
        self._show("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow down."""
        event.stop()
        self._show(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """The one under the cursor."""
        event.stop()
        if self._options.highlighted is not None:
            self.dismiss(self._fitting[self._options.highlighted])

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """The one that was clicked."""
        event.stop()
        self.dismiss(self._fitting[event.option_index])

    async def action_move(self, movement: str) -> None:
        """Move in the list while the keys go to the line."""
        await self._options.run_action(movement)

    def _show(self, typed: str) -> None:
        found = self.find(typed)
        self._fitting = [choice for choice, _line in found]
        self._options.set_options([Option(line) for _choice, line in found])
        self._options.highlighted = 0 if found else None
        self.query_one(".card--quiet", Static).update(self.hint(is_empty=not found))
