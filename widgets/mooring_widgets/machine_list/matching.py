"""Terms at work: which entries of a batch fit, and how well.

A score costs a few microseconds, and there are ten thousand names to be scored between a key and its frame. But names
of a fleet look alike: seen through a needle, `web-017.example.org` and `web-018.example.org` are the same, since a
letter that the needle has not got counts only by whether it is a letter, a digit or a sign. So names are reduced to
shapes, a batch in one call of `str.translate`, and each shape is scored once for as long as the needle stands.
"""

from __future__ import annotations

import string
from collections.abc import Callable, Iterable, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Protocol

from mooring_widgets.fuzzy import FuzzyMatch, exact_match, fold, fuzzy_match, fuzzy_score, run_match
from mooring_widgets.machine_list.entry import Batch, other_text
from mooring_widgets.machine_list.pattern import Field, Term, Way
from mooring_widgets.machine_list.row import MachineRow
from mooring_widgets.machine_list.state import Condition
from mooring_widgets.plain_text import plain_text

Scores = list[int | None]
"""One for each entry of a batch, None where it does not fit."""

_OTHER_SCORE = 8
"""What a letter found outside the name counts: half of one inside it, so that names come first."""

_DELIMITERS = "/,:;|"
_NON_WORD = "".join(character for character in string.punctuation if character not in _DELIMITERS)
_ALIKE = (string.ascii_lowercase, string.ascii_uppercase, string.digits, _NON_WORD, _DELIMITERS)
"""Characters that count the same for a needle that holds none of them, by fzf's classes."""


class Matcher(Protocol):
    """A term at work."""

    def scores(self, batch: Batch) -> Scores:
        """Score a whole batch."""


class TextMatcher:
    """Looks for a term in the name; where it is not in there, in one piece in another column, which counts less.

    A glob is looked for in the name alone, and name by name: it has classes of letters of its own.
    """

    def __init__(self, term: Term) -> None:
        self.term = term
        self._shape = {} if term.way is Way.GLOB else shape_table(term)
        self._by_shape = _Remembered(self._score_shape)
        self._wanted = _wanted(term)

    def scores(self, batch: Batch) -> Scores:
        """Names by their shape, then the other columns of those that are left."""
        shapes = batch.joined_names.translate(self._shape).split("\n")
        found: Scores = list(map(self._by_shape.__getitem__, shapes))
        if self.term.way is Way.GLOB or None not in found:
            return found
        others, joined = batch.others, batch.joined_others
        if self.term.case_sensitive:
            others = [other_text(entry.row) for entry in batch.entries]
            joined = "".join(others)
        wanted = self._wanted
        if wanted not in joined:
            return found
        value = _OTHER_SCORE * len(self.term.text)
        return [
            value if score is None and wanted in other else score for score, other in zip(found, others, strict=True)
        ]

    def _score_shape(self, text: str) -> int | None:
        if self.term.way is Way.LETTERS:
            return fuzzy_score(self.term.text, text, _as_compared(self.term, text))
        match = match_text(self.term, text)
        return None if match is None else match.score


class FieldMatcher:
    """Looks for a term in one column. It says nothing on how well a machine fits."""

    def __init__(self, term: Term, values: Callable[[MachineRow], Sequence[str]]) -> None:
        self._values = values
        self._term = term
        self._by_values = _Remembered(self._score_values)

    def scores(self, batch: Batch) -> Scores:
        """The same few values come again and again."""
        values, remembered = self._values, self._by_values
        return [remembered[values(entry.row)] for entry in batch.entries]

    def _score_values(self, values: Iterable[str]) -> int | None:
        return 0 if any(match_text(self._term, plain_text(value)) for value in values) else None


class StateMatcher:
    """Looks for a term in the state of a machine: its word, what is told of it, and "down" for all that failed."""

    def __init__(self, term: Term, conditions: Mapping[str, Condition]) -> None:
        self._term = term
        self._conditions = conditions

    def scores(self, batch: Batch) -> Scores:
        """Conditions change by themselves, so nothing is remembered."""
        return [0 if self._fits(entry.row) else None for entry in batch.entries]

    def _fits(self, row: MachineRow) -> bool:
        condition = self._conditions.get(row.key) or Condition(row.state, row.detail)
        words = [condition.state.value, condition.detail]
        if condition.state.is_down:
            words.append("down")
        if row.problem is not None:
            words.append("problem")
        return any(match_text(self._term, word) for word in words)


class NegatedMatcher:
    """Turns a term around."""

    def __init__(self, matcher: Matcher) -> None:
        self._matcher = matcher

    def scores(self, batch: Batch) -> Scores:
        """What fitted does not, and the other way round."""
        return [0 if score is None else None for score in self._matcher.scores(batch)]


def matcher_of(term: Term, conditions: Mapping[str, Condition]) -> Matcher:
    """Put a term to work; `conditions` are the states told by machine, which may change while it works."""
    matcher: Matcher
    match term.field:
        case None:
            matcher = TextMatcher(term)
        case Field.STATE:
            matcher = StateMatcher(term, conditions)
        case _:
            matcher = FieldMatcher(term, FIELD_VALUES[term.field])
    return NegatedMatcher(matcher) if term.negated else matcher


FIELD_VALUES: Mapping[Field, Callable[[MachineRow], tuple[str, ...]]] = {
    Field.NAME: lambda row: (row.name,),
    Field.TAG: lambda row: row.tags,
    Field.GROUP: lambda row: row.groups,
    Field.SOURCE: lambda row: row.sources,
    Field.DRIVER: lambda row: (row.driver,),
    Field.USER: lambda row: (row.user,),
}


def match_text(term: Term, text: str) -> FuzzyMatch | None:
    """Where a term is in a text, whatever it says on columns and negation."""
    compared = _as_compared(term, text)
    wanted = term.text
    match term.way:
        case Way.LETTERS:
            return fuzzy_match(wanted, text, compared)
        case Way.PIECE:
            return exact_match(wanted, text, compared)
        case Way.START:
            return run_match(text, 0, len(wanted)) if compared.startswith(wanted) else None
        case Way.END:
            return run_match(text, len(text) - len(wanted), len(wanted)) if compared.endswith(wanted) else None
        case Way.WHOLE:
            return run_match(text, 0, len(wanted)) if compared == wanted else None
        case Way.GLOB:
            # Everything fits a glob or nothing: there is nothing to rank by, and no letter to show.
            return FuzzyMatch(0, ()) if fnmatchcase(compared, wanted) else None


def shape_table(term: Term) -> dict[int, str]:
    """A table for `str.translate` that makes characters the same which the term can't tell apart.

    Each class of characters is stood for by its first that the term has not got. Where case does not matter a capital
    letter stays as it is when the term has its small one: that it is a capital still counts.
    """
    kept = set(term.text)
    if not term.case_sensitive:
        kept |= set(term.text.upper())
    table: dict[int, str] = {}
    for alike in _ALIKE:
        others = [character for character in alike if character not in kept]
        table.update((ord(character), others[0]) for character in others)
    return table


class _Remembered(dict[object, "int | None"]):
    """Scores by what they depend on, each worked out when it is first asked for."""

    def __init__(self, score: Callable[..., int | None]) -> None:
        super().__init__()
        self._score = score

    def __missing__(self, key: object) -> int | None:
        score = self[key] = self._score(key)
        return score


def _as_compared(term: Term, text: str) -> str:
    return text if term.case_sensitive else fold(text)


def _wanted(term: Term) -> str:
    """What is looked for among the other columns, each of which stands between two line ends."""
    start = "\n" if term.way in (Way.START, Way.WHOLE) else ""
    end = "\n" if term.way in (Way.END, Way.WHOLE) else ""
    return f"{start}{term.text}{end}"
