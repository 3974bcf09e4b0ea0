"""What a person types into the filter: terms, all of which have to hold.

A term is looked for in the name as fzf does, letter by letter; in front of it `'` asks for it in one piece, `^` at the
start, behind it `$` at the end, and `!` for what does not hold it. With `*` or `?` in it a term is a glob for the whole
of a text. `name:`, `tag:`, `group:`, `driver:`, `source:`, `user:` and `state:` ask for one column, in one piece; any
other word before a colon is text. A backslash makes a space part of the term. As in fzf a term with a capital letter in
it cares for case.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from mooring_widgets.fuzzy import fold


class Field(StrEnum):
    """The columns that can be asked for by name."""

    NAME = "name"
    TAG = "tag"
    GROUP = "group"
    DRIVER = "driver"
    SOURCE = "source"
    USER = "user"
    STATE = "state"


_FIELDS = {field.value: field for field in Field}


class Way(StrEnum):
    """How a term is looked for."""

    LETTERS = "letters"
    PIECE = "piece"
    START = "start"
    END = "end"
    WHOLE = "whole"
    GLOB = "glob"


@dataclass(frozen=True, slots=True)
class Term:
    """One condition. `text` is never empty, and in lower case unless case matters."""

    text: str
    way: Way = Way.LETTERS
    field: Field | None = None
    negated: bool = False
    case_sensitive: bool = False

    @property
    def is_ranked(self) -> bool:
        """Whether machines fit this term better and worse, and not just so or not at all."""
        return self.field is None and not self.negated and self.way is not Way.GLOB

    def narrows(self, other: Term) -> bool:
        """True when whatever fits this term fits `other` too."""
        if self == other:
            return True
        if self.negated or other.negated or self.field is not other.field or self.way is not other.way:
            return False
        if self.case_sensitive is not other.case_sensitive or self.way in (Way.END, Way.WHOLE, Way.GLOB):
            return False
        return self.text.startswith(other.text)


def parse_pattern(pattern: str) -> tuple[Term, ...]:
    """Return the terms of a pattern as typed; what is not finished yet (`tag:`, `!`) is left out."""
    words = pattern.replace("\\ ", "\0").split()
    terms = (_term(word.replace("\0", " ")) for word in words)
    return tuple(term for term in terms if term.text)


def _term(word: str) -> Term:
    negated = word.startswith("!")
    word = word.removeprefix("!")
    field = None
    name, colon, value = word.partition(":")
    if colon and name in _FIELDS:
        field, word = _FIELDS[name], value
    way, word = _way(word, Way.PIECE if negated or field else Way.LETTERS)
    return Term(word, way, field, negated, case_sensitive=word != fold(word))


def _way(word: str, usual: Way) -> tuple[Way, str]:
    """How a word is to be looked for, and the word without the signs that say so."""
    if "*" in word or "?" in word:
        return Way.GLOB, word
    way = usual
    if word != "$" and word.endswith("$"):
        way, word = Way.END, word[:-1]
    if word.startswith("'"):
        return Way.PIECE, word[1:]
    if word.startswith("^"):
        return Way.WHOLE if way is Way.END else Way.START, word[1:]
    return way, word
