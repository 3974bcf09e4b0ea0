"""What of an emulator counts when two are compared, and what holds of any."""

from __future__ import annotations

from dataclasses import dataclass

from mooring_widgets.emulator import Cursor, Emulator, Modes, Row, Style


@dataclass(frozen=True)
class RowState:
    """A row without its version, which says only when it changed."""

    cells: tuple[str, ...]
    runs: tuple[tuple[int, Style], ...]
    wrapped: bool


@dataclass(frozen=True)
class TerminalState:
    """Everything that a reader can ask of an emulator."""

    size: tuple[int, int]
    screen: tuple[RowState, ...]
    scrollback: tuple[RowState, ...]
    cursor: Cursor
    modes: Modes
    title: str


def row_state(row: Row) -> RowState:
    """The look of a row."""
    return RowState(row.cells, row.runs, row.wrapped)


def state_of(emulator: Emulator) -> TerminalState:
    """Read everything."""
    return TerminalState(
        size=(emulator.columns, emulator.lines),
        screen=tuple(row_state(row) for row in emulator.rows),
        scrollback=tuple(row_state(emulator.scrollback_row(y)) for y in range(emulator.scrollback_length)),
        cursor=emulator.cursor,
        modes=emulator.modes,
        title=emulator.title,
    )


def assert_sound(emulator: Emulator) -> None:
    """Assert what holds whatever was fed."""
    columns, lines = emulator.columns, emulator.lines
    cursor = emulator.cursor
    assert 0 <= cursor.x < columns
    assert 0 <= cursor.y < lines
    assert len(emulator.rows) == lines
    assert [len(text) >= 1 for text in emulator.display] == [True] * lines
    for row in (*emulator.rows, *(emulator.scrollback_row(y) for y in range(emulator.scrollback_length))):
        assert len(row.cells) == columns
        assert row.cells[0] != ""
        assert ("", "") not in zip(row.cells, row.cells[1:], strict=False)
        starts = [start for start, _style in row.runs]
        assert starts[0] == 0
        assert starts == sorted(set(starts))
        assert starts[-1] < columns
        assert not any(character < " " or "\x7f" <= character < "\xa0" for cell in row.cells for character in cell)
