"""The line below both sides: how far copying has come, or how it went."""

from __future__ import annotations

from collections.abc import Callable

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget

from mooring.files.paths import last_part, shown
from mooring.model.amounts import rate_text, size_text, time_text
from mooring.model.files import CopyProgress
from mooring_widgets.plain_text import fit, plain_text

_BAR = 12
_FULL, _EMPTY = "█", "░"
_SHORTEST_NAME = 8


class TransferLine(Widget):
    """One line; gone while there is nothing to say."""

    COMPONENT_CLASSES = {"transfer--bar", "transfer--quiet", "transfer--bad", "transfer--good"}  # noqa: RUF012

    def __init__(self, stop_key: Callable[[], str]) -> None:
        """`stop_key` tells how a person calls the key that stops copying."""
        super().__init__()
        self._stop_key = stop_key
        self._content = Content("")
        self._progress: tuple[CopyProgress, str] | None = None

    def show_progress(self, progress: CopyProgress, arrow: str) -> None:
        """Show how far it is; the arrow says which way."""
        self._progress = (progress, arrow)
        self.display = True
        self.refresh()

    def show_end(self, text: str, *, failed: bool) -> None:
        """Show how it went."""
        self._progress = None
        self._content = Content.assemble((plain_text(text), ".transfer--bad" if failed else ".transfer--good"))
        self.display = bool(text)
        self.refresh()

    def render(self) -> Content:
        """The line, as much as fits; the file's name takes what the figures leave."""
        width = self.size.width
        if self._progress is None:
            return self._content.truncate(width, ellipsis=True)
        progress, arrow = self._progress
        stop = f"  {self._stop_key()} stops"
        bar = f"{_bar(progress)} " if width >= 60 else ""
        room = width - cell_len(f"{arrow} {bar}{stop}")
        figures = figures_of(progress, room)
        room -= cell_len(figures) + 2
        name = fit(plain_text(shown(last_part(progress.current))), room) if room >= _SHORTEST_NAME else ""
        return Content.assemble(
            f"{arrow} ", (bar, ".transfer--bar"), figures, f"  {name}" if name else "", (stop, ".transfer--quiet")
        )


def percent_of(progress: CopyProgress) -> int:
    """How much of the bytes, or where there are none of the files, is copied."""
    if progress.bytes_total:
        return min(100, 100 * progress.bytes_done // progress.bytes_total)
    return 100 * progress.files_done // progress.files_total if progress.files_total else 0


def figures_of(progress: CopyProgress, width: int) -> str:
    """Part of the whole, files, bytes, rate and time left; where not all fit, bytes and then files are left out."""
    words = {
        "amount": f"{size_text(progress.bytes_done)} of {size_text(progress.bytes_total)}",
        "files": f"{progress.files_done}/{progress.files_total} files" if progress.files_total > 1 else "",
        "rate": rate_text(progress.rate) if progress.rate else "",
        "left": f"{time_text(progress.left)} left" if progress.left is not None else "",
    }
    shown_first = [f"{percent_of(progress):3} %", words["files"], words["amount"], words["rate"], words["left"]]
    for gone in ("", *words.values()):
        shown_first = [word for word in shown_first if word and word != gone]
        if cell_len(line := "  ".join(shown_first)) <= width:
            break
    return line


def _bar(progress: CopyProgress) -> str:
    full = _BAR * percent_of(progress) // 100
    return _FULL * full + _EMPTY * (_BAR - full)
