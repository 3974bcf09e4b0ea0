"""The order in which a person expects names: web-2 before web-10, letters without regard to case."""

from __future__ import annotations

import re

_DIGITS = re.compile(r"([0-9]+)")

NaturalKey = tuple[tuple[int, int, str], ...]


def natural_key(name: str) -> NaturalKey:
    """A sort key. Numbers compare by value: their digits by count, then as text, so that no length is too much."""
    key: list[tuple[int, int, str]] = []
    for index, part in enumerate(_DIGITS.split(name)):
        if index % 2:
            digits = part.lstrip("0")
            key.append((0, len(digits), digits))
        elif part:
            key.append((1, 0, part.casefold()))
    return (*key, (-1, 0, name))
