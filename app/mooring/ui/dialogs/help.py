"""The keys of every part of the screen, searched as one types."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from operator import attrgetter
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from mooring.ui.dialogs.help_lines import HelpLine, help_lines, matching
from mooring.ui.keys import Area, Keymap

_WIDEST_KEYS = 16
"""Cells; longer names of keys push their own line alone."""

_HINT = "enter changes keys, esc closes; the names at the right are those of [keys.AREA] in settings.toml"

_TITLES = 51
"""Cells for what a key does, where the action's name stands behind it."""


class HelpKeys(Static):
    """The keys, with the styles of their parts."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"help--area", "help--key", "help--action"}


class HelpDialog(ModalScreen[str | None]):
    """Made from the tables that dispatch the keys; the part that had the focus stands first.

    Letters go to the search, the arrow and paging keys to the list. Returns what was searched for by somebody who
    wants to change keys, None otherwise.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Close", show=False),
        Binding("f1", "dismiss", "Close", show=False),
        *(
            Binding(key, f"scroll('{how}')", show=False, priority=True)
            for key, how in (("up", "up"), ("down", "down"), ("pageup", "page_up"), ("pagedown", "page_down"))
        ),
    ]

    def __init__(self, area: Area, keymap: Keymap, *, changes_keys: bool = False) -> None:
        super().__init__()
        self._changes_keys = changes_keys
        self.VERTICAL_BREAKPOINTS = [(0, "-short"), (16, "-tall")]
        self._lines = help_lines(keymap, area)

    def compose(self) -> ComposeResult:
        """What is searched for, the keys, and how to leave."""
        with Vertical(classes="card card-wide help"):
            yield Static("Keys", classes="card--title")
            yield Input(placeholder="search: what it does, a key, a place", compact=True, classes="card--input")
            with VerticalScroll(can_focus=False):
                yield HelpKeys(classes="help--keys", markup=False)
            yield Static(_HINT if self._changes_keys else "esc closes", classes="card--quiet", markup=False)

    def on_mount(self) -> None:
        """All of them at first."""
        self._show("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Those that fit. A question mark opened the help, and closes it."""
        event.stop()
        if event.value == "?":
            self.dismiss(None)
        else:
            self._show(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go on to changing keys."""
        event.stop()
        if self._changes_keys:
            self.dismiss(event.value)

    def action_leave(self) -> None:
        """Give the search up first, then the help."""
        search = self.query_one(Input)
        if search.value:
            search.value = ""
        else:
            self.dismiss(None)

    def action_scroll(self, how: str) -> None:
        """Move the keys under the search."""
        getattr(self.query_one(VerticalScroll), f"scroll_{how}")(animate=False)

    def _show(self, typed: str) -> None:
        found = matching(self._lines, typed)
        keys = self.query_one(HelpKeys)
        keys.update(help_content(found) if found else f"No key does “{typed.strip()}”.")
        self.query_one(VerticalScroll).scroll_home(animate=False)


def help_content(lines: Iterable[HelpLine]) -> Content:
    """The lines under the headings of their areas."""
    told = list(lines)
    width = min(_WIDEST_KEYS, max(cell_len(line.keys) for line in told))
    blocks: list[Content] = []
    for area, group in groupby(told, key=attrgetter("area")):
        rows = [_row(line, width) for line in group]
        blocks.append(Content("\n").join([Content.styled(area.heading, ".help--area"), *rows]))
    return Content("\n\n").join(blocks)


def _row(line: HelpLine, width: int) -> Content:
    keys = line.keys + " " * (width - cell_len(line.keys))
    title = line.title + " " * (_TITLES - cell_len(line.title))
    return Content.assemble((keys, ".help--key"), "  ", title, "  ", (line.action, ".help--action"))
