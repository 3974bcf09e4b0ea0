"""The form for a machine: every field checked as it is left, tried out before it is saved, saved without a loss."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import ClassVar, Protocol

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Button, Static

from mooring.inventory.own.fields import entry_values, field_text
from mooring.inventory.own.pasted_line import entry_of_line
from mooring.model.errors import EditConflictError, MooringError
from mooring.ui.dialogs.dialog import Dialog
from mooring.ui.editing.conflict_dialog import MINE, THEIRS, ConflictDialog
from mooring.ui.editing.field_box import FieldBox, FormInput, is_ssh_line
from mooring.ui.editing.form_fields import FormField
from mooring.ui.problems import problem_lines
from mooring.ui.themed_app import FEW_LINES
from mooring_widgets.plain_text import plain_text

Values = Mapping[str, object]


class Save(Protocol):
    """Writes an entry. Raises EditConflictError and the other errors of `EntryEditor`."""

    def __call__(self, values: Values, base: Values, *, overwrite: bool) -> Awaitable[None]:
        """`base` is what the entry said when the editing began."""
        ...


@dataclass(frozen=True, slots=True)
class Editing:
    """What is edited: `values` are what the entry says now, {} for a new one. `try_it` connects to what is typed."""

    title: str
    fields: tuple[FormField, ...]
    values: Values
    save: Save
    try_it: Callable[[Values], Awaitable[None]] | None = None


class MachineForm(Dialog[bool]):
    """Returns whether it was saved."""

    AUTO_FOCUS = "FieldBox FormInput, FieldBox TextArea"
    BINDINGS: ClassVar[list[BindingType]] = [
        # No priority: they would come before letters that were typed first and have not reached their field.
        Binding("ctrl+s", "save", "Save", show=False),
        Binding("ctrl+t", "try_it", "Try it", show=False),
        Binding("escape", "leave", "Leave it", show=False),
    ]

    def __init__(self, editing: Editing) -> None:
        super().__init__()
        self._editing = editing
        self._base = editing.values
        self._boxes = {field.name: FieldBox(field, field_text(self._base, field.name)) for field in editing.fields}
        self._asked = False

    def compose(self) -> ComposeResult:
        """Title, fields, what there is to say, and what can be done."""
        with Vertical(classes="card card-wide form"):
            yield Static(plain_text(self._editing.title), classes="card--title", markup=False)
            with VerticalScroll(classes="form--fields", can_focus=False):
                yield from self._boxes.values()
            yield Static("", classes="form--said", markup=False)
            with Horizontal(classes="card--buttons"):
                yield Button("Save ^s", id="save", compact=True)
                if self._editing.try_it is not None:
                    yield Button("Try it ^t", id="try", compact=True)
                yield Button("Leave esc", id="leave", compact=True)

    def on_resize(self) -> None:
        """The fields scroll in what the rest leaves."""
        lines = self.size.height
        self.query_one(".form--fields").styles.max_height = max(1, lines - (3 if lines < FEW_LINES else 6))

    @property
    def texts(self) -> dict[str, str]:
        """What is typed, by field."""
        return {name: box.text for name, box in self._boxes.items()}

    def fill(self, values: Values) -> None:
        """Put values into their fields; the others stay as they are."""
        for name, box in self._boxes.items():
            if name in values:
                box.text = field_text(values, name)
                box.check()

    # What is pressed.

    def on_form_input_line_pasted(self, event: FormInput.LinePasted) -> None:
        """A command line fills the form."""
        event.stop()
        self._take_line(event.line)

    def on_descendant_blur(self) -> None:
        """The same for one that was typed, or pasted in a terminal that does not tell."""
        name = self._boxes.get("name")
        if name is not None and is_ssh_line(name.text):
            self._take_line(name.text)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Do as the button says."""
        event.stop()
        match event.button.id:
            case "save":
                self.action_save()
            case "try":
                self.action_try_it()
            case _:
                self.action_leave()

    def action_leave(self) -> None:
        """Go; what would be lost is asked about."""
        if self._asked or not any(box.is_changed for box in self._boxes.values()):
            self.dismiss(False)
            return
        self._asked = True
        self._say("esc again leaves, and nothing is saved", is_warning=True)

    @work(exclusive=True, group="save")
    async def action_save(self) -> None:
        """Write the entry, unless a field can't hold what it says."""
        values = self._values()
        if values is None:
            return
        try:
            await self._save(values, overwrite=False)
        except EditConflictError as conflict:
            await self._settle(values, conflict)
        except MooringError as error:
            self._say(" ".join(problem_lines(error)), is_warning=True)

    @work(exclusive=True, group="try")
    async def action_try_it(self) -> None:
        """Connect to what is typed; nothing is saved for that."""
        values = self._values()
        if values is None or self._editing.try_it is None:
            return
        try:
            await self._editing.try_it(values)
        except MooringError as error:
            self._say(" ".join(problem_lines(error)), is_warning=True)

    # Inner parts.

    async def _save(self, values: Values, *, overwrite: bool) -> None:
        await self._editing.save(values, self._base, overwrite=overwrite)
        self.dismiss(True)

    async def _settle(self, values: Values, conflict: EditConflictError) -> None:
        choice = await self.app.push_screen_wait(ConflictDialog(conflict))
        if choice == MINE:
            try:
                await self._save(values, overwrite=True)
            except MooringError as error:
                self._say(" ".join(problem_lines(error)), is_warning=True)
        elif choice == THEIRS and conflict.theirs is not None:
            theirs = conflict.theirs
            self._base = theirs
            self.fill({field: theirs.get(field, "") for field in conflict.fields})
            self._say("theirs stands there now; ctrl+s saves it with the rest of yours")

    def _values(self) -> dict[str, object] | None:
        """What is typed, as values; None where something has to be mended first."""
        self._asked = False
        wrong = [box for box in self._boxes.values() if box.check() is not None]
        if wrong:
            wrong[0].take_focus()
            noun = "field has" if len(wrong) == 1 else "fields have"
            self._say(f"{len(wrong)} {noun} to be mended first", is_warning=True)
            return None
        self._say("")
        return entry_values(self.texts, self._base)

    def _take_line(self, line: str) -> None:
        try:
            pasted = entry_of_line(line)
        except MooringError as error:
            self._boxes["name"].show_problem(" ".join(problem_lines(error)))
            return
        self.fill(pasted.values)
        left_out = ", ".join(pasted.left_out)
        self._say(f"taken from the line; left out: {left_out}" if left_out else "taken from the line")

    def _say(self, text: str, *, is_warning: bool = False) -> None:
        said = self.query_one(".form--said", Static)
        said.update(plain_text(text))
        said.set_class(is_warning, "-warning")
