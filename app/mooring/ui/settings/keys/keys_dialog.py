"""All keys of all parts of the screen: searched as one types, and each action given other keys."""

from __future__ import annotations

from collections.abc import Awaitable
from itertools import groupby
from operator import attrgetter
from typing import ClassVar, Protocol

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button, Input, OptionList, Static
from textual.widgets.option_list import Option

from mooring.ui.dialogs.searched import SearchedDialog
from mooring.ui.keys import Area
from mooring.ui.keys.giving import loss
from mooring.ui.problems import problem_lines
from mooring.ui.settings.in_force import SettingsInForce
from mooring.ui.settings.keys.key_rows import KeyRow, key_rows, matching, spoken
from mooring_widgets.plain_text import fit

_KEYS, _FEW_KEYS = 16, 8
"""Cells for the keys, where there is room and where there is none."""

_TITLE = 50
"""Cells for what they do, where there is room for the action's name behind it."""

_BUTTONS = (
    ("change", "enter change"),
    ("add", "ctrl+a add"),
    ("take_away", "ctrl+x none"),
    ("reset", "del usual"),
    ("reset_all", "ctrl+r all usual"),
)
"""What can be done, by key or by mouse, in words that fit into eighty columns."""


class KeyActs(Protocol):
    """What is done with the keys of a row. Each asks what has to be asked, and returns what to say of it."""

    def change(self, row: KeyRow, *, adding: bool) -> Awaitable[str]:
        """Give it the key that is pressed, instead of those that it has or beside them."""
        ...

    def take_away(self, row: KeyRow) -> Awaitable[str]:
        """Leave it without a key."""
        ...

    def reset(self, row: KeyRow) -> Awaitable[str]:
        """Give it the usual ones."""
        ...

    def reset_all(self) -> Awaitable[str]:
        """Give all actions the usual ones."""
        ...


class KeyList(OptionList):
    """The rows under the headings of their parts, which the cursor goes over."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"key-list--area", "key-list--key", "key-list--action", "key-list--own"}


class KeysDialog(SearchedDialog[None]):
    """What is changed holds at once, and is seen here at once. Letters go to the search, the other keys to the list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(key, f"move('{how}')", show=False, priority=True)
            for key, how in (
                ("up", "cursor_up"),
                ("down", "cursor_down"),
                ("pageup", "page_up"),
                ("pagedown", "page_down"),
            )
        ),
        Binding("delete", "act('reset')", "Usual", show=False, priority=True),
        Binding("ctrl+a", "act('add')", "Add", show=False, priority=True),
        Binding("ctrl+x", "act('take_away')", "None", show=False, priority=True),
        Binding("ctrl+r", "act('reset_all')", "All usual", show=False, priority=True),
    ]

    def __init__(self, settings: SettingsInForce, acts: KeyActs, *, first: Area, typed: str = "") -> None:
        """The part `first` stands first; `typed` is searched for to begin with."""
        super().__init__()
        self.VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-tall")]
        self._settings = settings
        self._acts = acts
        self._first = first
        self._typed = typed
        self._rows: list[KeyRow | None] = []
        self._told: KeyRow | None = None

    def compose(self) -> ComposeResult:
        """What is searched for, the keys, what there is to say of one of them, and what can be done."""
        with Vertical(classes="card keys"):
            yield Static("Keys", classes="card--title", markup=False)
            yield Input(
                self._typed,
                placeholder="search: what it does, a key, a place",
                compact=True,
                select_on_focus=False,
                classes="card--input",
            )
            yield KeyList(compact=True, markup=False)
            yield Static("", classes="keys--about", markup=False)
            with Horizontal(classes="card--buttons keys--buttons"):
                for name, words in _BUTTONS:
                    yield Button(words, id=f"keys-{name.replace('_', '-')}", name=name, compact=True)

    def on_mount(self) -> None:
        """The keys go to the search."""
        self.query_one(KeyList).can_focus = False
        self.query_one(Input).focus()

    def on_resize(self) -> None:
        """The rows are made for the width."""
        self._show(keeping=self.row)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Those that fit."""
        event.stop()
        self._show()

    def follow_settings(self) -> None:
        """Show the keys as they are now."""
        self._show(keeping=self.row)

    @property
    def row(self) -> KeyRow | None:
        """The one under the cursor."""
        index = self.query_one(KeyList).highlighted
        return self._rows[index] if index is not None and index < len(self._rows) else None

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Give the one under the cursor another key."""
        event.stop()
        self.action_act("change")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """The same for the one that was clicked."""
        event.stop()
        self.action_act("change")

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Say what there is to say of it, unless it is the one that something was just done with."""
        event.stop()
        if self.row != self._told:
            self._tell()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """What the button says; the keys go to the search again."""
        event.stop()
        self.query_one(Input).focus()
        self.action_act(event.button.name or "")

    async def action_move(self, movement: str) -> None:
        """Move in the list while the letters go to the search."""
        await self.query_one(KeyList).run_action(movement)

    def action_act(self, name: str) -> None:
        """Have something done with the one under the cursor."""
        row = self.row
        if name == "reset_all":
            self._do(self._acts.reset_all())
        elif row is None:
            return
        elif name in ("change", "add"):
            self._do(self._acts.change(row, adding=name == "add"))
        else:
            self._do(self._acts.take_away(row) if name == "take_away" else self._acts.reset(row))

    def _do(self, work: Awaitable[str]) -> None:
        async def do() -> None:
            if said := await work:
                self._say(said)

        self.run_worker(do(), group="give keys", name="give keys", exclusive=True)

    def _show(self, *, keeping: KeyRow | None = None) -> None:
        found = matching(key_rows(self._settings.keymap, self._first), self.query_one(Input).value)
        keys = self.query_one(KeyList)
        width = keys.scrollable_content_region.width
        options: list[Option] = []
        self._rows = []
        for area, rows in groupby(found, key=attrgetter("area")):
            heading = Content.styled(area.heading, ".key-list--area")
            above = [Option("", disabled=True)] if options else []
            options += [*above, Option(heading, disabled=True)]
            self._rows += [None] * (len(above) + 1)
            for row in rows:
                options.append(Option(_line(row, width)))
                self._rows.append(row)
        if not found:
            options.append(Option(f"No key does “{self.query_one(Input).value.strip()}”.", disabled=True))
            self._rows.append(None)
        keys.set_options(options)
        places = {(row.area, row.action): index for index, row in enumerate(self._rows) if row is not None}
        first = 1 if found else None
        keys.highlighted = places.get((keeping.area, keeping.action), first) if keeping is not None else first
        self._tell()

    def _tell(self) -> None:
        """What is usual, who else is concerned, and what is wrong with the file about it."""
        row = self._told = self.row
        if row is None:
            self._say("")
            return
        told = [f"{row.area.heading}: {row.action}"]
        if row.is_own:
            told.append(f"usually {spoken(row.usual)}")
        if row.keys and (lost := loss(row.area, row.keys[0])):
            told.append(lost.removesuffix("."))
        about = f"`{row.action}` in [keys.{row.area}]"
        wrong = [problem for problem in self._settings.problems if about in problem.message]
        self._say(f"! {' '.join(problem_lines(wrong[0]))}" if wrong else ", ".join(told))

    def _say(self, text: str) -> None:
        said = self.query_one(".keys--about", Static)
        said.update(text)
        said.set_class(text.startswith("!"), "-warning")


def _line(row: KeyRow, width: int) -> Content:
    names = _KEYS if width >= _KEYS + _TITLE // 2 else _FEW_KEYS
    keys = fit(row.spoken, names)
    sign = "●" if row.is_own else " "
    parts: list[str | tuple[str, str]] = [
        (sign, ".key-list--own"),
        (f" {keys}{' ' * (names - cell_len(keys))}", ".key-list--key" if row.keys else ".key-list--action"),
        f"  {row.title}",
    ]
    room = width - names - 4 - _TITLE - 1
    if room >= 12:
        parts += [" " * max(1, _TITLE - cell_len(row.title)), (fit(row.action, room), ".key-list--action")]
    return Content.assemble(*parts).truncate(width, ellipsis=True)
