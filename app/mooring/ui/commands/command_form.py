"""Writing a saved command: a new one, or one that is there. What it asks for is read from its text."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Input, Label, Static, TextArea

from mooring.commands.draft import command_of_draft
from mooring.model.command_template import names_in
from mooring.model.errors import EditConflictError, MooringError
from mooring.model.saved_command import Parameter, SavedCommand
from mooring.ui.commands.draft_values import (
    COMMAND_LINES,
    PARAMETER_LINES,
    parameter_texts,
    parameter_values,
    texts_of,
    values_of,
)
from mooring.ui.commands.form_size import fit_form
from mooring.ui.commands.switch import Switch
from mooring.ui.dialogs.dialog import Dialog
from mooring_widgets.plain_text import plain_text

Save = Callable[[SavedCommand, bool], Awaitable[None]]


class TextLine(Horizontal):
    """A label and what is typed."""

    def __init__(self, name: str, label: str, hint: str, text: str, *, many: bool = False) -> None:
        super().__init__(classes="field field--line")
        self.field = name
        self._label = label
        self.editor: Input | TextArea
        if many:
            self.editor = TextArea(text, placeholder=hint, compact=True, classes="field--editor")
        else:
            self.editor = Input(text, placeholder=hint, compact=True, select_on_focus=False, classes="field--editor")

    def compose(self) -> ComposeResult:
        """Side by side."""
        yield Label(self._label, classes="field--label", markup=False)
        yield self.editor

    @property
    def text(self) -> str:
        """What is typed."""
        return self.editor.text if isinstance(self.editor, TextArea) else self.editor.value


class YesLine(Horizontal):
    """A label and a box."""

    def __init__(self, name: str, label: str, hint: str, *, is_on: bool) -> None:
        super().__init__(classes="field field--line")
        self.field = name
        self._label = label
        self._box = Switch(hint, is_on=is_on)

    def compose(self) -> ComposeResult:
        """Side by side."""
        yield Label(self._label, classes="field--label", markup=False)
        yield self._box

    @property
    def is_on(self) -> bool:
        """Whether it is."""
        return self._box.is_on


class ParameterLines(Vertical):
    """The lines about one parameter of the command."""

    def __init__(self, name: str, known: Parameter | None) -> None:
        super().__init__(classes="parameter")
        self.parameter = name
        self._texts = parameter_texts(known)
        self._secret = known is not None and known.secret
        self._raw = known is not None and known.raw

    def compose(self) -> ComposeResult:
        """Its name, and a line for each field."""
        yield Static(f"{{{{{self.parameter}}}}}", classes="parameter--name", markup=False)
        for name, label, hint in PARAMETER_LINES:
            yield TextLine(name, label, hint, self._texts.get(name, ""))
        yield YesLine("secret", "secret", "never shown, never kept", is_on=self._secret)
        yield YesLine("raw", "raw", "put in as it is, not quoted", is_on=self._raw)

    @property
    def values(self) -> dict[str, object]:
        """The fields as the file would have them."""
        texts = {line.field: line.text for line in self.query(TextLine)}
        return parameter_values(texts) | {box.field: True for box in self.query(YesLine) if box.is_on}


class CommandForm(Dialog[SavedCommand | None]):
    """Returns the command once `save` has written it, None for leaving it. What is wrong is told, and nothing lost.

    `save` is told whether it may write over what somebody else changed meanwhile.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Leave it", show=False),
        # No priority: it would come before letters that were typed first and have not reached their field.
        Binding("ctrl+s", "save", "Save", show=False),
    ]

    def __init__(self, title: str, command: SavedCommand | None, line: str, name: str, save: Save) -> None:
        """`command` is the one that is edited; without it `line` and `name` are what a new one begins with."""
        super().__init__()
        self._title = title
        self._command = command
        self._texts = texts_of(command) if command is not None else {"command": line, "name": name}
        self._save = save
        self._may_overwrite = False

    def compose(self) -> ComposeResult:
        """The lines, those of its parameters below, and what can be done."""
        command = self._command
        with Vertical(classes="card card-wide form command-form"):
            yield Static(self._title, classes="card--title", markup=False)
            with VerticalScroll(can_focus=False, classes="form--fields"):
                for name, label, hint in COMMAND_LINES:
                    yield TextLine(name, label, hint, self._texts.get(name, ""), many=name == "command")
                asks, sudo = (command.confirm, command.sudo) if command is not None else (False, False)
                yield YesLine("confirm", "confirm", "asks before each run", is_on=asks)
                yield YesLine("sudo", "sudo", "all of it as root", is_on=sudo)
                yield Vertical(classes="command-form--parameters")
            yield Static("", classes="form--said", markup=False)

    async def on_mount(self) -> None:
        """The keys go to the name."""
        self._say("")
        await self._follow_text()
        self.query(TextLine).first().editor.focus()

    def on_resize(self) -> None:
        """The lines take what the rest leaves of the screen."""
        fit_form(self, ".form--fields", rest=4)

    async def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """The command's text says which parameters there are."""
        event.stop()
        await self._follow_text()

    async def action_save(self) -> None:
        """Check it, and have it written."""
        try:
            command = command_of_draft(self._values())
            await self._save(command, self._may_overwrite)
        except EditConflictError as error:
            self._may_overwrite = True
            self._say(f"{error.message}: ctrl+s again writes yours over it", is_warning=True)
        except MooringError as error:
            self._say(error.message, is_warning=True)
        except OSError as error:
            self._say(f"can't be written: {error.strerror}", is_warning=True)
        else:
            self.dismiss(command)

    def _values(self) -> dict[str, object]:
        parameters = self.query_one(".command-form--parameters")
        lines = [line for line in self.query(TextLine) if parameters not in line.ancestors]
        boxes = [box for box in self.query(YesLine) if parameters not in box.ancestors]
        values = values_of({line.field: line.text for line in lines})
        values |= {box.field: True for box in boxes if box.is_on}
        given = {each.parameter: each.values for each in self.query(ParameterLines)}
        if given := {name: fields for name, fields in given.items() if fields}:
            values["parameters"] = given
        return values

    async def _follow_text(self) -> None:
        text = next(line.text for line in self.query(TextLine) if line.field == "command")
        names = names_in(text)
        shown = {each.parameter: each for each in self.query(ParameterLines)}
        for name in shown.keys() - set(names):
            await shown[name].remove()
        holder = self.query_one(".command-form--parameters")
        for name in names:
            if name not in shown:
                known = self._command.parameter(name) if self._command is not None else None
                await holder.mount(ParameterLines(name, known))

    def _say(self, text: str, *, is_warning: bool = False) -> None:
        said = self.query_one(".form--said", Static)
        said.set_class(is_warning, "-warning")
        said.update(f"! {plain_text(text)}" if is_warning else "ctrl+s saves it, esc leaves it")
