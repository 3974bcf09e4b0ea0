"""The lines of a form: one for each parameter of a command."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static

from mooring.model.saved_command import Parameter
from mooring_widgets.plain_text import plain_text


class ChoiceField(Widget, can_focus=True):
    """One of a few values; left and right go through them."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"choice-field--chosen", "choice-field--other"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,space,l", "step(1)", "Next", show=False),
        Binding("left,h", "step(-1)", "Previous", show=False),
    ]

    @dataclass
    class Changed(Message):
        """Another value is chosen."""

    def __init__(self, choices: Sequence[str], chosen: str | None) -> None:
        super().__init__()
        self._choices = tuple(choices)
        self._index = self._choices.index(chosen) if chosen in self._choices else 0

    @property
    def value(self) -> str:
        """The value that is chosen."""
        return self._choices[self._index]

    def action_step(self, step: int) -> None:
        """Choose the neighbour, around the ends."""
        self._index = (self._index + step) % len(self._choices)
        self.refresh()
        self.post_message(self.Changed())

    def render(self) -> Content:
        """All values, the chosen one between signs that need no colour; where there is no room, from that one on."""
        parts: list[Content | str | tuple[str, str]] = []
        width = sum(len(choice) + 3 for choice in self._choices)
        start = self._index if width > self.size.width else 0
        for index, choice in enumerate(self._choices[start:], start):
            text = plain_text(choice)
            if index == self._index:
                parts.append((f"[{text}] ", ".choice-field--chosen"))
            else:
                parts.append((f" {text}  ", ".choice-field--other"))
        return Content.assemble(*parts)


class ParameterField(Vertical):
    """Name, what it is for, and the line for its value. The value of a secret shows no letter, and is kept nowhere."""

    @dataclass
    class Changed(Message):
        """The value is another."""

    def __init__(self, parameter: Parameter, value: str | None) -> None:
        super().__init__(classes="value-field")
        self.parameter = parameter
        self._value = value

    def compose(self) -> ComposeResult:
        """Name and line."""
        name = plain_text(self.parameter.name)
        about = plain_text(self.parameter.description)
        yield Static(f"{name}   {about}" if about else name, classes="value-field--name", markup=False)
        if self.parameter.choices:
            yield ChoiceField(self.parameter.choices, self._value)
        else:
            yield Input(
                self._value or "",
                password=self.parameter.secret,
                select_on_focus=True,
                compact=True,
                classes="card--input",
            )

    @property
    def value(self) -> str:
        """The value as it is now."""
        if self.parameter.choices:
            return self.query_one(ChoiceField).value
        return self.query_one(Input).value

    @property
    def is_given(self) -> bool:
        """Whether there is a value: an empty line is one only where the parameter takes it."""
        return bool(self.value) or (self.parameter.check("") is None and self.parameter.default is not None)

    def forget(self) -> None:
        """Keep no letter of a secret."""
        if self.parameter.secret:
            self.query_one(Input).value = ""

    def on_input_changed(self, event: Input.Changed) -> None:
        """It was typed."""
        event.stop()
        self.post_message(self.Changed())

    def on_choice_field_changed(self, event: ChoiceField.Changed) -> None:
        """It was chosen."""
        event.stop()
        self.post_message(self.Changed())
