"""What is asked about files: a name, whether to remove, and what to do with files that are there already."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from mooring.files.paths import is_name, last_part, shown
from mooring.session.file_access import Existing
from mooring.ui.dialogs.dialog import Dialog
from mooring.ui.dialogs.yes_or_no import YesOrNoDialog
from mooring_widgets.plain_text import plain_text

_SHOWN = 5


class TextDialog(Dialog[str | None]):
    """One line; returns what was typed, None for leaving it or for what was there. `check` says what is wrong."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", "Leave it", show=False)]

    def __init__(self, title: str, text: str = "", *, check: Callable[[str], str] = lambda _text: "") -> None:
        super().__init__()
        self._title = title
        self._text = text
        self._check = check

    def compose(self) -> ComposeResult:
        """Title, line, and what it takes."""
        with Vertical(classes="card"):
            yield Static(self._title, classes="card--title", markup=False)
            yield Input(self._text, select_on_focus=True, compact=True, classes="card--input")
            yield Static("enter takes it, esc leaves it", classes="card--quiet", markup=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take it, if it can be taken."""
        event.stop()
        if not event.value or event.value == self._text:
            self.dismiss(None)
        elif wrong := self._check(event.value):
            self.query_one(".card--quiet", Static).update(f"! {wrong}")
        else:
            self.dismiss(event.value)


def name_problem(text: str, taken: set[bytes]) -> str:
    """What is wrong with a name for a new file in a folder where some are taken; "" for nothing."""
    name = os.fsencode(text)
    if not is_name(name):
        return "A name holds no slash, and is not . or .."
    return "Something has that name already." if name in taken else ""


class RemoveDialog(YesOrNoDialog):
    """Ask whether to remove; enter means no."""

    def __init__(self, paths: Sequence[bytes], owner: str, *, guard: bool) -> None:
        count = "this" if len(paths) == 1 else f"these {len(paths)}"
        super().__init__(f"Remove {count} from {plain_text(owner)}?", yes="Remove", no="Keep", enter_means_yes=False)
        self._paths = paths
        self._guarded = f"⚠ {plain_text(owner)} is guarded." if guard else ""

    def compose_body(self) -> ComposeResult:
        """The first of them."""
        yield Static(_some(self._paths, len(self._paths)), classes="card--quote", markup=False)
        if self._guarded:
            yield Static(self._guarded, classes="card--warning", markup=False)
        yield Static("Folders go with all that is in them. It can't be undone.", classes="card--text", markup=False)


class ExistingDialog(Dialog[Existing | None]):
    """Ask what to do with files that are there already at the target."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Leave it", show=False),
        Binding("k", f"choose('{Existing.KEEP}')", "Keep", show=False),
        Binding("g", f"choose('{Existing.RESUME}')", "Go on", show=False),
        Binding("r", f"choose('{Existing.REPLACE}')", "Replace", show=False),
    ]
    CHOICES: ClassVar[tuple[tuple[Existing, str], ...]] = (
        (Existing.KEEP, "k  Keep them, and copy the rest"),
        (Existing.RESUME, "g  Go on with what broke off, replace the others"),
        (Existing.REPLACE, "r  Replace all of them"),
    )
    CHOICES_FOR_ONE: ClassVar[tuple[tuple[Existing, str], ...]] = (
        (Existing.KEEP, "k  Keep it, and copy the rest"),
        (Existing.RESUME, "g  Go on with it if it broke off, else replace it"),
        (Existing.REPLACE, "r  Replace it"),
    )

    def __init__(self, paths: Sequence[bytes], count: int) -> None:
        super().__init__()
        self._paths = paths
        self._count = count
        self._choices = self.CHOICES_FOR_ONE if count == 1 else self.CHOICES

    def compose(self) -> ComposeResult:
        """The first of them, and what can be done."""
        what = "1 file is" if self._count == 1 else f"{self._count} files are"
        with Vertical(classes="card files-existing"):
            yield Static(f"{what} there already", classes="card--title", markup=False)
            yield Static(_some(self._paths, self._count), classes="card--quote", markup=False)
            yield OptionList(*(Option(text) for _existing, text in self._choices), compact=True, markup=False)
            yield Static("esc copies nothing", classes="card--quiet", markup=False)

    def on_mount(self) -> None:
        """The keys go to the choices."""
        self.query_one(OptionList).focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take a choice."""
        event.stop()
        self.dismiss(self._choices[event.option_index][0])

    def action_choose(self, existing: str) -> None:
        """Take a choice by its key."""
        self.dismiss(Existing(existing))


def _some(paths: Sequence[bytes], count: int) -> str:
    lines = [plain_text(shown(last_part(path))) for path in paths[:_SHOWN]]
    return "\n".join([*lines, *([f"and {count - len(lines)} more"] if count > len(lines) else [])])
