"""Many names in few words: `web-[01-48]`, `rack[1-2]-node[1,3-5]`, and back.

Runs of digits count, each as one dimension; a leading zero fixes the width, so `[08-10]` is 08, 09, 10. Names are
parted by commas. A backslash keeps a sign that would mean something else, should a name hold one.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence

from mooring.inventory.natural_order import natural_key

_DIGITS = re.compile(r"([0-9]{1,15})(?![0-9])")
"""Longer runs are no numbers that anybody counts in (hashes, serial numbers)."""

_SPECIAL = re.compile(r"([\\\[\],])")
_RANGE = re.compile(r"([0-9]+)(?:-([0-9]+))?")

Numbers = tuple[str, ...]
Box = tuple[frozenset[str], ...]


def fold(names: Iterable[str]) -> str:
    """Write names short, in natural order; each counts once. Names are not empty."""
    by_pattern: dict[tuple[str, ...], set[Numbers]] = {}
    for name in names:
        pieces = _pieces(name)
        by_pattern.setdefault(tuple(pieces[::2]), set()).add(tuple(pieces[1::2]))
    terms = [
        (_first(pattern, box), _written(pattern, box))
        for pattern, vectors in by_pattern.items()
        for box in _boxes(vectors, len(pattern) - 1)
    ]
    return ",".join(text for _name, text in sorted(terms, key=lambda term: natural_key(term[0])))


def unfold(text: str, *, limit: int = 1_000_000) -> tuple[str, ...]:
    """The names that `fold` wrote short, in natural order.

    Raises ValueError for brackets that don't match or hold no ranges, and for more than `limit` names.
    """
    names: dict[str, None] = {}
    for term in _terms(text):
        count = 1
        for choices in term:
            count *= len(choices)
        if count + len(names) > limit:
            raise ValueError(f"more than {limit} names")
        names.update(dict.fromkeys("".join(parts) for parts in itertools.product(*term)))
    return tuple(sorted(names, key=natural_key))


def _pieces(name: str) -> list[str]:
    """Text and numbers in turn, beginning and ending with text."""
    pieces = [""]
    end = 0
    for match in _DIGITS.finditer(name):
        if match.start() and name[match.start() - 1].isascii() and name[match.start() - 1].isdigit():
            continue
        pieces[-1] += name[end : match.start()]
        pieces += [match[1], ""]
        end = match.end()
    pieces[-1] += name[end:]
    return pieces


def _boxes(vectors: set[Numbers], dimensions: int) -> list[Box]:
    """Cover the vectors by products of sets, without overlap: what differs in one dimension alone is joined."""
    boxes: list[Box] = [tuple(frozenset((number,)) for number in vector) for vector in vectors]
    for dimension in reversed(range(dimensions)):
        joined: dict[Box, set[str]] = {}
        for box in boxes:
            rest = box[:dimension] + box[dimension + 1 :]
            joined.setdefault(rest, set()).update(box[dimension])
        boxes = [(*rest[:dimension], frozenset(numbers), *rest[dimension:]) for rest, numbers in joined.items()]
    return boxes


def _first(pattern: Sequence[str], box: Box) -> str:
    numbers = [min(numbers, key=_order) for numbers in box]
    return _woven(pattern, numbers)


def _written(pattern: Sequence[str], box: Box) -> str:
    escaped = [_SPECIAL.sub(r"\\\1", text) for text in pattern]
    return _woven(escaped, [_ranges(sorted(numbers, key=_order)) for numbers in box])


def _woven(pattern: Sequence[str], between: Sequence[str]) -> str:
    return "".join(itertools.chain(*itertools.zip_longest(pattern, between, fillvalue="")))


def _order(number: str) -> tuple[int, int]:
    return len(number), int(number)


def _ranges(numbers: Sequence[str]) -> str:
    """`01-03,07`, between brackets unless it is a single number."""
    if len(numbers) == 1:
        return numbers[0]
    runs: list[list[str]] = []
    for number in numbers:
        if runs and number == _successor(runs[-1][-1]):
            runs[-1].append(number)
        else:
            runs.append([number])
    return f"[{','.join(run[0] if len(run) == 1 else f'{run[0]}-{run[-1]}' for run in runs)}]"


def _successor(number: str) -> str | None:
    """The next number of the same kind: none grows out of its width once a leading zero has fixed it."""
    following = str(int(number) + 1)
    if number.startswith("0") and number != "0":
        return following.zfill(len(number)) if len(following) <= len(number) else None
    return following if len(following) <= 15 else None


def _terms(text: str) -> Iterator[list[Sequence[str]]]:
    """Each term as the choices for its parts."""
    if not text:
        return
    term: list[Sequence[str]] = []
    literal = ""
    position = 0
    while position < len(text):
        sign = text[position]
        if sign == "\\" and position + 1 < len(text):
            literal += text[position + 1]
            position += 2
        elif sign == "[":
            end = text.find("]", position)
            if end < 0:
                raise ValueError(f"no `]` for the `[` in {text}")
            term += [(literal,), _numbers(text[position + 1 : end])]
            literal = ""
            position = end + 1
        elif sign == "]":
            raise ValueError(f"no `[` for the `]` in {text}")
        elif sign == ",":
            yield [*term, (literal,)]
            term, literal = [], ""
            position += 1
        else:
            literal += sign
            position += 1
    yield [*term, (literal,)]


def _numbers(text: str) -> list[str]:
    numbers: list[str] = []
    for part in text.split(","):
        match = _RANGE.fullmatch(part)
        if match is None or len(part) > 40:
            raise ValueError(f"`{part}` is no range of numbers")
        first, last = match[1], match[2] or match[1]
        if int(last) < int(first) or int(last) - int(first) > 1_000_000:
            raise ValueError(f"`{part}` is no range of numbers")
        width = len(first) if first.startswith("0") else 0
        numbers += [str(number).zfill(width) for number in range(int(first), int(last) + 1)]
    return numbers
