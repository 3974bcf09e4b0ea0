"""The line above the list that filters it as one types."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input


class FilterInput(Input):
    """One line of text; `enter` takes the machine under the cursor at once, `down`, `tab` and `esc` go to the list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,tab,escape", "leave", "To the list", show=False),
        Binding("ctrl+u", "clear", "Clear", show=False),
    ]

    @dataclass
    class Left(Message):
        """The person wants to go on in the list, with the filter kept."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(placeholder="filter", compact=True, select_on_focus=False, id=id)

    def action_leave(self) -> None:
        """Go to the list."""
        self.post_message(self.Left())

    def action_clear(self) -> None:
        """Empty the line."""
        self.value = ""
