"""Lines of the list as strips of styled text. Pure: the styles come in, nothing is looked up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from mooring_widgets.machine_list.columns import GAP, Column, ColumnSpan
from mooring_widgets.machine_list.filtering import Highlights
from mooring_widgets.machine_list.outline import GroupLine
from mooring_widgets.machine_list.row import GUARD_SIGN, MARK_SIGN, PROBLEM_SIGN, STATE_SIGNS, MachineRow, RowState
from mooring_widgets.plain_text import fit, plain_text


@dataclass(frozen=True, slots=True)
class LineStyles:
    """The styles of one line, all of them on the line's own background."""

    base: Style
    name: Style
    dim: Style
    match: Style
    group: Style
    mark: Style
    problem: Style
    guard: Style
    states: dict[RowState, Style]


MARGIN = 4
"""Cells before the name: edge, mark, sign, space."""
GROUP_INDENT = 1


def paint_group(line: GroupLine, width: int, styles: LineStyles) -> Strip:
    """A heading: the fold sign, the group's name, and how many machines it has at the right edge."""
    count = f"{line.count} "
    name = fit(plain_text(line.name) or "ungrouped", max(0, width - 3 - cell_len(count) - 1))
    filling = " " * max(0, width - 3 - cell_len(name) - cell_len(count))
    return _strip(
        [
            Segment(" ▸ " if line.folded else " ▾ ", styles.dim),
            Segment(name, styles.group),
            Segment(filling, styles.base),
            Segment(count, styles.dim),
        ],
        width,
        styles.base,
    )


def paint_machine(
    row: MachineRow,
    spans: tuple[ColumnSpan, ...],
    width: int,
    styles: LineStyles,
    *,
    marked: bool,
    indented: bool,
    highlights: Highlights,
) -> Strip:
    """A machine: mark and sign of its state, then its columns, or its name and what is wrong with it."""
    sign, sign_style = STATE_SIGNS[row.state], styles.states[row.state]
    if row.problem is not None and row.state is RowState.IDLE:
        sign, sign_style = PROBLEM_SIGN, styles.problem
    segments = [
        Segment(" " * (1 + GROUP_INDENT * indented), styles.base),
        Segment(MARK_SIGN if marked else " ", styles.mark),
        Segment(sign, sign_style),
        Segment(" ", styles.base),
    ]
    room = width - MARGIN - GROUP_INDENT * indented
    reason = row.problem or row.remark
    if reason:
        segments.extend(_name_and_reason(row, spans, room, reason, styles, highlights))
    else:
        for index, span in enumerate(spans):
            if index:
                segments.append(Segment(" " * GAP, styles.base))
            segments.extend(_cell(row, span, styles, highlights))
    return _strip(segments, width, styles.base)


def _cell(row: MachineRow, span: ColumnSpan, styles: LineStyles, highlights: Highlights) -> Iterator[Segment]:
    guard = span.column is Column.NAME and row.guard
    text = fit(span.column.text(row), span.width - 2 * guard)
    style = styles.name if span.column is Column.NAME else styles.dim
    yield from _highlighted(text, highlights.get(span.column, frozenset()), style, styles.match)
    if guard:
        yield Segment(" " + GUARD_SIGN, styles.guard)
    yield Segment(" " * max(0, span.width - cell_len(text) - 2 * guard), styles.base)


def _name_and_reason(
    row: MachineRow,
    spans: tuple[ColumnSpan, ...],
    room: int,
    reason: str,
    styles: LineStyles,
    highlights: Highlights,
) -> Iterator[Segment]:
    """The name keeps its column when there are more; where it stands alone it leaves half of the room to the reason."""
    width = spans[0].width
    if len(spans) == 1:
        width = min(cell_len(plain_text(row.name)) + 2 * row.guard, max(room // 2, room - cell_len(reason) - GAP))
    yield from _cell(row, ColumnSpan(Column.NAME, width), styles, highlights)
    yield Segment(" " * GAP, styles.base)
    yield Segment(fit(plain_text(reason), room - width - GAP), styles.problem if row.problem else styles.dim)


def _highlighted(text: str, positions: frozenset[int], style: Style, match: Style) -> Iterator[Segment]:
    start = 0
    while start < len(text):
        matched = start in positions
        end = start + 1
        while end < len(text) and (end in positions) is matched:
            end += 1
        yield Segment(text[start:end], style + match if matched else style)
        start = end


def _strip(segments: list[Segment], width: int, base: Style) -> Strip:
    return Strip(segments).adjust_cell_length(width, base)
