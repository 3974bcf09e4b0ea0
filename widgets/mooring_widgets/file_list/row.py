"""What the list shows of one file, and how it is set into columns. Pure; widths are in cells."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from rich.cells import cell_len

from mooring_widgets.plain_text import fit, plain_text

_SIZE_FROM = 26
_CHANGED_FROM = 50
_PERMISSIONS_FROM = 64
"""Widths of a list from which on a column is shown: the name counts for more than all of them."""

_GAP = "  "


class RowKind(StrEnum):
    """How a row is painted, with the sign that says the same without colour."""

    FOLDER = "folder"
    FILE = "file"
    LINK = "link"
    OTHER = "other"


SIGNS = {RowKind.FOLDER: "/", RowKind.FILE: " ", RowKind.LINK: "@", RowKind.OTHER: "?"}
MARK = "✓"


@dataclass(frozen=True, slots=True)
class FileRow:
    """One file. `key` tells rows apart; the name may hold anything, and is made fit to be painted here."""

    key: bytes
    name: str
    kind: RowKind
    size: str = ""
    changed: str = ""
    permissions: str = ""


def columns(row: FileRow, width: int, *, marked: bool) -> tuple[str, str, str]:
    """Mark, name with its sign, and the rest of the row, which together are `width` wide."""
    mark = f"{MARK if marked else ' '} "
    right = ""
    if width >= _SIZE_FROM:
        right = f"{_GAP}{row.size:>7}"
    if width >= _CHANGED_FROM:
        right += f"{_GAP}{row.changed:<16}"
    if width >= _PERMISSIONS_FROM:
        right += f"{_GAP}{row.permissions:<9}"
    right += " "
    room = max(0, width - cell_len(mark) - cell_len(right))
    sign = SIGNS[row.kind].strip()
    name = fit(plain_text(row.name), max(0, room - len(sign))) + sign
    return mark, name + " " * max(0, room - cell_len(name)), right
