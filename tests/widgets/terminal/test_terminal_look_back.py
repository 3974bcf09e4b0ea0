"""The search bar and copy mode over a view, by their keys."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual.app import ComposeResult
from textual.events import Paste
from textual.pilot import Pilot
from textual.widgets import Static

from mooring_widgets.emulator import Emulator
from mooring_widgets.terminal import TerminalView
from mooring_widgets.terminal.copy_mode import CopyMode
from mooring_widgets.terminal.place import Place
from mooring_widgets.terminal.search.search_bar import SearchBar
from mooring_widgets.terminal.selected_text import text_of
from widgets.terminal.test_terminal_view import Host, fed, until


class Searched(Host, inherit_bindings=False):
    """A view with a search bar over it."""

    CSS = """
    Screen { layers: base over; }
    SearchBar { layer: over; dock: bottom; height: 1; }
    SearchBar Static { width: auto; }
    SearchInput { width: 1fr; }
    """

    def compose(self) -> ComposeResult:
        """The two."""
        view = TerminalView(scrollback_lines=1000)
        yield view
        yield SearchBar(view)

    @property
    def bar(self) -> SearchBar:
        """The bar."""
        return self.query_one(SearchBar)

    @property
    def count(self) -> str:
        """What the bar tells."""
        return str(self.bar.query_one(".search-bar--count", Static).content)

    def on_search_bar_closed(self, message: SearchBar.Closed) -> None:
        """Back to the terminal."""
        self.view.focus()

    def marked(self) -> list[str]:
        """What is painted otherwise than the rest, by rows."""
        found = []
        for y in range(self.view.size.height):
            styles = {
                part.text: part.style
                for part in self.view.render_line(y)
                if part.style and (part.style.bgcolor is not None or part.style.reverse)
            }
            found += [text for text in styles if text.strip()]
        return found


LINES = b"".join(b"line %d %s\r\n" % (number, b"needle" if number % 10 == 3 else b"hay") for number in range(200))


@asynccontextmanager
async def searched(data: bytes = LINES) -> AsyncIterator[tuple[Searched, Pilot[None]]]:
    async with Searched().run_test() as pilot:
        app = await fed(pilot, data)
        assert isinstance(app, Searched)
        yield app, pilot


async def test_searching_counts_marks_and_walks() -> None:
    async with searched() as (app, pilot):
        app.bar.open()
        await pilot.press(*"needle")
        await until(pilot, lambda: app.count == "20 of 20")
        assert app.marked().count("needle") == 2
        top = app.shown()[0]
        await pilot.press("up", "up", "up")
        await until(pilot, lambda: app.count == "17 of 20")
        assert app.shown()[0] != top
        assert any(row.startswith("line 163") for row in app.shown())
        await fed(pilot, b"a needle more\r\n" + b"hay\r\n" * 20)
        await until(pilot, lambda: app.count == "17 of 21")
        assert any(row.startswith("line 163") for row in app.shown())
        await pilot.press("down", "down", "down", "down", "down")
        await until(pilot, lambda: app.count == "1 of 21")
        await pilot.press("escape")
        await until(pilot, lambda: app.view.back == 0)
        assert app.marked() == []
        assert app.typed == b""


async def test_enter_stays_at_the_match_and_selects_it() -> None:
    async with searched() as (app, pilot):
        app.bar.open()
        await pilot.press(*"LINE 33", "alt+r")
        await until(pilot, lambda: app.count == "nothing found")
        await pilot.press("ctrl+u", *r"l.ne 33\b")
        await until(pilot, lambda: app.count == "1 of 1")
        await pilot.press("enter")
        await until(pilot, lambda: app.view.selected_text == "line 33")
        assert app.focused is app.view
        assert app.view.back > 0
        app.bar.open()
        await until(pilot, lambda: app.count == "1 of 1")
        await pilot.press("escape")
        await pilot.pause()
        assert app.view.back > 0, "where one was is the match that was kept"


async def test_what_can_not_be_searched_for_is_told() -> None:
    async with searched() as (app, pilot):
        app.bar.open()
        await pilot.press("alt+r", "left_square_bracket")
        await until(pilot, lambda: "unterminated character set" in app.count)
        assert app.marked() == []


async def test_a_resize_searches_anew() -> None:
    async with searched(b"x" * 30 + b" needle\r\n" + b"hay\r\n" * 40) as (app, pilot):
        app.bar.open()
        await pilot.press(*"needle")
        await until(pilot, lambda: app.count == "1 of 1")
        await pilot.resize_terminal(33, 20)
        await until(pilot, lambda: app.marked() != [])
        await until(pilot, lambda: app.count == "1 of 1")
        assert "".join(app.marked()) == "needle"


async def test_copy_mode_stands_still_walks_selects_and_copies() -> None:
    async with searched() as (app, pilot):
        app.view.begin_copying()
        await pilot.pause()
        before = app.shown()
        await fed(pilot, b"\x1b[2Jother\r\n" * 50)
        assert app.shown() == before
        await pilot.press("k", "0", "v", "e", "e")
        await until(pilot, lambda: app.view.selected_text == "line 199")
        await pilot.press("o", "k", "V")
        assert app.view.selected_text == "line 198 hay\nline 199 hay"
        await pilot.press("y")
        await until(pilot, lambda: app.clipboard == "line 198 hay\nline 199 hay")
        assert not app.view.look_back.is_copying
        assert app.shown() != before
        assert app.view.back == 0
        assert app.typed == b""


async def test_copy_mode_searches_both_ways_and_keeps_its_cursor() -> None:
    async with searched() as (app, pilot):
        app.view.begin_copying()
        await pilot.press("g", "slash", *"needle")
        await until(pilot, lambda: app.count == "1 of 20")
        await pilot.press("enter")
        await until(pilot, lambda: app.view.look_back.cursor == Place(3, 7))
        await pilot.press("n")
        assert app.view.look_back.cursor == Place(13, 8)
        await pilot.press("N", "N")
        assert app.view.look_back.cursor == Place(193, 9)
        await pilot.press("escape")
        await until(pilot, lambda: app.view.back == 0)
        assert app.marked() == []


async def test_copy_mode_goes_from_link_to_link() -> None:
    async with searched(b"https://a.example/\r\nhay\r\n\x1b]8;;https://b.example/\x07here\x1b]8;;\x07\r\nhay") as (
        app,
        pilot,
    ):
        app.view.begin_copying()
        await pilot.press("u", "o")
        await until(pilot, lambda: any(isinstance(message, TerminalView.LinkActivated) for message in app.told))
        (link,) = [message for message in app.told if isinstance(message, TerminalView.LinkActivated)]
        assert (link.link.address, link.link.text, link.wants_opening) == ("https://b.example/", "here", True)
        await pilot.press("u", "enter")
        await until(pilot, lambda: app.clipboard == "https://a.example/")


async def test_copy_mode_works_on_a_finished_view_and_ends_with_a_paste_or_a_resize_goes_on() -> None:
    async with searched() as (app, pilot):
        app.view.begin_copying()
        await pilot.press("1", "0", "k")
        await pilot.resize_terminal(50, 12)
        await pilot.pause()
        assert app.view.look_back.is_copying
        app.post_message(Paste("typed"))
        await until(pilot, lambda: app.typed == b"typed")
        assert not app.view.look_back.is_copying
        app.view.finish()
        app.view.begin_copying()
        await pilot.press("k", "y")
        await until(pilot, lambda: app.clipboard == "line 199 hay")


@pytest.mark.parametrize(
    ("keys", "cursor"),
    [
        ("w", (0, 3)),
        ("w w w", (0, 10)),
        ("w w w w", (1, 0)),
        ("e", (0, 1)),
        ("$", (1, 5)),
        ("$ 0", (0, 0)),
        ("j h", (0, 11)),
        ("l l l h", (0, 2)),
        ("1 1 l", (0, 11)),
        ("1 2 l", (1, 0)),
        ("f o", (0, 6)),
        ("f o ;", (1, 2)),
        ("f o ; ,", (0, 6)),
        ("t o", (0, 5)),
        ("G", (9, 0)),
        ("G b", (4, 3)),
        ("}", (3, 0)),
        ("} }", (5, 0)),
        ("3 G g", (0, 0)),
        ("3 g", (2, 0)),
        ("2 j l l l", (2, 4)),
        ("2 j ^", (2, 2)),
        ("H", (0, 0)),
        ("L k k", (7, 0)),
        ("j j $ j", (3, 0)),
    ],
)
def test_where_the_motions_lead(keys: str, cursor: tuple[int, int]) -> None:
    emulator = Emulator(12, 10)
    emulator.feed("ab cd/ef.o (/o/ x\r\n  日本語\r\n\r\n a b\r\n".replace("cd/ef.o", "cd/o;,;.").encode())
    copying = CopyMode(emulator, Place(0, 0))
    names = {"$": "dollar_sign", ";": "semicolon", ",": "comma", "}": "right_curly_bracket", "^": "circumflex_accent"}
    for key in keys.split():
        copying.press(names.get(key, key), key, 0)
    assert (copying.cursor.line, copying.cursor.column) == cursor


def test_a_block_keeps_its_corner_over_short_lines() -> None:
    emulator = Emulator(12, 4)
    emulator.feed(b"abcdef\r\nab\r\nabcdef")
    copying = CopyMode(emulator, Place(0, 3))
    for key in ("ctrl+v", "j", "j", "l"):
        copying.press(key, None, 0)
    assert copying.selection is not None
    assert text_of(copying.selection, emulator) == "de\n\nde"
