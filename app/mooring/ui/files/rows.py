"""The entries of a folder as rows of a list: in an order, with or without hidden ones."""

from __future__ import annotations

import stat
import time
from collections.abc import Sequence
from enum import Enum

from mooring.files.paths import shown
from mooring.model.amounts import size_text
from mooring.model.files import FileEntry, FileKind
from mooring_widgets.file_list import FileRow, RowKind

PARENT = b".."
"""The key of the row that leads to the folder above."""

_KINDS = {
    FileKind.FILE: RowKind.FILE,
    FileKind.FOLDER: RowKind.FOLDER,
    FileKind.LINK: RowKind.LINK,
    FileKind.OTHER: RowKind.OTHER,
}


class Order(Enum):
    """By what entries are sorted; folders come first in each."""

    NAME = "name"
    SIZE = "size"
    TIME = "time"

    @property
    def next(self) -> Order:
        """The order behind this one, around."""
        orders = list(Order)
        return orders[(orders.index(self) + 1) % len(orders)]


def rows_of(entries: Sequence[FileEntry], order: Order, *, hidden: bool, is_root: bool) -> list[FileRow]:
    """The rows, the way up first."""
    wanted = [entry for entry in entries if hidden or not entry.name.startswith(b".")]
    rows = [_row(entry) for entry in sorted(wanted, key=lambda entry: _place(entry, order))]
    return rows if is_root else [FileRow(PARENT, "..", RowKind.FOLDER), *rows]


def _place(entry: FileEntry, order: Order) -> tuple[bool, float, bytes]:
    value = {Order.NAME: 0.0, Order.SIZE: -float(entry.size), Order.TIME: -(entry.modified or 0.0)}[order]
    return (not entry.is_folder, value, entry.name.lower())


def _row(entry: FileEntry) -> FileRow:
    size = size_text(entry.size) if entry.kind is FileKind.FILE else ""
    permissions = stat.filemode(entry.mode)[1:] if entry.kind is not FileKind.LINK else ""
    return FileRow(entry.name, shown(entry.name), _KINDS[entry.kind], size, _time_text(entry.modified), permissions)


def _time_text(modified: float | None) -> str:
    try:
        return "" if modified is None else time.strftime("%Y-%m-%d %H:%M", time.localtime(modified))
    except (ValueError, OverflowError, OSError):
        # No year that a calendar has.
        return ""
