"""The settings: every option that is one value, changed by a key each; and what is wrong with the file."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option as Row

from mooring.store.settings.options import Option, options
from mooring.ui.problems import problem_lines
from mooring.ui.settings.in_force import SettingsInForce
from mooring.ui.settings.values import Value, choices_of, read, shown, stepped

Change = Callable[[Option, Value], Awaitable[str]]
"""Writes a change; what kept it from being written comes back, "" for nothing."""

_HINTS = {True: "← → change", False: "enter edits"}


class SettingsDialog(ModalScreen[None]):
    """Each change is written at once, and holds at once where nothing else is said beside it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "leave", "Leave", show=False),
        Binding("right,space,l", "step(1)", "Next", show=False),
        Binding("left,h", "step(-1)", "Previous", show=False),
        Binding("delete,backspace", "reset", "Default", show=False),
    ]

    def __init__(self, settings: SettingsInForce, change: Change, *, path: str, themes: Sequence[str]) -> None:
        """`settings` are those in force, from settings.toml at `path`."""
        super().__init__()
        self.VERTICAL_BREAKPOINTS = [(0, "-short"), (18, "-tall")]
        self._options = tuple(option for option in options() if not option.is_table)
        self._settings = settings
        self._change = change
        self._path = path
        self._themes = tuple(themes)

    def compose(self) -> ComposeResult:
        """The options, what the one under the cursor is for, and a line to type into."""
        with Vertical(classes="card card-wide settings"):
            yield Static("Settings", classes="card--title", markup=False)
            yield OptionList(compact=True, markup=False)
            yield Static("", classes="settings--about", markup=False)
            yield Input(compact=True, classes="card--input")
            yield Static("", classes="settings--problems", markup=False)
            yield Static("", classes="card--quiet settings--hint", markup=False)

    def on_mount(self) -> None:
        """The cursor starts on the first."""
        self.query_one(Input).display = False
        rows = self.query_one(OptionList)
        rows.set_options([Row(self._row(option)) for option in self._options])
        rows.highlighted = 0
        rows.focus()
        self._tell_problems()

    def follow_settings(self) -> None:
        """Show the settings as they are now: somebody may have changed the file."""
        rows = self.query_one(OptionList)
        for index, option in enumerate(self._options):
            rows.replace_option_prompt_at_index(index, self._row(option))
        self._tell_problems()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Say what it is for."""
        event.stop()
        self._tell()

    async def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Step on, or begin to type."""
        event.stop()
        if choices_of(self._option, self._themes):
            await self.action_step(1)
            return
        line = self.query_one(Input)
        value = self._value(self._option)
        line.value = "" if value is None else str(value)
        self._make_room_to_type(True)
        line.focus()
        self._hint("enter saves, esc leaves it as it is; nothing typed means the default")

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take what was typed, or say what is wrong with it."""
        event.stop()
        try:
            value = read(self._option, event.value)
        except ValueError as error:
            self._hint(f"! {error}")
            return
        self._stop_typing()
        await self._set(value)

    async def action_step(self, step: int) -> None:
        """Another value of the option under the cursor."""
        if choices_of(self._option, self._themes):
            await self._set(stepped(self._option, self._value(self._option), step, self._themes))

    async def action_reset(self) -> None:
        """The default of the option under the cursor."""
        await self._set(None)

    def action_leave(self) -> None:
        """Leave the line first, then the settings."""
        if self.query_one(Input).display:
            self._stop_typing()
            self._tell()
        else:
            self.dismiss(None)

    @property
    def _option(self) -> Option:
        return self._options[self.query_one(OptionList).highlighted or 0]

    async def _set(self, value: Value) -> None:
        option = self._option
        problem = await self._change(option, value)
        if problem:
            self._hint(f"! {problem}")
            return
        when = f"; it holds {option.holds}" if option.holds else ""
        self._hint(f"saved to {self._path}{when}")

    def _stop_typing(self) -> None:
        self._make_room_to_type(False)
        self.query_one(OptionList).focus()

    def _make_room_to_type(self, typing: bool) -> None:
        self.query_one(Input).display = typing
        self._tell_problems()

    def _tell(self) -> None:
        option = self._option
        words = option.description.replace("`", "")
        self.query_one(".settings--about", Static).update(f"{words[:1].upper()}{words[1:]}.")
        how = _HINTS[bool(choices_of(option, self._themes))]
        self._hint(f"{how}, del takes the default ({shown(option, option.default)}), esc leaves")

    def _tell_problems(self) -> None:
        lines = [f"! {' '.join(problem_lines(problem))}" for problem in self._settings.problems]
        said = self.query_one(".settings--problems", Static)
        said.update("\n".join(lines))
        said.display = bool(lines) and not self.query_one(Input).display

    def _value(self, option: Option) -> Value:
        value: Value = getattr(self._settings.now, option.name)
        return value

    def _hint(self, text: str) -> None:
        self.query_one(".settings--hint", Static).update(text)

    def _row(self, option: Option) -> Content:
        width = max(len(each.name) for each in self._options)
        value = shown(option, self._value(option))
        changed = "" if value == shown(option, option.default) else "  ●"
        return Content(f"{option.name}{' ' * (width - cell_len(option.name))}  {value}{changed}")
