"""Which columns of the list there is room for, and how wide each is. Widths are in cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from rich.cells import cell_len

from mooring_widgets.machine_list.row import MachineRow
from mooring_widgets.plain_text import plain_text

GAP = 2
"""Cells between two columns."""


class Column(StrEnum):
    """The columns, in the order in which they stand and in which room is given to them."""

    NAME = "name"
    ADDRESS = "address"
    USER = "user"
    DRIVER = "driver"
    TAGS = "tags"

    def text(self, row: MachineRow) -> str:
        """What the row shows in this column."""
        match self:
            case Column.NAME:
                return plain_text(row.name)
            case Column.ADDRESS:
                return plain_text(row.address)
            case Column.USER:
                return plain_text(row.user)
            case Column.DRIVER:
                return plain_text(row.driver)
            case Column.TAGS:
                return plain_text(" ".join(row.tags))


_WIDEST = {Column.NAME: 36, Column.ADDRESS: 40, Column.USER: 16, Column.DRIVER: 16, Column.TAGS: 60}
_NARROWEST = 4


@dataclass(frozen=True, slots=True)
class ColumnSpan:
    """A column with its width; the gap before it is not part of it."""

    column: Column
    width: int


def natural_widths(rows: Iterable[MachineRow]) -> dict[Column, int]:
    """How wide each column wants to be; 0 where no row has anything to show."""
    widths = dict.fromkeys(Column, 0)
    for row in rows:
        for column in Column:
            text = column.text(row)
            width = len(text) if text.isascii() else cell_len(text)
            if column is Column.NAME and row.guard:
                width += 2
            if width > widths[column]:
                widths[column] = width
    return {column: min(width, _WIDEST[column]) for column, width in widths.items()}


def lay_out(width: int, natural: Mapping[Column, int]) -> tuple[ColumnSpan, ...]:
    """Give `width` cells to the columns: the name always, the others in order as long as each fits as a whole.

    The last column that is shown takes what is left over, so that problems and long names have room.
    """
    spans = [ColumnSpan(Column.NAME, min(max(natural[Column.NAME], _NARROWEST), max(width, 1)))]
    used = spans[0].width
    for column in list(Column)[1:]:
        if not natural[column]:
            continue
        wanted = max(natural[column], len(column))
        if used + GAP + wanted > width:
            break
        spans.append(ColumnSpan(column, wanted))
        used += GAP + wanted
    last = spans.pop()
    spans.append(ColumnSpan(last.column, max(1, last.width + width - used)))
    return tuple(spans)
