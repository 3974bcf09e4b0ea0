"""Which columns of the list there is room for, and how wide each is. Widths are in cells."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from operator import attrgetter

from rich.cells import cell_len

from mooring_widgets.machine_list.row import MachineRow
from mooring_widgets.machine_list.state import Condition
from mooring_widgets.machine_list.work import Work, pieces
from mooring_widgets.plain_text import plain_text

GAP = 2
"""Cells between two columns."""
NAME_SIGN = 2
"""Cells of the sign behind a guarded machine's name, with the space before it."""


class Column(StrEnum):
    """The columns, in the order in which they stand and in which room is given to them."""

    NAME = "name"
    STATE = "state"
    ADDRESS = "address"
    USER = "user"
    GROUPS = "groups"
    DRIVER = "driver"
    TAGS = "tags"
    SOURCES = "sources"
    LAST_USED = "last used"

    def text(self, row: MachineRow, condition: Condition) -> str:
        """What a machine shows in this column."""
        return plain_text(condition.text) if self is Column.STATE else _shown(_VALUES[self](row))


_STATE_WIDTH = 13
"""Room for the word of every state and a little more ("timed out 5 s"). It stays the same whatever comes in."""

_WIDEST: Mapping[Column, int] = {
    Column.NAME: 36,
    Column.ADDRESS: 40,
    Column.USER: 16,
    Column.GROUPS: 30,
    Column.DRIVER: 16,
    Column.TAGS: 40,
    Column.SOURCES: 30,
    Column.LAST_USED: 16,
}
_NARROWEST_NAME = 4

_VALUES: Mapping[Column, Callable[[MachineRow], str | tuple[str, ...]]] = {
    Column.NAME: attrgetter("name"),
    Column.ADDRESS: attrgetter("address"),
    Column.USER: attrgetter("user"),
    Column.GROUPS: attrgetter("groups"),
    Column.DRIVER: attrgetter("driver"),
    Column.TAGS: attrgetter("tags"),
    Column.SOURCES: attrgetter("sources"),
    Column.LAST_USED: attrgetter("last_used"),
}
"""What a row has for a column. The state is not the row's: it changes by itself."""


@dataclass(frozen=True, slots=True)
class ColumnSpan:
    """A column with its width; the gap before it is not part of it."""

    column: Column
    width: int


def natural_widths(rows: Sequence[MachineRow]) -> Work[dict[Column, int]]:
    """How wide each column wants to be; 0 where no row has anything to show."""
    widths = dict.fromkeys(Column, 0)
    widths[Column.STATE] = _STATE_WIDTH
    for number, piece in enumerate(pieces(rows)):
        if number:
            yield
        for column, widest in _WIDEST.items():
            if widths[column] < widest:
                signs = NAME_SIGN if column is Column.NAME and any(row.guard for row in piece) else 0
                wanted = max(map(_width, set(map(_VALUES[column], piece))))
                widths[column] = min(max(widths[column], wanted + signs), widest)
    return widths


def lay_out(width: int, natural: Mapping[Column, int], *, with_groups: bool) -> tuple[ColumnSpan, ...]:
    """Give `width` cells to the columns: the name always, the others in order as long as each fits as a whole.

    The groups are a column only `with_groups`, where no headings tell them. The last column that is shown takes what is
    left over. A name that stands alone shares its line with the state where that finds room beside it.
    """
    spans = [ColumnSpan(Column.NAME, min(max(natural[Column.NAME], _NARROWEST_NAME), max(width, 1)))]
    used = spans[0].width
    for column in Column:
        if column is Column.NAME or not natural[column] or (column is Column.GROUPS and not with_groups):
            continue
        wanted = max(natural[column], len(column))
        if used + GAP + wanted > width:
            break
        spans.append(ColumnSpan(column, wanted))
        used += GAP + wanted
    last = spans.pop()
    spans.append(ColumnSpan(last.column, max(1, last.width + width - used)))
    return tuple(spans)


def _shown(values: str | tuple[str, ...]) -> str:
    return plain_text(values) if isinstance(values, str) else " ".join(map(plain_text, values))


def _width(values: str | tuple[str, ...]) -> int:
    text = _shown(values)
    return len(text) if text.isascii() else cell_len(text)
