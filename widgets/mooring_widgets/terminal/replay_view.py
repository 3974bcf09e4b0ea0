"""A terminal that somebody else feeds: it shows an emulator as it is, in that emulator's own size."""

from __future__ import annotations

from textual.geometry import Size

from mooring_widgets.emulator import Emulator
from mooring_widgets.terminal.painter import PalettePolicy
from mooring_widgets.terminal.picture import Picture
from mooring_widgets.terminal.surface import TerminalSurface
from mooring_widgets.terminal.viewport import Viewport


class ReplayView(TerminalSurface):
    """As large as its emulator; put it into something that scrolls. What is told beside the text is passed over."""

    DEFAULT_CSS = "ReplayView { width: auto; height: auto; }"

    def __init__(self, emulator: Emulator, *, palette: PalettePolicy = PalettePolicy.TERMINAL) -> None:
        super().__init__(palette=palette)
        self._painted_size = (0, 0)
        self._take(emulator)

    def show(self, emulator: Emulator) -> None:
        """Show what an emulator shows now; it may be another one than before."""
        emulator.take_events()
        if emulator is not self.emulator:
            self._take(emulator)
            self._repaint()
        if (emulator.columns, emulator.lines) != self._painted_size:
            self.refresh(layout=True)
            self._painted_size = (emulator.columns, emulator.lines)
        self._paint()

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """The emulator's columns."""
        return self.emulator.columns

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The emulator's lines."""
        return self.emulator.lines

    def _take(self, emulator: Emulator) -> None:
        before = self._picture
        self.emulator = emulator
        self._viewport = Viewport(emulator)
        self._picture = Picture(emulator, self._viewport, before._painter, before._styles)

    def _take_size(self, columns: int, lines: int) -> None:
        """The recording decides about the size."""
