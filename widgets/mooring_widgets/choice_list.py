"""A list of which any number are chosen, with a sign that needs no colour."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option


class ChoiceList(OptionList):
    """Lines with a box in front; space and a click choose a line, or give it up, enter is for all that are chosen.

    Text is taken as it is.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "choose", "Choose", show=False),
        Binding("enter", "submit", "Take those that are chosen", show=False),
    ]

    @dataclass
    class Changed(Message):
        """Others are chosen than before."""

        chosen: tuple[int, ...]

    @dataclass
    class Submitted(Message):
        """These are meant."""

        chosen: tuple[int, ...]

    def __init__(self, texts: Sequence[str], chosen: Iterable[int] = ()) -> None:
        """`chosen` are the indices of those that are chosen at first."""
        self._texts = tuple(texts)
        self._chosen = set(chosen)
        super().__init__(
            *(Option(self._prompt(index)) for index in range(len(self._texts))), compact=True, markup=False
        )

    @property
    def chosen(self) -> tuple[int, ...]:
        """The indices of those that are chosen, ascending."""
        return tuple(sorted(self._chosen))

    def choose(self, indices: Iterable[int]) -> None:
        """Have these chosen and no others."""
        self._chosen = set(indices)
        for index in range(len(self._texts)):
            self.replace_option_prompt_at_index(index, self._prompt(index))
        self.post_message(self.Changed(self.chosen))

    def action_choose(self) -> None:
        """Choose the line under the cursor, or give it up."""
        if self.highlighted is not None:
            self.choose(self._chosen ^ {self.highlighted})

    def action_submit(self) -> None:
        """Have those that are chosen taken."""
        self.post_message(self.Submitted(self.chosen))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click."""
        event.stop()
        self.choose(self._chosen ^ {event.option_index})

    def _prompt(self, index: int) -> str:
        return f"[{'x' if index in self._chosen else ' '}] {self._texts[index]}"
