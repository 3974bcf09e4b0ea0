"""Selecting: by words and lines over the edges that autowrap broke, rectangles, and what becomes of a selection."""

from __future__ import annotations

import pytest
from textual.events import MouseDown, MouseMove, MouseUp
from textual.pilot import Pilot

from mooring_widgets.emulator import Emulator
from mooring_widgets.terminal.place import Place
from mooring_widgets.terminal.selected_text import pieces_of, text_of
from mooring_widgets.terminal.selection import Selection, Unit, word_pattern
from widgets.terminal.test_terminal_view import Host, fed, until


def selected(emulator: Emulator, first: tuple[int, int], last: tuple[int, int], **choices: object) -> str:
    """The text between two (line, column)."""
    return text_of(Selection(Place(*first), Place(*last), **choices), emulator)  # type: ignore[arg-type]


@pytest.fixture
def emulator() -> Emulator:
    emulator = Emulator(10, 6, scrollback_lines=100)
    emulator.feed("one /usr/share/doc\r\nab日本cd\r\n\r\nx  \r\nlast".encode())
    return emulator


def test_words_and_lines_are_taken_whole_over_the_edge(emulator: Emulator) -> None:
    for column in (4, 9):
        assert selected(emulator, (0, column), (0, column), unit=Unit.WORD) == "/usr/share/doc"
    assert selected(emulator, (1, 3), (1, 3), unit=Unit.WORD) == "/usr/share/doc"
    assert selected(emulator, (1, 0), (1, 0), unit=Unit.LINE) == "one /usr/share/doc"
    assert selected(emulator, (1, 0), (2, 0), unit=Unit.LINE) == "one /usr/share/doc\nab日本cd"
    assert selected(emulator, (0, 5), (0, 5), unit=Unit.WORD, words=word_pattern("")) == "usr"


def test_a_rectangle_takes_columns_and_whole_wide_characters(emulator: Emulator) -> None:
    assert selected(emulator, (1, 1), (2, 3), block=True) == "are\nb日"
    assert selected(emulator, (2, 3), (1, 1), block=True) == "are\nb日"
    assert selected(emulator, (2, 5), (4, 6), block=True) == "本c\n\n"
    assert Selection(Place(2, 3), Place(2, 3), block=True).columns(2, emulator.row_at) == (2, 4)


def test_blanks_at_line_ends_are_dropped_and_empty_lines_are_not(emulator: Emulator) -> None:
    assert selected(emulator, (2, 6), (5, 3)) == "cd\n\nx\nlast"


def test_a_long_selection_comes_in_pieces(emulator: Emulator) -> None:
    emulator = Emulator(20, 4, scrollback_lines=5000)
    for _ in range(10):
        emulator.feed(b"".join(b"line %d\r\n" % number for number in range(300)))
    selection = Selection(Place(0, 0), Place(2999, 19))
    pieces = list(pieces_of(selection, emulator))
    assert len(pieces) > 5
    assert text_of(selection, emulator).split("\n") == [f"line {number}" for _ in range(10) for number in range(300)]


def mouse(pilot: Pilot[None], kind: type[MouseDown | MouseMove | MouseUp], x: int, y: int, **held: bool) -> None:
    """One event of the left button."""
    shift, meta, ctrl = (held.get(name, False) for name in ("shift", "meta", "ctrl"))
    pilot.app.post_message(kind(None, x, y, 0, 0, 1, shift, meta, ctrl, screen_x=x, screen_y=y))


async def test_clicks_take_words_and_lines() -> None:
    async with Host().run_test() as pilot:
        app = await fed(pilot, b"cat /etc/hosts now")
        for wanted in ("", "/etc/hosts", "cat /etc/hosts now"):
            mouse(pilot, MouseDown, 6, 0)
            mouse(pilot, MouseUp, 6, 0)
            await until(pilot, lambda wanted=wanted: app.view.selected_text == wanted)  # type: ignore[misc]
        assert app.clipboard == "cat /etc/hosts now"


@pytest.mark.parametrize("modifier", ["ctrl", "meta"])
async def test_dragging_with_ctrl_or_alt_takes_a_rectangle(modifier: str) -> None:
    async with Host().run_test() as pilot:
        app = await fed(pilot, b"https://a\r\nline two\r\nline three")
        for kind, x, y in ((MouseDown, 5, 0), (MouseMove, 8, 2), (MouseUp, 8, 2)):
            mouse(pilot, kind, x, y, **{modifier: True})
        await until(pilot, lambda: app.clipboard == "://a\ntwo\nthre")
        assert not any(message.control is not app.view for message in app.told)


async def test_a_drag_beyond_the_edge_scrolls_on_by_itself_and_keeps_its_anchor() -> None:
    async with Host().run_test() as pilot:
        app = await fed(pilot, b"".join(b"line %d\r\n" % number for number in range(200)) + b"end")
        bottom = app.view.size.height - 1
        mouse(pilot, MouseDown, 2, bottom)
        await until(pilot, lambda: app.mouse_captured is app.view)
        mouse(pilot, MouseMove, 0, -2)
        await until(pilot, lambda: app.view.back > 30)
        mouse(pilot, MouseMove, 0, 0)
        await pilot.pause()
        back = app.view.back
        mouse(pilot, MouseUp, 0, 0)
        await until(pilot, lambda: app.clipboard.endswith("\nend"))
        assert app.view.back == back
        assert app.clipboard.startswith(app.shown()[0] + "\n")


async def test_a_selection_stays_while_its_lines_do_and_goes_when_they_change() -> None:
    async with Host().run_test() as pilot:
        app = await fed(pilot, b"one\r\ntwo\r\nthree\r\n")
        app.view.select(Selection(Place(0, 0), Place(1, 2)))
        await fed(pilot, b"more\r\n" * 60)
        assert app.view.selected_text == "one\ntwo"
        await fed(pilot, b"here\x1b[H")
        place = Place(app.view.emulator.scrolled_out, 0)
        app.view.select(Selection(place, Place(place.line, 3)))
        await fed(pilot, b"\x1b[4Belsewhere")
        assert app.view.selected_text == "more"
        await fed(pilot, b"\x1b[Hother")
        assert app.view.selected_text == ""
        app.view.select(Selection(Place(0, 0), Place(1, 2)))
        await fed(pilot, b"\x1b[3J")
        assert app.view.selected_text == ""


async def test_a_link_is_underlined_while_ctrl_would_follow_it() -> None:
    async with Host().run_test() as pilot:
        app = await fed(pilot, b"see \x1b[31mhttps://exam\x1b[32mple.com/a\x1b[m now")
        mouse(pilot, MouseMove, 8, 0, ctrl=True)
        await pilot.pause()
        underlined = "".join(part.text for part in app.view.render_line(0) if part.style and part.style.underline)
        assert underlined == "https://example.com/a"
        mouse(pilot, MouseMove, 8, 0)
        await pilot.pause()
        assert not any(part.style and part.style.underline for part in app.view.render_line(0))
