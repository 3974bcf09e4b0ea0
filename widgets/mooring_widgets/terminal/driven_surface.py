"""A surface that knows the person's terminal: what that can do, and how an echo gets there at once."""

from __future__ import annotations

from collections.abc import Sequence
from time import perf_counter

from textual import events
from textual.screen import UPDATE_PERIOD

from mooring_widgets.direct_paint import paint_rows
from mooring_widgets.emulator import Rgb
from mooring_widgets.terminal.driver import TerminalDriver
from mooring_widgets.terminal.painter import PalettePolicy
from mooring_widgets.terminal.surface import TerminalSurface

_TYPING = 0.03
"""Seconds after a key during which slices are short, so that the key and its echo get through Textual quickly."""
_TYPING_ELSEWHERE = 1.0
"""Seconds after a key during which a view that nobody sees is taken for one beside which somebody types: the next key
comes before they are over, and finds the loop free."""


class DrivenSurface(TerminalSurface):
    """A surface in an app with `TerminalDriver`: it promises the remote program what the person's terminal can do, and
    paints past Textual's timer. With another driver it is a surface like any other.
    """

    _painted_directly = 0.0
    """When it was, by `perf_counter`."""

    def on_mount(self) -> None:
        """Hear what the person's terminal tells of itself."""
        if (driver := self._terminal_driver) is not None:
            driver.reported.subscribe(self, lambda _nothing: self._terminal_reported(driver), immediate=True)
            self._terminal_reported(driver)

    def on_resize(self, event: events.Resize) -> None:
        """A cell may have another size now too."""
        del event
        self._measure_cell()

    def _terminal_reported(self, driver: TerminalDriver) -> None:
        """Promise the remote program the keys that the person's terminal gives; tell it its colours and pixels."""
        self.emulator.grant_kitty_flags(driver.kitty_flags)
        self._measure_cell()
        self._repaint()

    def _measure_cell(self) -> None:
        driver = self._terminal_driver
        if driver is not None and (pixels := driver.cell_pixels) is not None:
            self.emulator.set_cell_pixels(*pixels)

    @property
    def _terminal_driver(self) -> TerminalDriver | None:
        driver = self.app._driver if self.is_attached else None
        return driver if isinstance(driver, TerminalDriver) else None

    # What a surface leaves open.

    def _is_typing(self) -> bool:
        driver = self._terminal_driver
        typing = _TYPING if self._shown else _TYPING_ELSEWHERE
        return driver is not None and perf_counter() - driver.last_key_time < typing

    def _default_colours(self) -> tuple[Rgb, Rgb] | None:
        driver = self._terminal_driver
        if self._palette is not PalettePolicy.TERMINAL or driver is None:
            return super()._default_colours()
        if driver.foreground is None or driver.background is None:
            return None
        return driver.foreground, driver.background

    def _paint(self) -> None:
        super()._paint()
        if self.has_focus and (driver := self._terminal_driver) is not None:
            driver.refresh_cursor()

    def _paint_now(self, rows: Sequence[int]) -> bool:
        """Paint at once, so that an echo is seen at once; what comes thick and fast is left to Textual's timer."""
        driver = self._terminal_driver
        now = perf_counter()
        if driver is None or self.gutter or (now - self._painted_directly < UPDATE_PERIOD and not self._is_typing()):
            return False
        self._painted_directly = now
        width = self.content_size.width
        return paint_rows(self, driver, {y: self._picture.strip(y, width) for y in rows})
