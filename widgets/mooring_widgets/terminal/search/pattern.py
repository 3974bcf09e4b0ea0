"""What is looked for: a text as it stands, or a regular expression that a deadline can stop.

The remote wrote what is searched, and a person may write an expression that goes wrong on it: `re` would then stand
still for as long as it takes, in whichever thread, for it keeps the interpreter. The module `regex` can be stopped.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Protocol

LONGEST = 500
"""Characters of a pattern."""

PATIENCE = 0.02
"""Seconds of processor time that an expression may take for one line."""

_ESCAPED = re.compile(r"\\.", re.DOTALL)


class PatternError(ValueError):
    """An expression that means nothing; the message says why."""


class TooSlowError(Exception):
    """An expression takes too long for a line."""


class Pattern(Protocol):
    """Finds itself in a line."""

    def candidates(self, texts: Sequence[str]) -> Iterator[int]:
        """The numbers of those lines in which it may stand, in their order; a quick look, where there is one."""
        ...

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Where it stands, as (start, end), from the left, none empty. Raises TooSlowError."""
        ...


def compile_pattern(text: str, *, is_regex: bool = False) -> Pattern:
    """Make a pattern of what a person typed; without a capital in it, it does not mind case. Raises PatternError."""
    if len(text) > LONGEST:
        raise PatternError(f"longer than {LONGEST} characters")
    return _Expression(text) if is_regex else _Plain(text)


def minds_case(text: str) -> bool:
    """Whether a capital was typed; that of an escape like `\\W` is none."""
    return any(character.isupper() for character in _ESCAPED.sub("", text))


class _Plain:
    """`re` finds a fixed text in linear time."""

    def __init__(self, text: str) -> None:
        ignoring = re.NOFLAG if any(map(str.isupper, text)) else re.IGNORECASE
        self._finditer = re.compile(re.escape(text), ignoring).finditer

    def candidates(self, texts: Sequence[str]) -> Iterator[int]:
        """All lines are searched as one text: it can't stand across their ends."""
        starts: list[int] = []
        last = -1
        for match in self._finditer("\n".join(texts)):
            starts = starts or [0, *accumulate(len(text) + 1 for text in texts)]
            if (index := bisect_right(starts, match.start()) - 1) != last:
                yield index
                last = index

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        for match in self._finditer(text):
            yield match.span()


class _Expression:
    def __init__(self, text: str) -> None:
        # Imported by the first who wants it: it takes 25 ms, and most searches are for a plain text.
        import regex

        ignoring = regex.V0 if minds_case(text) else regex.IGNORECASE
        try:
            self._finditer = regex.compile(text, ignoring).finditer
        except regex.error as error:
            raise PatternError(str(error)) from error
        except (RecursionError, OverflowError) as error:
            raise PatternError("too deeply nested") from error

    def candidates(self, texts: Sequence[str]) -> Iterator[int]:
        """Any: in a text of several lines an expression may find something else than in each."""
        return iter(range(len(texts)))

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        try:
            for match in self._finditer(text, timeout=PATIENCE):
                if match.end() > match.start():
                    yield match.span()
        except TimeoutError as error:
            raise TooSlowError from error
