"""The workspaces: which there are, and a name for the one that is open now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from mooring.model.workspace import Workspace
from mooring.ui.dialogs.dialog import Dialog
from mooring_widgets.plain_text import fit, plain_text

LONGEST_NAME = 60
"""Characters."""

_WIDTH = 66


class Wish(Enum):
    """What is to be done with a workspace."""

    OPEN = auto()
    SAVE = auto()
    DELETE = auto()


@dataclass(frozen=True, slots=True)
class WorkspaceWish:
    """A wish, and the name of the workspace that it is about."""

    wish: Wish
    name: str


class WorkspaceDialog(Dialog[WorkspaceWish | None]):
    """Returns what is wanted, None for leaving it. What would overwrite or delete one is asked for twice."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Leave it", show=False),
        # No priority: it would come before the letters of a name that have not reached the line.
        Binding("ctrl+s", "save", "Save", show=False),
        Binding("ctrl+d", "delete", "Delete", show=False, priority=True),
        Binding("down", "move('cursor_down')", "Down", show=False),
        Binding("up", "move('cursor_up')", "Up", show=False),
    ]

    def __init__(self, workspaces: Sequence[Workspace], *, open_tabs: int, problem: str = "") -> None:
        """`open_tabs` is how many tabs of sessions could be saved now."""
        super().__init__()
        self._workspaces = tuple(workspaces)
        self._shown = self._workspaces
        self._open_tabs = open_tabs
        self._problem = problem
        self._asked: WorkspaceWish | None = None

    def compose(self) -> ComposeResult:
        """A line for a name, the workspaces, and what can be done."""
        with Vertical(classes="card card-wide workspaces"):
            yield Static("Workspaces", classes="card--title", markup=False)
            yield Input(placeholder="a name", max_length=LONGEST_NAME, compact=True, classes="card--input")
            yield OptionList(compact=True, markup=False)
            if self._problem:
                yield Static(f"! {self._problem}", classes="card--warning", markup=False)
            yield Static("", classes="card--quiet workspaces--hint", markup=False)

    def on_mount(self) -> None:
        """All of them at first."""
        self._show("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Those whose names begin so, or have it in them."""
        event.stop()
        self._asked = None
        self._show(event.value.strip())

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Open the one under the cursor."""
        event.stop()
        self._open()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open the one that was clicked."""
        event.stop()
        self._open()

    async def action_move(self, movement: str) -> None:
        """Move in the list while the keys go to the line."""
        self._asked = None
        await self.query_one(OptionList).run_action(movement)
        self._hint()

    def action_save(self) -> None:
        """Save what is open under the name that was typed, else that of the one under the cursor."""
        typed = self.query_one(Input).value.strip()
        name = typed or self._name_under_cursor
        if name and self._open_tabs:
            is_new = all(workspace.name != name for workspace in self._workspaces)
            self._do(WorkspaceWish(Wish.SAVE, name), ask="" if is_new else f"ctrl+s again writes over {name}")

    def action_delete(self) -> None:
        """Delete the one under the cursor."""
        if name := self._name_under_cursor:
            self._do(WorkspaceWish(Wish.DELETE, name), ask=f"ctrl+d again deletes {name}")

    @property
    def _name_under_cursor(self) -> str:
        highlighted = self.query_one(OptionList).highlighted
        return self._shown[highlighted].name if highlighted is not None and self._shown else ""

    def _open(self) -> None:
        if name := self._name_under_cursor:
            self.dismiss(WorkspaceWish(Wish.OPEN, name))

    def _do(self, wish: WorkspaceWish, *, ask: str) -> None:
        if not ask or wish == self._asked:
            self.dismiss(wish)
        else:
            self._asked = wish
            self._hint(ask)

    def _show(self, typed: str) -> None:
        self._shown = tuple(each for each in self._workspaces if typed.casefold() in each.name.casefold())
        options = self.query_one(OptionList)
        options.set_options([Option(_line(workspace)) for workspace in self._shown])
        options.highlighted = 0 if self._shown else None
        self._hint()

    def _hint(self, ask: str = "") -> None:
        words = [ask] if ask else []
        if not ask and self._shown:
            words.append("enter opens")
        if not ask and self._open_tabs:
            noun = "the tab" if self._open_tabs == 1 else f"the {self._open_tabs} tabs"
            words.append(f"ctrl+s saves {noun} that {'is' if self._open_tabs == 1 else 'are'} open")
        if not ask and self._shown:
            words.append("ctrl+d deletes")
        if not self._workspaces and not self._open_tabs:
            words.append("nothing is saved yet, and no session is open that could be")
        self.query_one(".workspaces--hint", Static).update(", ".join([*words, "esc leaves it"]))


def _line(workspace: Workspace) -> str:
    count = len(workspace.tabs)
    machines = ", ".join(dict.fromkeys(workspace.machines))
    tabs = f"{count} tab" if count == 1 else f"{count} tabs"
    return fit(plain_text(f"{workspace.name}   {tabs}: {machines}"), _WIDTH)
