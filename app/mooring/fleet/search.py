"""Finding a text in the answers of all machines."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from mooring.fleet.answers import lines_of
from mooring.fleet.result import MachineResult
from mooring.model.errors import UsageError


@dataclass(frozen=True, slots=True)
class Hit:
    """One line that fits: `line` counts from 1 within standard output, or within standard error (`in_errors`)."""

    machine: str
    line: int
    text: str
    in_errors: bool = False


PATIENCE = 0.1
"""Seconds of processor time that an expression may take for one line."""

Find = Callable[[bytes], object]


def search(
    results: Iterable[MachineResult], pattern: str, *, regex: bool = False, limit: int = 10_000
) -> Iterator[Hit]:
    """Find `pattern` in every line that was kept, without regard to case where it is all lower case.

    Blocks while it reads; raises UsageError for a regular expression that is none or goes on for too long, and OSError.
    """
    find = _finder(pattern, is_regex=regex)
    found = 0
    for result in results:
        for in_errors, capture in ((False, result.output), (True, result.errors)):
            for number, line in enumerate(lines_of(capture), start=1):
                if find(line):
                    yield Hit(result.machine, number, line.decode("utf-8", "backslashreplace"), in_errors)
                    found += 1
                    if found >= limit:
                        return


def _finder(pattern: str, *, is_regex: bool) -> Find:
    """`re` finds a fixed text in linear time; an expression is looked for by what a deadline can stop."""
    data = pattern.encode("utf-8", "surrogateescape")
    ignores_case = pattern == pattern.lower()
    if not is_regex:
        return re.compile(re.escape(data), re.IGNORECASE if ignores_case else re.NOFLAG).search
    # Takes 25 ms to import, and most searches are for a plain text.
    import regex

    try:
        compiled = regex.compile(data, regex.IGNORECASE if ignores_case else regex.V0)
    except (regex.error, RecursionError, OverflowError) as error:
        raise UsageError(f"`{pattern}` is no regular expression: {error}") from error

    def find(line: bytes) -> object:
        try:
            return compiled.search(line, timeout=PATIENCE)
        except TimeoutError as error:
            raise UsageError(f"`{pattern}` takes too long.") from error

    return find
