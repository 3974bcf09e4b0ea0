"""Something in a form that is on or off."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget


class Switch(Widget, can_focus=True):
    """Something that is on or off, by a sign that needs no colour."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("space,left,right", "flip", "On or off", show=False)]

    def __init__(self, text: str, *, is_on: bool = False, classes: str = "") -> None:
        super().__init__(classes=f"switch {classes}")
        self._text = text
        self.is_on = is_on

    def action_flip(self) -> None:
        """The other."""
        self.is_on = not self.is_on
        self.refresh()

    def on_click(self) -> None:
        """The same by the mouse."""
        self.action_flip()

    def render(self) -> Content:
        """Box and text."""
        return Content(f"[{'x' if self.is_on else ' '}] {self._text}")
