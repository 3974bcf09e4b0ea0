"""The line in which one types what to search for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input, Static

from mooring_widgets.terminal.search.searching import SearchStatus
from mooring_widgets.terminal.view import TerminalView


class SearchInput(Input):
    """The field; up and down go from match to match."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "ask('older')", show=False),
        Binding("down", "ask('newer')", show=False),
        Binding("enter", "ask('keep')", show=False),
        Binding("escape", "ask('leave')", show=False),
        Binding("alt+r,ctrl+r", "ask('kind')", show=False),
    ]

    @dataclass
    class Asked(Message):
        """A key of the bar was pressed."""

        what: str

    def action_ask(self, what: str) -> None:
        """Tell the bar."""
        self.post_message(self.Asked(what))


class SearchBar(Horizontal):
    """Searches a terminal view while it is open. It lies over the view's last row, or over its first one while the
    current match is in the last, so that the view keeps its size.
    """

    @dataclass
    class Closed(Message):
        """The bar is gone: the keys go back to the terminal."""

        bar: SearchBar

    def __init__(self, view: TerminalView) -> None:
        super().__init__()
        self._view = view
        view.open_search = self.open
        self._is_regex = False
        self.display = False

    def compose(self) -> ComposeResult:
        """Field, kind, count."""
        yield Static("/", classes="search-bar--slash")
        yield SearchInput(compact=True, select_on_focus=True, classes="search-bar--field")
        yield Static("", classes="search-bar--count", markup=False)
        yield Static("", classes="search-bar--kind")

    @property
    def is_open(self) -> bool:
        """Whether it is seen."""
        return self.display

    def open(self) -> None:
        """Search, for what was searched for last until something else is typed."""
        if not self.is_open:
            self.display = True
            self.remove_class("-top")
            self._view.look_back.begin_search(self._show_status)
            self._look()
        self.take_focus()

    def close(self, *, keep: bool = False) -> None:
        """Stay at the current match, or go back to where one was."""
        if self.is_open:
            self.display = False
            self._view.look_back.end_search(keep=keep)
            self.post_message(self.Closed(self))

    def take_focus(self) -> None:
        """Give the keys to the field."""
        self.screen.set_focus(self._field)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Look for what stands there now."""
        event.stop()
        if self.is_open:
            self._look()

    def on_search_input_asked(self, event: SearchInput.Asked) -> None:
        """Do what a key asks for."""
        event.stop()
        searching = self._view.look_back.searching
        match event.what:
            case "keep":
                self.close(keep=True)
            case "leave":
                self.close()
            case "kind":
                self._is_regex = not self._is_regex
                self._look()
            case _ if searching is not None:
                searching.step(-1 if event.what == "older" else 1)

    @property
    def _field(self) -> SearchInput:
        return self.query_one(SearchInput)

    def _look(self) -> None:
        if (searching := self._view.look_back.searching) is not None:
            searching.look_for(self._field.value, is_regex=self._is_regex)
        kind = "regex" if self._is_regex else "text"
        self.query_one(".search-bar--kind", Static).update(kind)

    def _show_status(self, status: SearchStatus) -> None:
        count = self.query_one(".search-bar--count", Static)
        count.update(words_of(status, is_empty=not self._field.value))
        count.set_class(bool(status.problem), "-problem")
        if self._view.current_match_row == self._view.emulator.lines - 1:
            self.add_class("-top")


def words_of(status: SearchStatus, *, is_empty: bool = False) -> str:
    """The count in words: "3 of 17", "17 so far", "nothing found"."""
    if is_empty:
        return ""
    more = "+" if status.is_counting else ""
    if status.count:
        found = f"{status.current:,} of {status.count:,}{more}" if status.current else f"{status.count:,}{more}"
    else:
        found = "searching …" if status.is_counting else "nothing found"
    if status.problem:
        return status.problem if not status.count else f"{found}, {status.problem}"
    return found
