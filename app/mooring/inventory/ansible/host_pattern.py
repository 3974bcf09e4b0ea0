"""Host patterns of static inventories: `web[01:48].example.com`, `[2001:db8::1]:2222`.

The rules are those of ansible-core (parsing/utils/addresses.py for ports, plugins/inventory/__init__.py for ranges).
"""

from __future__ import annotations

import itertools
import re
import string
from collections.abc import Sequence

MOST_HOSTS = 200_000
"""Hosts that one pattern may stand for."""

_BRACKETED = re.compile(r"\[(.+)\]:([0-9]+)\Z")
_WITH_PORT = re.compile(r"((?:[^:\[\]]|\[[^\]]*\])*):([0-9]+)\Z")
_RANGE = re.compile(r"\[([^\[\]]*)\]")


def expand_host_pattern(pattern: str) -> tuple[list[str], int | None]:
    """Return the host names that a pattern stands for, and the port behind it. Raises ValueError with the reason."""
    port: int | None = None
    host = pattern
    if found := _BRACKETED.match(pattern) or _WITH_PORT.match(pattern):
        host, port = found[1], int(found[2])
    if pattern.endswith(":") and port is None and "::" not in pattern:
        raise ValueError("a port is missing behind the colon")
    if "[" not in host:
        return [host], port
    # Text and ranges take turns: every second part is what stood in brackets.
    parts = _RANGE.split(host)
    if any("[" in part or "]" in part for part in parts):
        raise ValueError("a bracket is left open")
    choices = [[part] if index % 2 == 0 else _members(part) for index, part in enumerate(parts)]
    count = 1
    for choice in choices:
        count *= len(choice)
    if count > MOST_HOSTS:
        raise ValueError(f"it stands for {count} hosts, more than the {MOST_HOSTS} that are taken")
    return ["".join(combination) for combination in itertools.product(*choices)], port


def _members(text: str) -> Sequence[str]:
    """The members of `begin:end` or `begin:end:step`: numbers, with leading zeros kept, or single letters."""
    bounds = text.split(":")
    if len(bounds) not in (2, 3) or not bounds[1]:
        raise ValueError(f"[{text}] is no range of begin:end or begin:end:step")
    begin, end = bounds[0] or "0", bounds[1]
    step = _number(bounds[2], text) if len(bounds) == 3 else 1
    if step < 1:
        raise ValueError(f"the step of [{text}] is not above zero")
    letters = string.ascii_letters
    if len(begin) == len(end) == 1 and begin in letters and end in letters:
        if letters.index(begin) > letters.index(end):
            raise ValueError(f"[{text}] begins behind its end")
        return letters[letters.index(begin) : letters.index(end) + 1 : step]
    width = len(begin) if begin.startswith("0") else 0
    if width > 1 and width != len(end):
        raise ValueError(f"begin and end of [{text}] have not as many digits")
    numbers = range(_number(begin, text), _number(end, text) + 1, step)
    if len(numbers) > MOST_HOSTS:
        raise ValueError(f"[{text}] has {len(numbers)} members, more than the {MOST_HOSTS} that are taken")
    return [str(number).zfill(width) for number in numbers]


def _number(text: str, range_text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise ValueError(f"{text!r} in [{range_text}] is no number")
    return int(text)
