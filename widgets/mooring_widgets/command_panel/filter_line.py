"""A line above a list that filters it as one types."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input


class FilterLine(Input):
    """One line of text; `enter` chooses what is under the list's cursor, `down`, `tab` and `esc` go to the list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,tab,escape", "leave", "Go to the list", show=False),
        Binding("ctrl+u", "clear", "Clear the filter", show=False),
    ]

    @dataclass
    class Left(Message):
        """The keys are for the list."""

    def __init__(self, placeholder: str = "filter") -> None:
        super().__init__(placeholder=placeholder, compact=True, select_on_focus=False)

    def action_leave(self) -> None:
        """Go to the list."""
        self.post_message(self.Left())

    def action_clear(self) -> None:
        """Start over."""
        self.value = ""
