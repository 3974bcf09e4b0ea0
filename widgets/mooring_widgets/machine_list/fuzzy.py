"""Fuzzy matching of a short needle against a name: a subsequence, ranked by how a person would have meant it.

The ranking follows fzf's published idea (its `algo.go`, version 1): letters at the start of a word and letters in a run
count more, gaps cost. The needle is found from the left, then pulled together from its end, which is linear in the
length of the text; the best of all alignments is not looked for.
"""

from __future__ import annotations

from dataclasses import dataclass

_MATCH = 16
_WORD_START = 8
_CONSECUTIVE = 6
_FIRST_LETTER = 10
_GAP_START = -3
_GAP_EXTENSION = -1
_WHOLE_TEXT = 12


@dataclass(frozen=True, slots=True)
class FuzzyMatch:
    """How well a needle fits, and which characters of the text it took (indices, ascending)."""

    score: int
    positions: tuple[int, ...]


def fold(text: str) -> str:
    """Return `text` in lower case, character for character, so that indices into both are the same."""
    folded = text.lower()
    if len(folded) == len(text):
        return folded
    return "".join(lower if len(lower := character.lower()) == 1 else character for character in text)


def fuzzy_match(needle: str, text: str) -> FuzzyMatch | None:
    """Match `needle` against `text`, both folded; None when its letters do not occur in this order."""
    if not needle:
        return FuzzyMatch(0, ())
    run = text.find(needle)
    if run >= 0:
        positions = tuple(range(run, run + len(needle)))
        return FuzzyMatch(_score(text, positions), positions)
    end = -1
    for letter in needle:
        end = text.find(letter, end + 1)
        if end < 0:
            return None
    positions = _pulled_together(needle, text, end)
    return FuzzyMatch(_score(text, positions), positions)


def _pulled_together(needle: str, text: str, end: int) -> tuple[int, ...]:
    """The shortest alignment that ends at `end`."""
    found = [end]
    position = end
    for letter in reversed(needle[:-1]):
        position = text.rfind(letter, 0, position)
        found.append(position)
    return tuple(reversed(found))


def _score(text: str, positions: tuple[int, ...]) -> int:
    score = _MATCH * len(positions)
    previous = -1
    for index, position in enumerate(positions):
        if position == 0:
            score += _WORD_START + _FIRST_LETTER
        elif _starts_word(text, position):
            score += _WORD_START
        if index:
            gap = position - previous - 1
            score += _CONSECUTIVE if gap == 0 else _GAP_START + _GAP_EXTENSION * gap
        previous = position
    if len(positions) == len(text):
        score += _WHOLE_TEXT
    return score


def _starts_word(text: str, position: int) -> bool:
    before, here = text[position - 1], text[position]
    return not before.isalnum() or (here.isdigit() and not before.isdigit())
