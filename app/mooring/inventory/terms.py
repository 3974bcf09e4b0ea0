"""The words that pick machines, alike in the list's filter and on the command line: `tag:web !group:staging db-*`.

Terms are separated by white space and all of them have to hold; `!` before one turns it round, and a backslash makes a
space part of it. `field:value` asks one field, and a word without a field is left to whoever asks. Values compare
without regard to case and may be globs (`*`, `?`, `[...]`). They compare as a whole here, where something will be done
to what fits; the list's filter (`mooring_widgets.machine_list.pattern`), read as it is typed, finds pieces too.
"""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

Matcher = Callable[[str], bool]
"""Whether a text is what a term asks for."""

_GLOB_CHARACTERS = frozenset("*?[")


class Field(StrEnum):
    """What can be asked about; `state` is no property of a machine, and is looked up by whoever knows it."""

    NAME = "name"
    GROUP = "group"
    TAG = "tag"
    DRIVER = "driver"
    SOURCE = "source"
    USER = "user"
    STATE = "state"


@dataclass(frozen=True, slots=True)
class Term:
    """One condition. `field` is None for a plain word; an empty `value` is a field that is still being typed."""

    value: str
    field: Field | None = None
    excludes: bool = False

    def __str__(self) -> str:
        field = "" if self.field is None else f"{self.field}:"
        return f"{'!' if self.excludes else ''}{field}{self.value}"


_FIELDS = {field.value: field for field in Field}


def parse_terms(text: str) -> tuple[Term, ...]:
    """Cut what a person typed into terms. Nothing is wrong: an unknown field makes a plain word of it."""
    words = text.replace("\\ ", "\0").split()
    return tuple(_parse(word.replace("\0", " ")) for word in words if word != "!")


def is_glob(value: str) -> bool:
    """Whether a value stands for more than itself."""
    return not _GLOB_CHARACTERS.isdisjoint(value)


def matcher(value: str) -> Matcher:
    """What tells whether a text is `value`, or fits it as a glob, without regard to case."""
    folded = value.casefold()
    if not is_glob(folded):
        return lambda text: text.casefold() == folded
    fits = re.compile(fnmatch.translate(folded)).match
    return lambda text: fits(text.casefold()) is not None


def _parse(word: str) -> Term:
    bare = word.removeprefix("!")
    name, colon, value = bare.partition(":")
    field = _FIELDS.get(name.casefold()) if colon else None
    return Term(bare if field is None else value, field, excludes=bare != word)
