"""One field of a form: its label, what is typed, and below that what is wrong with it, once it has been left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Checkbox, Input, Label, Static, TextArea

from mooring.inventory.own.fields import field_problem
from mooring.ui.editing.form_fields import FormField, Typed

YES = "true"


class FormInput(Input):
    """A line. A whole command line that is pasted into it is told, and not typed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "screen.focus_previous", "Field above", show=False),
        Binding("down,enter", "screen.focus_next", "Field below", show=False),
    ]

    @dataclass
    class LinePasted(Message):
        """An `ssh` command line was pasted."""

        line: str

    def _on_paste(self, event: events.Paste) -> None:
        line = event.text.strip()
        if is_ssh_line(line):
            event.stop()
            event.prevent_default()
            self.post_message(self.LinePasted(line))


class FormCheck(Checkbox):
    """Yes or no, told by a sign: Textual's own tells it by the colour of one."""

    BUTTON_INNER = " "

    def __init__(self, label: str, value: bool) -> None:
        super().__init__(label, value, compact=True, classes="field--editor")
        self._follow(value)

    def watch_value(self) -> None:
        """Another sign."""
        self._follow(self.value)
        super().watch_value()

    def _follow(self, value: bool) -> None:
        self.BUTTON_INNER = "✓" if value else " "


class FieldBox(Vertical):
    """Holds the text of one field, as `mooring.inventory.own.fields` reads and checks it."""

    def __init__(self, field: FormField, text: str) -> None:
        super().__init__(id=f"field-{field.name}", classes="field")
        self.field = field
        self._first = text
        self._editor = _editor(field, text)

    def compose(self) -> ComposeResult:
        """Label and editor side by side, the problem below them."""
        with Horizontal(classes="field--line"):
            yield Label(self.field.label, classes="field--label", markup=False)
            yield self._editor
        yield Static("", classes="field--problem", markup=False)

    @property
    def text(self) -> str:
        """What is typed."""
        if isinstance(self._editor, Checkbox):
            return YES if self._editor.value else ""
        return self._editor.text if isinstance(self._editor, TextArea) else self._editor.value

    @text.setter
    def text(self, text: str) -> None:
        if isinstance(self._editor, Checkbox):
            self._editor.value = text == YES
        elif isinstance(self._editor, TextArea):
            self._editor.text = text
        else:
            self._editor.value = text

    @property
    def is_changed(self) -> bool:
        """Whether it says something else than at first."""
        return self.text != self._first

    def check(self) -> str | None:
        """Show what is wrong with it, and return that; None for nothing."""
        problem = field_problem(self.field.name, self.text)
        self.show_problem(problem)
        return problem

    def show_problem(self, problem: str | None) -> None:
        """Show this below it."""
        self.query_one(".field--problem", Static).update(f"! {problem}" if problem else "")
        self.set_class(problem is not None, "-wrong")

    def take_focus(self) -> None:
        """Give the keys to it, and bring it into view."""
        self.screen.set_focus(self._editor)

    def on_descendant_focus(self) -> None:
        """Its label shows where the keys go."""
        self.add_class("-focused")

    def on_descendant_blur(self) -> None:
        """It was left: say what is wrong. Of an empty name nothing is said before it is needed."""
        self.remove_class("-focused")
        if self.text or self.has_class("-wrong"):
            self.check()


def is_ssh_line(text: str) -> bool:
    """Whether a text is one command line of ssh, and not a name that begins so."""
    words = text.removeprefix("$ ").split()
    return "\n" not in text and len(words) > 1 and (words[0] == "ssh" or words[:2] == ["mooring", "ssh"])


def _editor(field: FormField, text: str) -> FormInput | TextArea | Checkbox:
    match field.typed:
        case Typed.YES:
            return FormCheck(field.hint, text == YES)
        case Typed.LINES:
            return TextArea(
                text, placeholder=field.hint, compact=True, highlight_cursor_line=False, classes="field--editor"
            )
    return FormInput(text, placeholder=field.hint, compact=True, classes="field--editor")
