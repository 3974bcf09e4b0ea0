"""The keys of every part of the screen, searched as one types."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from operator import attrgetter
from textwrap import wrap
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from mooring.ui.dialogs.help_lines import HelpLine, help_lines, matching
from mooring.ui.dialogs.searched import SearchedDialog
from mooring.ui.keys import Area, Keymap

_WIDEST_KEYS = 16
_WIDEST_KEYS_IN_FEW = 9
"""Cells, and those in few columns; what longer keys do stands below them."""

_HINT = "enter changes keys, esc closes; the names at the right are those of [keys.AREA] in settings.toml"

_TITLES = 51
"""Cells for what a key does, where there is room for the actions' names in a column of their own."""

_GAP = 2
_COLUMNS_FROM = 90
"""Cells from which on there is; with fewer a name stands directly behind what the key does, or below that."""
_NAMES_FROM = 60
"""Cells from which on the actions' names are told at all."""


class HelpKeys(Static):
    """The keys, with the styles of their parts."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"help--area", "help--key", "help--action"}


class HelpDialog(SearchedDialog[str]):
    """Made from the tables that dispatch the keys; the part that had the focus stands first.

    Letters go to the search, the arrow and paging keys to the list. Returns what was searched for by somebody who
    wants to change keys, None otherwise.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "dismiss", "Close", show=False),
        *(
            Binding(key, f"scroll('{how}')", show=False, priority=True)
            for key, how in (("up", "up"), ("down", "down"), ("pageup", "page_up"), ("pagedown", "page_down"))
        ),
    ]

    def __init__(self, area: Area, keymap: Keymap, *, changes_keys: bool = False) -> None:
        super().__init__()
        self._changes_keys = changes_keys
        self._lines = self._found = help_lines(keymap, area)

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

    def on_resize(self) -> None:
        """The lines are made for the width."""
        self.call_after_refresh(self._fill)

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

    def action_scroll(self, how: str) -> None:
        """Move the keys under the search."""
        getattr(self.query_one(VerticalScroll), f"scroll_{how}")(animate=False)

    def _show(self, typed: str) -> None:
        self._found = matching(self._lines, typed)
        self._fill()
        self.query_one(VerticalScroll).scroll_home(animate=False)

    def _fill(self) -> None:
        room = self.query_one(VerticalScroll).scrollable_content_region.width
        typed = self.query_one(Input).value.strip()
        told = help_content(self._found, room) if self._found else f"No key does “{typed}”."
        self.query_one(HelpKeys).update(told)


def help_content(lines: Iterable[HelpLine], room: int) -> Content:
    """The lines under the headings of their areas, in so many cells."""
    told = list(lines)
    widest = _WIDEST_KEYS if room >= _NAMES_FROM else _WIDEST_KEYS_IN_FEW
    width = min(widest, max(cell_len(line.keys) for line in told))
    blocks: list[Content] = []
    for area, group in groupby(told, key=attrgetter("area")):
        rows = [_row(line, width, room) for line in group]
        blocks.append(Content("\n").join([Content.styled(area.heading, ".help--area"), *rows]))
    return Content("\n\n").join(blocks)


def _row(line: HelpLine, width: int, room: int) -> Content:
    indent = "\n" + " " * (width + _GAP)
    behind = " " * (width + _GAP - cell_len(line.keys)) if cell_len(line.keys) <= width else indent
    space = max(1, room - width - _GAP)
    titles = wrap(line.title, space)
    parts: list[str | tuple[str, str]] = [(line.keys, ".help--key"), behind, indent.join(titles)]
    if room >= _NAMES_FROM:
        used = cell_len(titles[-1])
        gap = max(_GAP, _TITLES + _GAP - used) if room >= _COLUMNS_FROM else _GAP
        parts += [" " * gap if used + gap + cell_len(line.action) <= space else indent, (line.action, ".help--action")]
    return Content.assemble(*parts)
