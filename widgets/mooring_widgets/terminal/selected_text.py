"""The text of a selection, as it is copied."""

from __future__ import annotations

from collections.abc import Iterator

from mooring_widgets.emulator import TextRun
from mooring_widgets.terminal.place import Place
from mooring_widgets.terminal.selection import Selection
from mooring_widgets.terminal.text import Text


def text_of(selection: Selection, text: Text) -> str:
    """The selected text: lines that autowrap broke joined, blanks at the end of a line dropped, as xterm does."""
    return "".join(reversed(tuple(pieces_of(selection, text))))


def pieces_of(selection: Selection, text: Text) -> Iterator[str]:
    """The same in pieces, the last one first: a selection may be as long as the scrollback, so others get a turn."""
    first, last = selection.bounds(text.row_at)
    end = last.line + 1
    while end > first.line and (run := text.text_before(end)) is not None:
        run = run.clipped(first.line, end)
        yield "".join(_line(line, run, selection, first, last) for line in range(run.first, run.end))
        end = run.first


def _line(line: int, run: TextRun, selection: Selection, first: Place, last: Place) -> str:
    columns = run.columns_of(line)
    start = first.column if selection.block or line == first.line else 0
    end = last.column + 1 if selection.block or line == last.line else None
    if not isinstance(columns, str):
        while 0 < start < len(columns) and columns[start] == "":
            start -= 1
    part = "".join(columns[start:end])
    if not selection.block and line in run.wrapped and (end is None or end > len(columns)):
        return part
    part = part.rstrip(" ")
    return f"{part}\n" if line < last.line else part
