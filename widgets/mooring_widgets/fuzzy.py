"""How well a few letters fit a name, scored as fzf scores it.

The scores, and which alignment of the letters is the best, follow the second algorithm of fzf (`FuzzyMatchV2` in its
`src/algo/algo.go`, scheme "default"): a letter counts 16; one that starts a word counts 8 to 10 more, the first one of
the needle twice that; letters in a run keep the bonus of the run's start; a gap costs 3, and 1 for each further cell.
fzf fills a matrix of needle times text. Here only the places where a letter of the needle occurs are looked at, since
what stands between them follows from the last place: same scores, far fewer steps for an interpreter.

Not taken over: accents are not folded away ("é" is not "e").
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto
from functools import lru_cache
from typing import NamedTuple

_MATCH = 16
_GAP_START = 3
_GAP_EXTENSION = 1
_BOUNDARY = 8
_BOUNDARY_AT_SPACE = 10
_BOUNDARY_AT_DELIMITER = 9
_NON_WORD = 8
_CAMEL_CASE_OR_NUMBER = 7
_CONSECUTIVE = 4
_FIRST_LETTER_FACTOR = 2
_DELIMITERS = "/,:;|"


class FuzzyMatch(NamedTuple):
    """How well a needle fits, and which characters of the text it took (indices, ascending)."""

    score: int
    positions: Sequence[int]


class _Class(Enum):
    """What fzf tells apart to know where words start."""

    WHITE = auto()
    NON_WORD = auto()
    DELIMITER = auto()
    LOWER = auto()
    UPPER = auto()
    LETTER = auto()
    NUMBER = auto()


_Cell = tuple[int, int, int, "_Cell | None"]
"""A letter's place: index, score up to here, bonus at the start of its run, the place of the letter before it."""


def fold(text: str) -> str:
    """Return `text` in lower case, character for character, so that indices into both are the same."""
    folded = text.lower()
    if len(folded) == len(text):
        return folded
    return "".join(lower if len(lower := character.lower()) == 1 else character for character in text)


def fuzzy_score(needle: str, text: str, folded: str) -> int | None:
    """The score of the best alignment of `needle` in `text`; None when its letters do not occur in this order.

    Letters are looked for in `folded`, which has the length of `text` and may be `text` itself; where words start is
    read from `text`, since upper case tells it too.
    """
    if not needle:
        return 0
    cell = _best_alignment(needle, text, folded)
    return None if cell is None else cell[1]


def fuzzy_match(needle: str, text: str, folded: str) -> FuzzyMatch | None:
    """As `fuzzy_score`, with the places of the letters."""
    if not needle:
        return FuzzyMatch(0, ())
    best = cell = _best_alignment(needle, text, folded)
    if best is None:
        return None
    positions: list[int] = []
    while cell is not None:
        positions.append(cell[0])
        cell = cell[3]
    return FuzzyMatch(best[1], positions[::-1])


def exact_match(needle: str, text: str, folded: str) -> FuzzyMatch | None:
    """The occurrence of `needle` as a whole that starts best: the first at the start of a word, else the first."""
    best: int | None = None
    best_bonus = -1
    start = folded.find(needle)
    while start >= 0:
        bonus = bonus_at(text, start)
        if bonus > best_bonus:
            best, best_bonus = start, bonus
        if bonus >= _BOUNDARY:
            break
        start = folded.find(needle, start + 1)
    return None if best is None else run_match(text, best, len(needle))


def run_match(text: str, start: int, length: int) -> FuzzyMatch:
    """The score of `length` letters in a row from `start`."""
    score = 0
    run_bonus = bonus = 0
    for position in range(start, start + length):
        bonus = bonus_at(text, position)
        if position == start:
            run_bonus = bonus
            score += bonus  # The first letter's counts twice.
        elif bonus >= _BOUNDARY and bonus > run_bonus:
            run_bonus = bonus
        score += _MATCH + (bonus if position == start else max(bonus, run_bonus, _CONSECUTIVE))
    return FuzzyMatch(score, range(start, start + length))


def bonus_at(text: str, position: int) -> int:
    """What a letter counts more for where it stands."""
    return _bonus_in(text[position - 1 : position + 1]) if position else _BOUNDARY_AT_SPACE


def _best_alignment(needle: str, text: str, folded: str) -> _Cell | None:
    position = -1
    for letter in needle:  # Most texts fail here, and cheaply.
        position = folded.find(letter, position + 1)
        if position < 0:
            return None
    row = _first_row(needle[0], text, folded, alone=len(needle) == 1)
    for letter in needle[1:]:
        row = _next_row(row, letter, text, folded)
    best: _Cell | None = None
    for cell in row:
        if best is None or cell[1] > best[1]:
            best = cell
    return best


def _first_row(letter: str, text: str, folded: str, *, alone: bool) -> list[_Cell]:
    """Every place of the first letter; where it is the only one, none behind the first that starts a word."""
    row: list[_Cell] = []
    position = folded.find(letter)
    while position >= 0:
        bonus = bonus_at(text, position)
        row.append((position, _MATCH + bonus * _FIRST_LETTER_FACTOR, bonus, None))
        if alone and bonus >= _BOUNDARY:
            break
        position = folded.find(letter, position + 1)
    return row


def _next_row(above: list[_Cell], letter: str, text: str, folded: str) -> list[_Cell]:
    """The places of a letter, each joined to the place of the letter before it.

    A place is left out where a gap behind an earlier one of the same letter is worth more than taking it.
    """
    row: list[_Cell] = []
    index, last = 0, len(above) - 1
    position = folded.find(letter, above[0][0] + 1)
    while position >= 0:
        while index < last and above[index + 1][0] < position:
            index += 1
        before = above[index]
        bonus = run_bonus = bonus_at(text, position)
        gap = position - before[0] - 1
        if gap:
            score = max(before[1] - _gap_cost(gap), 0)
        else:
            score = before[1]
            if bonus < _BOUNDARY or bonus <= before[2]:
                run_bonus = before[2]
                bonus = max(bonus, run_bonus, _CONSECUTIVE)
        score += _MATCH + bonus
        if not row or score >= row[-1][1] - _gap_cost(position - row[-1][0]):
            row.append((position, score, run_bonus, before))
        position = folded.find(letter, position + 1)
    return row


def _gap_cost(length: int) -> int:
    return _GAP_START + _GAP_EXTENSION * (length - 1)


@lru_cache(maxsize=16_384)
def _bonus_in(pair: str) -> int:
    """The bonus of the second of two characters."""
    before, here = map(_class_of, pair)
    if here is not _Class.WHITE:
        match before:
            case _Class.WHITE:
                return _BOUNDARY_AT_SPACE
            case _Class.DELIMITER:
                return _BOUNDARY_AT_DELIMITER
            case _Class.NON_WORD:
                return _BOUNDARY
    if before is _Class.LOWER and here is _Class.UPPER:
        return _CAMEL_CASE_OR_NUMBER
    if before is not _Class.NUMBER and here is _Class.NUMBER:
        return _CAMEL_CASE_OR_NUMBER
    match here:
        case _Class.NON_WORD | _Class.DELIMITER:
            return _NON_WORD
        case _Class.WHITE:
            return _BOUNDARY_AT_SPACE
    return 0


def _class_of(character: str) -> _Class:
    if character.islower():
        return _Class.LOWER
    if character.isupper():
        return _Class.UPPER
    if character.isnumeric():
        return _Class.NUMBER
    if character.isalpha():
        return _Class.LETTER
    if character.isspace():
        return _Class.WHITE
    return _Class.DELIMITER if character in _DELIMITERS else _Class.NON_WORD
