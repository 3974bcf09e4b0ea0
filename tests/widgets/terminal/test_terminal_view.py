"""The view in a Textual app without a terminal: what goes in, what comes out, what is shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

import pytest
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import MouseDown, MouseMove, MouseScrollUp, MouseUp, Paste
from textual.geometry import Region
from textual.message import Message
from textual.pilot import Pilot
from textual.strip import Strip
from textual.widgets import Input

from mooring_widgets.emulator import Emulator, Settings
from mooring_widgets.terminal import RawKey, RawKeyApp, TerminalView
from mooring_widgets.terminal.bell_flash import BellFlash
from mooring_widgets.terminal.extra_buttons import ExtraButtonDown, ExtraButtonUp, as_extra


class Host(RawKeyApp[None]):
    """A view and an input field, and everything that the view tells."""

    CSS = "TerminalView { width: 40; height: 10; } Input { height: 3; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "note('quit')", priority=True),
        Binding("f12", "note('leader')"),
        Binding("escape", "note('escape')", priority=True),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.told: list[Message] = []
        self.noted: list[str] = []

    def compose(self) -> ComposeResult:
        """The two."""
        yield TerminalView(reserved_keys=["f12"], settings=Settings(scrollback_lines=1000))
        yield Input()

    @property
    def view(self) -> TerminalView:
        """The view."""
        return self.query_one(TerminalView)

    def on_mount(self) -> None:
        """Type at the view."""
        self.view.focus()

    def action_note(self, what: str) -> None:
        """A binding was pressed."""
        self.noted.append(what)

    def on_terminal_view_input(self, message: TerminalView.Input) -> None:
        """Keep it."""
        self.told.append(message)

    def on_terminal_view_consumed(self, message: TerminalView.Consumed) -> None:
        """Keep it."""
        self.told.append(message)

    def on_terminal_view_title_changed(self, message: TerminalView.TitleChanged) -> None:
        """Keep it."""
        self.told.append(message)

    def on_terminal_view_bell_rang(self, message: TerminalView.BellRang) -> None:
        """Keep it."""
        self.told.append(message)

    def on_terminal_view_clipboard_requested(self, message: TerminalView.ClipboardRequested) -> None:
        """Keep it."""
        self.told.append(message)

    def on_terminal_view_link_activated(self, message: TerminalView.LinkActivated) -> None:
        """Keep it."""
        self.told.append(message)

    def on_terminal_view_copied(self, message: TerminalView.Copied) -> None:
        """Have a clipboard."""
        self.copy_to_clipboard(message.text)

    @property
    def typed(self) -> bytes:
        """What the remote program would have read."""
        return b"".join(message.data for message in self.told if isinstance(message, TerminalView.Input))

    def shown(self) -> list[str]:
        """The view's rows as they are painted."""
        view = self.view
        return [view.render_line(y).text.rstrip() for y in range(view.size.height)]


async def fed(pilot: Pilot[None], data: bytes) -> Host:
    """Feed the view, and wait until all of it is on the screen."""
    app = pilot.app
    assert isinstance(app, Host)
    app.view.feed(data)
    await until(pilot, lambda: app.view.pending == 0)
    return app


async def until(pilot: Pilot[None], ready: Callable[[], bool]) -> None:
    """Let the app work until it is ready; the test's own time limit ends what never is."""
    while not ready():
        await pilot.pause()
    await pilot.pause()


def press(app: Host, *sequences: str) -> None:
    """Type sequences as the driver gives them."""
    for sequence in sequences:
        app.post_message(RawKey.from_sequence(sequence))


async def test_keys_belong_to_the_terminal_but_for_the_reserved_ones() -> None:
    async with Host().run_test() as pilot:
        app = await fed(pilot, b"")
        press(app, "a", "\x11", "\x10", "\x1b", "\x1b.", "\t", "\x1b[24~", "\x03")
        await until(pilot, lambda: app.typed.endswith(b"\x03"))
        assert app.typed == b"a\x11\x10\x1b\x1b.\t\x03"
        assert app.noted == ["leader"]


async def test_other_widgets_get_ordinary_keys_and_no_releases() -> None:
    async with Host().run_test() as pilot:
        app = await fed(pilot, b"")
        field = app.query_one(Input)
        field.focus()
        press(app, "h", "é", "\x1b[97;1:3u", "\x1b[57441;2u", "\x1b[97:65;2u", "\x11")
        await until(pilot, lambda: app.noted == ["quit"])
        assert field.value == "héA"
        assert app.typed == b""


async def test_keys_of_textuals_own_drivers_work_too() -> None:
    async with Host().run_test() as pilot:
        app = await fed(pilot, b"\x1b[?1h")
        await pilot.press("x", "ctrl+a", "up", "alt+full_stop", "enter", "space")
        await until(pilot, lambda: app.typed.endswith(b" "))
        assert app.typed == b"x\x01\x1bOA\x1b.\r "


async def test_output_is_shown_and_counted_and_replies_go_back() -> None:
    async with Host().run_test() as pilot:
        output = b"one\r\n\x1b]2;a title\x07\x07two\x1b[6n"
        app = await fed(pilot, output)
        assert app.shown()[:2] == ["one", "two"]
        assert app.typed == b"\x1b[2;4R"
        assert sum(message.count for message in app.told if isinstance(message, TerminalView.Consumed)) == len(output)
        assert [message.title for message in app.told if isinstance(message, TerminalView.TitleChanged)] == ["a title"]
        assert sum(isinstance(message, TerminalView.BellRang) for message in app.told) == 1


async def test_scrolling_back_stays_at_its_text_until_something_is_typed() -> None:
    async with Host().run_test() as pilot:
        app = await fed(pilot, b"".join(b"line %d\r\n" % number for number in range(100)))
        press(app, "\x1b[5;2~")
        await until(pilot, lambda: app.view.back > 0)
        before = app.shown()
        assert before[0] == "line 82"
        await fed(pilot, b"more\r\nand more\r\n")
        assert app.shown() == before
        press(app, "\x1b[1;2H")
        await until(pilot, lambda: app.shown()[0].startswith("line 0"))
        press(app, "x")
        await until(pilot, lambda: app.view.back == 0)
        assert app.shown()[8] == "and more"
        assert app.typed == b"x"


async def test_the_wheel_scrolls_moves_the_cursor_or_is_reported() -> None:
    async with Host().run_test() as pilot:
        app = await fed(pilot, b"x\r\n" * 50)

        def turn() -> None:
            app.post_message(MouseScrollUp(None, 3, 4, 0, 0, 0, False, False, False, screen_x=3, screen_y=4))

        turn()
        await until(pilot, lambda: app.view.back == 3)
        await fed(pilot, b"\x1b[?1049h")
        turn()
        await until(pilot, lambda: app.typed == b"\x1b[A" * 3)
        await fed(pilot, b"\x1b[?1000h\x1b[?1006h")
        turn()
        await until(pilot, lambda: app.typed.endswith(b"\x1b[<64;4;5M"))


async def drag(pilot: Pilot[None], first: tuple[int, int], last: tuple[int, int], *, shift: bool = False) -> None:
    """Drag the mouse with the left button."""
    for kind, place, button in ((MouseDown, first, 1), (MouseMove, last, 1), (MouseUp, last, 1)):
        x, y = place
        pilot.app.post_message(kind(None, x, y, 0, 0, button, shift, False, False, screen_x=x, screen_y=y))
    await pilot.pause()


async def test_the_mouse_selects_and_copies_and_shift_does_so_whatever_the_program_asked_for() -> None:
    async with Host().run_test() as pilot:
        app = await fed(pilot, b"hello world\r\nsecond")
        await drag(pilot, (6, 0), (2, 1))
        await until(pilot, lambda: app.clipboard == "world\nsec")
        await fed(pilot, b"\x1b[?1002h\x1b[?1006h")
        await drag(pilot, (0, 0), (4, 0))
        await until(pilot, lambda: app.typed.endswith(b"m"))
        assert app.typed == b"\x1b[<0;1;1M\x1b[<32;5;1M\x1b[<0;5;1m"
        await drag(pilot, (0, 0), (4, 0), shift=True)
        await until(pilot, lambda: app.clipboard == "hello")


async def test_the_bell_is_seen_for_a_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mooring_widgets.terminal.bell_flash._SECONDS", 1.0)  # long enough for a busy machine to see
    async with Host().run_test() as pilot:
        app = await fed(pilot, b"first\r\nsecond")
        plain = app.view.render_line(1)
        app.view.feed(b"\x07")
        await until(pilot, lambda: app.view.render_line(1) != plain)
        flashing = app.view.render_line(1)
        assert flashing.text == plain.text
        assert all(segment.style is not None and segment.style.reverse for segment in flashing)
        await until(pilot, lambda: app.view.render_line(1) == plain)
        assert any(isinstance(message, TerminalView.BellRang) for message in app.told)


def test_a_bell_without_end_does_not_flicker(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    monkeypatch.setattr("mooring_widgets.terminal.bell_flash.monotonic", lambda: now)
    ends: list[Callable[[], None]] = []
    bell = BellFlash(Emulator(20, 4), lambda _seconds, end: ends.append(end), lambda _line: None)
    for _ in range(100):
        bell.ring()
        now += 0.02
    assert len(ends) == 4, "two flashes a second"


async def test_the_wheel_moves_through_a_pager_unless_the_program_wants_none_of_it() -> None:
    async with Host().run_test() as pilot:
        app = await fed(pilot, b"\x1b[?1049h")
        wheel = MouseScrollUp(None, 0, 0, 0, 0, 0, False, False, False, screen_x=0, screen_y=0)
        app.post_message(wheel)
        await until(pilot, lambda: app.typed == b"\x1b[A" * 3)
        await fed(pilot, b"\x1b[?1007l")
        app.post_message(MouseScrollUp(None, 0, 0, 0, 0, 0, False, False, False, screen_x=0, screen_y=0))
        press(app, "x")
        await until(pilot, lambda: app.typed == b"\x1b[A" * 3 + b"x")


async def test_the_mouse_selects_large_characters_where_they_are_shown() -> None:
    async with Host().run_test() as pilot:
        app = await fed(pilot, b"\x1b#6hello world")
        assert app.shown()[0] == "h e l l o   w o r l d"
        await drag(pilot, (0, 0), (8, 0))
        await until(pilot, lambda: app.clipboard == "hello")
        cursor = app.view.hardware_cursor()
        assert cursor is not None
        assert cursor.x == app.view.content_region.x + 2 * len("hello world")


async def test_pixels_are_those_that_the_program_is_told_of() -> None:
    async with Host().run_test() as pilot:
        app = await fed(pilot, b"\x1b[?1000;1016h\x1b[16t")
        app.view.emulator.set_cell_pixels(7, 15)
        app.view.feed(b"\x1b[16t")
        app.post_message(MouseDown(None, 2.5, 1, 0, 0, 1, False, False, False, screen_x=2.5, screen_y=1))
        await until(pilot, lambda: app.typed.endswith(b"M"))
        assert app.typed == b"\x1b[6;16;8t\x1b[6;15;7t\x1b[<0;18;16M"


async def test_further_mouse_buttons_are_the_programs_alone() -> None:
    async with Host().run_test() as pilot:
        app = await fed(pilot, b"text")
        down = ExtraButtonDown(None, 2, 1, 0, 0, 8, False, False, False, screen_x=2, screen_y=1)
        up = ExtraButtonUp(None, 2, 1, 0, 0, 8, False, False, False, screen_x=2, screen_y=1)
        app.post_message(down)
        await pilot.pause()
        await fed(pilot, b"\x1b[?1000;1006h")
        app.post_message(as_extra(MouseDown(None, 2, 1, 0, 0, 1, False, False, False, screen_x=2, screen_y=1), 9))
        app.post_message(up)
        await until(pilot, lambda: app.typed.endswith(b"m"))
        assert app.typed == b"\x1b[<129;3;2M\x1b[<128;3;2m"


async def test_a_selection_is_painted_over_its_cells_alone() -> None:
    async with Host().run_test() as pilot:
        app = await fed(pilot, b"hello world")
        plain = app.view.render_line(0)
        app.post_message(MouseDown(None, 0, 0, 0, 0, 1, False, False, False, screen_x=0, screen_y=0))
        app.post_message(MouseMove(None, 4, 0, 0, 0, 1, False, False, False, screen_x=4, screen_y=0))
        await until(pilot, lambda: app.view.selected_text == "hello")
        first, second, *_ = app.view.render_line(0)
        assert (first.text, second.text) == ("hello", " world")
        assert first.style != next(iter(plain)).style
        press(app, "x")
        await until(pilot, lambda: app.view.selected_text == "")
        assert app.view.render_line(0) == plain


async def test_links_open_on_ctrl_click() -> None:
    async with Host().run_test() as pilot:
        app = await fed(pilot, b"see https://example.com/a now")
        for kind in (MouseDown, MouseUp):
            app.post_message(kind(None, 8, 0, 0, 0, 1, False, False, True, screen_x=8, screen_y=0))
        await until(pilot, lambda: any(isinstance(message, TerminalView.LinkActivated) for message in app.told))
        (link,) = [message for message in app.told if isinstance(message, TerminalView.LinkActivated)]
        assert link.link.address == "https://example.com/a"


async def test_pastes_are_bracketed_when_asked_for() -> None:
    async with Host().run_test() as pilot:
        app = await fed(pilot, b"")
        app.post_message(Paste("one\ntwo\x1b[201~"))
        await until(pilot, lambda: app.typed == b"one\rtwo[201~")
        await fed(pilot, b"\x1b[?2004h")
        app.post_message(Paste("x"))
        await until(pilot, lambda: app.typed.endswith(b"\x1b[200~x\x1b[201~"))


async def test_focus_is_told_to_a_program_that_asked() -> None:
    async with Host().run_test() as pilot:
        app = await fed(pilot, b"\x1b[?1004h")
        app.query_one(Input).focus()
        await until(pilot, lambda: app.typed == b"\x1b[O")
        app.view.focus()
        await until(pilot, lambda: app.typed == b"\x1b[O\x1b[I")


async def test_only_a_focused_view_passes_on_the_clipboard() -> None:
    async with Host().run_test() as pilot:
        app = await fed(pilot, b"\x1b]52;c;aGVsbG8=\x07")
        asked = [message.text for message in app.told if isinstance(message, TerminalView.ClipboardRequested)]
        assert asked == ["hello"]
        app.query_one(Input).focus()
        await pilot.pause()
        await fed(pilot, b"\x1b]52;c;d29ybGQ=\x07")
        assert sum(isinstance(message, TerminalView.ClipboardRequested) for message in app.told) == 1


async def test_a_finished_view_keeps_its_text_and_lets_keys_go() -> None:
    async with Host().run_test() as pilot:
        app = await fed(pilot, b"\x1b[?1000hlast words\r\n" + b"x\r\n" * 30)
        app.view.show_notice("connection lost")
        app.view.finish("exit status 3")
        await pilot.pause()
        assert "connection lost" in app.shown()
        assert "exit status 3" in app.shown()
        assert all(segment.style is not None and segment.style.dim for segment in app.view.render_line(0))
        press(app, "x", "\x1b", "\x1b[5;2~")
        await until(pilot, lambda: app.view.back > 0)
        assert app.typed == b""
        assert app.noted == ["escape"]


async def test_a_hidden_view_is_fed_and_shows_all_of_it_when_it_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    async with Host().run_test() as pilot:
        app = await fed(pilot, b"before\r\n")
        app.view.display = False
        await pilot.pause()
        painted: list[Region] = []
        render_lines = app.view.render_lines

        def counting(crop: Region) -> list[Strip]:
            painted.append(crop)
            return render_lines(crop)

        monkeypatch.setattr(app.view, "render_lines", counting)
        await fed(pilot, b"while hidden\r\n")
        assert painted == []
        app.view.display = True
        await until(pilot, lambda: bool(painted))
        assert app.shown()[:2] == ["before", "while hidden"]


@pytest.mark.parametrize("no_color", [False, True])
async def test_no_color_leaves_remote_colours_alone(monkeypatch: pytest.MonkeyPatch, no_color: bool) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    if no_color:
        monkeypatch.setenv("NO_COLOR", "1")
    async with Host().run_test() as pilot:
        app = await fed(pilot, b"\x1b[31mred\x1b[38;5;99mviolet")
        strip = app.view.render_lines(app.view.size.region)[0]
        assert strip.render(app.console).startswith("\x1b[31mred\x1b[0m\x1b[38;5;99mviolet\x1b[0m")


async def test_synchronized_output_is_shown_whole() -> None:
    async with Host().run_test() as pilot:
        app = await fed(pilot, b"old")
        await fed(pilot, b"\x1b[?2026h\rnew")
        assert app.shown()[0] == "old"
        await fed(pilot, b" text\x1b[?2026l")
        assert app.shown()[0] == "new text"


async def test_the_view_takes_any_size() -> None:
    async with Host().run_test() as pilot:
        app = await fed(pilot, b"some text that wraps when it gets narrow")
        for width, height in ((1, 1), (2, 1), (80, 3), (40, 10)):
            app.view.styles.width, app.view.styles.height = width, height
            await pilot.pause()
            assert all(app.view.render_line(y).cell_length == app.view.size.width for y in range(height))
        assert app.shown()[0] == "some text that wraps when it gets narrow"
