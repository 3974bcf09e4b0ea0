"""What the owner of an emulator may decide."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from time import monotonic

from mooring_widgets.emulator.rgb import Rgb

_LIGHT_GREY = Rgb(0xE5, 0xE5, 0xE5)
_BLACK = Rgb(0, 0, 0)


@dataclass(frozen=True, slots=True)
class Settings:
    """The choices of one emulator; each has a default that is safe with a hostile host.

    `allow_checksum_reports` answers DECRQCRA, by which a program can read the screen; `allow_resize` lets programs
    choose the size (DECCOLM, DECSCPP, DECSLPP, DECSNLS, XTWINOPS 8); `kitty_flags_granted` are the progressive
    enhancements that the outer terminal gave us (a request is cut to them); `cell_pixels` is (width, height) of a cell,
    for reports, until `Emulator.set_cell_pixels` tells another; `clipboard_limit` caps OSC 52 in bytes;
    `synchronized_timeout` is in seconds.
    """

    scrollback_lines: int = 10_000
    scrollback_bytes: int = 32 * 1024 * 1024
    allow_checksum_reports: bool = False
    allow_resize: bool = False
    kitty_flags_granted: int = 0b11111
    foreground: Rgb = _LIGHT_GREY
    background: Rgb = _BLACK
    cursor_color: Rgb = _LIGHT_GREY
    palette: tuple[Rgb, ...] = ()
    dark: bool = True
    cell_pixels: tuple[int, int] = (8, 16)
    clipboard_limit: int = 1024 * 1024
    title_limit: int = 1024
    synchronized_timeout: float = 1.0
    clock: Callable[[], float] = field(default=monotonic)

    @property
    def dynamic_colours(self) -> dict[str, Rgb]:
        """The colours of OSC 10 to 12 by name."""
        return {"foreground": self.foreground, "background": self.background, "cursor": self.cursor_color}

    def with_scrollback(self, lines: int | None, size: int | None) -> Settings:
        """The same with other bounds for the scrollback, where given."""
        return replace(
            self,
            scrollback_lines=self.scrollback_lines if lines is None else max(lines, 0),
            scrollback_bytes=self.scrollback_bytes if size is None else max(size, 0),
        )
