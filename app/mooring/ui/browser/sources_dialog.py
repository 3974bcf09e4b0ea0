"""Every source of machines: how many it named, whether it is still being read, and all that it had to say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from mooring.inventory import SourceStatus
from mooring.inventory.annotations import NAME as ANNOTATIONS
from mooring.model.errors import MooringError
from mooring.ui.dialogs.dialog import Dialog
from mooring.ui.problems import problem_lines, shorten_home
from mooring_widgets.plain_text import plain_text

MOST_PROBLEMS = 50
"""Problems that are told of one source: a broken file can have one in each of its lines."""

_READING, _WELL, _WRONG = "◌", "●", "!"


class SourcesText(Static):
    """The text, with the styles of its parts."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"sources--name", "sources--good", "sources--bad", "sources--quiet"}


class SourcesDialog(Dialog[None]):
    """Follows what `show` tells while it is open; `read_again` has all sources read."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,S", "close", "Close", show=False),
        Binding("r,ctrl+r", "read_again", "Read again", show=False),
    ]

    def __init__(
        self, sources: Sequence[SourceStatus], settings: Sequence[MooringError], read_again: Callable[[], None]
    ) -> None:
        """`settings` are problems of what names the sources."""
        super().__init__()
        self._sources = sources
        self._settings = settings
        self._read_again = read_again

    def compose(self) -> ComposeResult:
        """One text that scrolls."""
        with Vertical(classes="card card-wide sources"):
            yield Static("Sources of machines", classes="card--title", markup=False)
            with VerticalScroll():
                yield SourcesText(self._text())
            yield Static("r reads them again, esc closes", classes="card--quiet", markup=False)

    def on_mount(self) -> None:
        """The list scrolls at once."""
        self.query_one(VerticalScroll).focus()

    def show(self, sources: Sequence[SourceStatus]) -> None:
        """Tell how it stands now."""
        self._sources = sources
        if self.is_mounted:
            self.query_one(SourcesText).update(self._text())

    def action_read_again(self) -> None:
        """Have all of them read."""
        self._read_again()

    def action_close(self) -> None:
        """Back to the list."""
        self.dismiss(None)

    def _text(self) -> Content:
        width = max((len(source.name) for source in self._sources), default=0)
        blocks = [_source(source, width) for source in self._sources]
        if self._settings:
            blocks.append(Content.assemble(f"{_WRONG} settings", *_problems(self._settings)))
        return Content("\n\n").join(blocks)


def _source(source: SourceStatus, width: int) -> Content:
    sign = _READING if source.reading else _WRONG if source.problems else _WELL
    style = ".sources--bad" if source.problems else ".sources--good" if not source.reading else ".sources--quiet"
    noun = "machine" if source.machine_count == 1 else "machines"
    words = "adds to the machines of the others" if source.name == ANNOTATIONS else f"{source.machine_count} {noun}"
    if source.reading:
        words = "being read …" if not source.machine_count else f"{words}, being read again …"
    remarks = [
        line for remark in source.remarks for line in ("\n  ", (plain_text(shorten_home(remark)), ".sources--quiet"))
    ]
    return Content.assemble(
        (sign, style),
        " ",
        (plain_text(source.name).ljust(width), ".sources--name"),
        f"  {words}",
        *_problems(source.problems, source.name),
        *remarks,
    )


def _problems(problems: Sequence[MooringError], source: str = "") -> list[str | tuple[str, str]]:
    parts: list[str | tuple[str, str]] = []
    for problem in problems[:MOST_PROBLEMS]:
        for line in problem_lines(problem):
            parts += ["\n  ", (line.removeprefix(f"{source}: "), ".sources--bad")]
        if problem.hint:
            parts += ["\n  ", plain_text(shorten_home(problem.hint))]
    if len(problems) > MOST_PROBLEMS:
        parts.append(f"\n  and {len(problems) - MOST_PROBLEMS} more")
    return parts
