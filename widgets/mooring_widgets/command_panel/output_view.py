"""What a program wrote, with its colours, to be read and scrolled; nobody types at it."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType

from mooring_widgets.emulator import Emulator
from mooring_widgets.terminal.painter import PalettePolicy
from mooring_widgets.terminal.picture import CursorLook
from mooring_widgets.terminal.surface import TerminalSurface

_WHEEL_LINES = 3


class OutputView(TerminalSurface, can_focus=True):
    """Takes bytes without a terminal on the other side: a line feed alone begins a line.

    Text that is not longer than the view stands at its top.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "scroll_lines(-1)", "Up", show=False),
        Binding("down,j", "scroll_lines(1)", "Down", show=False),
        Binding("pageup", "scroll_pages(-1)", "A page up", show=False),
        Binding("pagedown,space", "scroll_pages(1)", "A page down", show=False),
        Binding("home,g", "oldest", "To the first line", show=False),
        Binding("end,G", "live", "To the last line", show=False),
    ]

    def __init__(
        self,
        *,
        scrollback_lines: int = 5_000,
        scrollback_bytes: int = 4 * 1024 * 1024,
        palette: PalettePolicy = PalettePolicy.TERMINAL,
        id: str | None = None,
    ) -> None:
        super().__init__(scrollback_lines=scrollback_lines, scrollback_bytes=scrollback_bytes, palette=palette, id=id)
        self.visual_bell = False
        self._begin(self.emulator)

    @staticmethod
    def _begin(emulator: Emulator) -> None:
        """New line mode (LNM), and no cursor."""
        emulator.feed(b"\x1b[20h\x1b[?25l")

    def action_scroll_lines(self, count: int) -> None:
        """Scroll by lines."""
        self.scroll_by_lines(count)

    def action_scroll_pages(self, count: int) -> None:
        """Scroll by pages."""
        self.scroll_by_pages(count)

    def action_oldest(self) -> None:
        """Show the first line."""
        self.scroll_to_oldest()

    def action_live(self) -> None:
        """Show the last line."""
        self.scroll_to_live()

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Wheel away from the person."""
        event.stop()
        self.scroll_by_lines(-_WHEEL_LINES)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Wheel towards the person."""
        event.stop()
        self.scroll_by_lines(_WHEEL_LINES)

    def _cursor_look(self) -> CursorLook:
        return CursorLook.NONE
