"""The settings: every option that is one value, changed by a key each, and the way to the keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option as Row

from mooring.store.settings.options import Option, option_named, options
from mooring.ui.dialogs.dialog import Dialog
from mooring.ui.keys.names import spell
from mooring.ui.problems import problem_lines
from mooring.ui.settings.in_force import SettingsInForce
from mooring.ui.settings.keys.keys_desk import KeysDesk
from mooring.ui.settings.settings_file import SettingsFile
from mooring.ui.settings.values import Value, choices_of, read, shown, stepped

_LEADER, _KEYS = "leader", "keys"
_VALUE = 22
"""Cells for a value, where there is room for more behind it."""


class SettingsList(OptionList):
    """The options and their values."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"settings-list--own", "settings-list--when"}


class SettingsDialog(Dialog[None]):
    """Each change is written at once, and holds at once where nothing else is said beside it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "leave", "Leave", show=False),
        Binding("right,space,l", "step(1)", "Next", show=False),
        Binding("left,h", "step(-1)", "Previous", show=False),
        Binding("delete,backspace", "reset", "Default", show=False),
    ]

    def __init__(self, settings: SettingsInForce, file: SettingsFile, keys: KeysDesk, *, themes: Sequence[str]) -> None:
        """`settings` are those in force, from `file`; what is a key is asked for by `keys`."""
        super().__init__()
        self.VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-tall")]
        keys_of_ones_own = option_named(_KEYS)
        usual = [option for option in options() if not option.is_table]
        leader = next(index for index, option in enumerate(usual) if option.name == _LEADER)
        self._options = (*usual[: leader + 1], keys_of_ones_own, *usual[leader + 1 :])
        self._settings = settings
        self._file = file
        self._keys = keys
        self._themes = tuple(themes)

    def compose(self) -> ComposeResult:
        """The options, what the one under the cursor is for, and a line to type into."""
        with Vertical(classes="card settings"):
            yield Static("Settings", classes="card--title", markup=False)
            yield SettingsList(compact=True, markup=False)
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

    def on_resize(self) -> None:
        """The rows are made for the width."""
        self.follow_settings()

    def follow_settings(self) -> None:
        """Show the settings as they are now: somebody may have changed the file."""
        rows = self.query_one(OptionList)
        for index, option in enumerate(self._options[: rows.option_count]):
            rows.replace_option_prompt_at_index(index, self._row(option))
        self._tell_problems()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Say what it is for."""
        event.stop()
        self._tell()

    async def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Step on, begin to type, or have a key pressed."""
        event.stop()
        option = self._option
        if option.name == _KEYS:
            self._keys.open()
        elif option.name == _LEADER:
            self._keys.change_leader(self._hint)
        elif choices_of(option, self._themes):
            await self.action_step(1)
        else:
            self._begin_to_type(option)

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
        if not self._option.is_table:
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

    def _value(self, option: Option) -> Value:
        if option.is_table:
            count = sum(len(own) for own in self._settings.now.keys.values())
            return f"{count} of your own" if count else "the preset's"
        value: Value = getattr(self._settings.now, option.name)
        return value

    async def _set(self, value: Value) -> None:
        option = self._option
        if problem := await self._file.set(option.name, value):
            self._hint(f"! {problem}")
            return
        when = f"; it holds {option.holds}" if option.holds else ""
        self._hint(f"saved to {self._file.spoken}{when}")

    def _begin_to_type(self, option: Option) -> None:
        line = self.query_one(Input)
        value = self._value(option)
        line.value = "" if value is None else str(value)
        self._make_room_to_type(True)
        line.focus()
        self._hint("enter saves, esc leaves it as it is; nothing typed means the default")

    def _stop_typing(self) -> None:
        self._make_room_to_type(False)
        self.query_one(OptionList).focus()

    def _make_room_to_type(self, typing: bool) -> None:
        self.query_one(Input).display = typing
        self._tell_problems()

    def _tell(self) -> None:
        option = self._option
        words = option.description.replace("`", "")
        if option.is_table:
            words = "The keys of every part of the screen, and which actions they are for"
        self.query_one(".settings--about", Static).update(f"{words[:1].upper()}{words[1:]}.")
        default = f"del takes the default ({shown(option, option.default)})"
        if option.holds:
            default += f", it holds {option.holds}"
        if option.name == _KEYS:
            self._hint("enter shows and changes them, esc leaves")
        elif option.name == _LEADER:
            self._hint(f"enter asks for another, {default}, esc leaves")
        else:
            how = "← → change" if choices_of(option, self._themes) else "enter edits"
            self._hint(f"{how}, {default}, esc leaves")

    def _tell_problems(self) -> None:
        lines = [f"! {' '.join(problem_lines(problem))}" for problem in self._settings.problems]
        said = self.query_one(".settings--problems", Static)
        said.update("\n".join(lines))
        said.set_class(not lines or self.query_one(Input).display, "-none")

    def _hint(self, text: str) -> None:
        self.query_one(".settings--hint", Static).update(text)

    def _row(self, option: Option) -> Content:
        names = max(len(each.name) for each in self._options)
        value = shown(option, self._value(option))
        if option.name == _LEADER:
            key = spell(self._settings.keymap.leader)
            value = f"{key}, {value}" if self._value(option) is None else key
        is_own = (option.is_table and bool(self._settings.now.keys)) or (
            not option.is_table and self._value(option) != option.default
        )
        parts: list[str | tuple[str, str]] = [
            ("● " if is_own else "  ", ".settings-list--own"),
            f"{option.name}{' ' * (names - cell_len(option.name))}  {value}",
        ]
        width = self.query_one(OptionList).scrollable_content_region.width
        if option.holds and width >= names + _VALUE + len(option.holds) + 4:
            parts += [" " * max(2, _VALUE - cell_len(value)), (option.holds, ".settings-list--when")]
        return Content.assemble(*parts).truncate(width, ellipsis=True)
