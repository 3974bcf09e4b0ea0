"""Long lists of files in parts that fit into messages."""

from __future__ import annotations

from mooring.model.files import FileEntry

LARGEST_PART = 256 * 1024
"""Bytes of a part, about: well below a message's limit, and soon sent."""

_ENTRY = 100
"""Bytes of an entry beside its name, about."""


def part_of(entries: list[FileEntry], start: int) -> tuple[FileEntry, ...]:
    """As many entries from `start` on as make a part."""
    size, end = 0, start
    while end < len(entries) and size < LARGEST_PART:
        size += _ENTRY + len(entries[end].name)
        end += 1
    return tuple(entries[start:end])
