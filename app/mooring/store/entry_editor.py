"""Changing a file of entries while others may change it too: merge, or say what is in the way; and take it back."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from mooring.model.errors import ConfigError, EditConflictError
from mooring.model.origin import Origin
from mooring.store.entry_text import EntryText, Values, as_toml
from mooring.store.lock import locked_folder
from mooring.store.read import read_text_file
from mooring.store.toml import parse_toml
from mooring.store.write import write_atomically

MOST_UNDO_STEPS = 20
"""Changes that are remembered, each with the whole text before it and after it."""

_LIMIT = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class _Change:
    """The text before the last change, and after it."""

    before: str
    after: str


class EntryEditor:
    """Edits the entries of one file; each method reads the file anew, and writes it atomically.

    The text that was there before is kept beside the file (`machines.toml~`). Raises ConfigError where the file can't
    be read or is no TOML (then nothing is written), UsageError for a name that is not there, or there already,
    EditConflictError as the methods say, and OSError where writing fails. Blocks while it reads and writes.
    """

    def __init__(self, file: Path, table: str) -> None:
        """`table` is what each entry is headed by ("machine")."""
        self._file = file
        self._table = table
        self._changes: list[_Change] = []
        self.changes_made = 0
        """How often the file was changed by this editor; a method may find it as it should be."""

    @property
    def can_undo(self) -> bool:
        """Whether there is a change of this program's to take back."""
        return bool(self._changes)

    def read(self) -> dict[str, Values]:
        """The entries by name, as they are on disk now: what an editing begins with."""
        return EntryText(self._read(), str(self._file), self._table).entries

    def add(self, values: Values) -> None:
        """Put a new entry at the end; the file is made where there is none."""
        with self._editing() as entries:
            entries.append(values)

    def change(self, name: str, mine: Values, *, base: Values | None = None, overwrite: bool = False) -> None:
        """Make the entry called `name` say what `mine` says; its name may be another, too.

        `base` is what it said when the editing began. Then fields that somebody else changed meanwhile stay changed, if
        the person left them alone, and EditConflictError is raised where both changed one, each to something else, or
        where the entry is gone. With `overwrite` the person's version is written all the same.
        """
        with self._editing() as entries:
            theirs = entries.entries.get(name)
            if theirs is None and overwrite:
                entries.append(mine)
            elif base is None:
                entries.update(name, as_toml(mine))
            else:
                entries.update(name, self._merged(name, as_toml(base), as_toml(mine), theirs, overwrite))

    def set_fields(self, name: str, changes: Values) -> None:
        """Change single fields of the entry called `name`; None takes one out.

        The entry is made where there is none, and taken out where nothing but its name would be left.
        """
        self.set_fields_of_all((name,), changes)

    def set_fields_of_all(self, names: Iterable[str], changes: Values) -> None:
        """The same for several entries, as one change."""
        with self._editing() as entries:
            for name in names:
                self._set_fields(entries, name, changes)

    def remove(self, name: str, base: Values | None = None) -> None:
        """Take an entry out, with the comment above it.

        With `base`, what the person saw of it, EditConflictError is raised where the entry is another by now.
        """
        with self._editing() as entries:
            theirs = entries.entries.get(name)
            if base is not None and theirs is not None and as_toml(theirs) != as_toml(base):
                message = f"{self._table} {name} was changed in the meantime"
                raise EditConflictError(message, base=base, mine=None, theirs=theirs)
            entries.remove(name)

    def move(self, name: str, *, before: str | None) -> None:
        """Move an entry in front of another; to the end with None."""
        with self._editing() as entries:
            entries.move(name, before=before)

    def undo(self) -> None:
        """Take the last change back. EditConflictError is raised where the file was changed after it."""
        if not self._changes:
            return
        last = self._changes[-1]
        with locked_folder(self._file.parent):
            if self._read() != last.after:
                message = f"{self._file} was changed after that, and is left as it is"
                raise EditConflictError(message, base=None, mine=None, theirs=None)
            self._write(last.after, last.before)
        self._changes.pop()

    @contextlib.contextmanager
    def _editing(self) -> Iterator[EntryText]:
        """Give the entries to be changed, and write them if nothing was raised."""
        with locked_folder(self._file.parent):
            before = self._read()
            entries = EntryText(before, str(self._file), self._table)
            yield entries
            after = entries.text
            # What is written has to be read back as it was meant, whatever a library made of it.
            if parse_toml(after, str(self._file)).get(self._table, []) != entries.in_order:
                raise ConfigError("can't be changed without changing more", Origin(str(self._file)))
            if after != before:
                self._write(before, after)
                self._changes = [*self._changes[1 - MOST_UNDO_STEPS :], _Change(before, after)]
                self.changes_made += 1

    @staticmethod
    def _set_fields(entries: EntryText, name: str, changes: Values) -> None:
        there = entries.entries.get(name)
        values = {"name": name, **(there or {}), **as_toml(changes)}
        values = {field: value for field, value in values.items() if value is not None}
        if len(values) == 1:
            if there is not None:
                entries.remove(name)
        elif there is None:
            entries.append(values)
        else:
            entries.update(name, values)

    def _merged(self, name: str, base: Values, mine: Values, theirs: Values | None, overwrite: bool) -> Values:
        if theirs is None:
            message = f"{self._table} {name} was taken out of {self._file} in the meantime"
            raise EditConflictError(message, base=base, mine=mine, theirs=None)
        merged, fields = merge_fields(base, mine, theirs)
        if fields and not overwrite:
            message = f"{self._table} {name} was changed in the meantime: {', '.join(fields)}"
            raise EditConflictError(message, base=base, mine=mine, theirs=theirs, fields=fields)
        return merged

    def _read(self) -> str:
        try:
            return read_text_file(self._file, limit=_LIMIT)
        except FileNotFoundError:
            return ""

    def _write(self, before: str, after: str) -> None:
        if before:
            write_atomically(self._file.with_name(f"{self._file.name}~"), before.encode())
        write_atomically(self._file, after.encode())


def merge_fields(base: Values, mine: Values, theirs: Values) -> tuple[dict[str, object], tuple[str, ...]]:
    """Put the person's changes to `base` into `theirs`, and name the fields that both changed, each to something else.

    Those have the person's value in the result.
    """
    merged = dict(theirs)
    conflicts: list[str] = []
    for field in dict.fromkeys((*base, *mine)):
        if base.get(field) == mine.get(field):
            continue
        if theirs.get(field) not in (base.get(field), mine.get(field)):
            conflicts.append(field)
        if field in mine:
            merged[field] = mine[field]
        else:
            merged.pop(field, None)
    return merged, tuple(conflicts)
