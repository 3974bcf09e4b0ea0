"""Finding a text in the answers of all machines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
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


def search(
    results: Iterable[MachineResult], pattern: str, *, regex: bool = False, limit: int = 10_000
) -> Iterator[Hit]:
    """Find `pattern` in every line that was kept, without regard to case where it is all lower case.

    Blocks while it reads; raises UsageError for a regular expression that is none, and OSError.
    """
    flags = 0 if pattern != pattern.lower() else re.IGNORECASE
    try:
        wanted = re.compile((pattern if regex else re.escape(pattern)).encode("utf-8", "surrogateescape"), flags)
    except re.error as error:
        raise UsageError(f"`{pattern}` is no regular expression: {error}") from error
    found = 0
    for result in results:
        for in_errors, capture in ((False, result.output), (True, result.errors)):
            for number, line in enumerate(lines_of(capture), start=1):
                if wanted.search(line):
                    yield Hit(result.machine, number, line.decode("utf-8", "backslashreplace"), in_errors)
                    found += 1
                    if found >= limit:
                        return
