"""Breaking lines anew for another width: what autowrap broke is joined and broken at the new edge."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mooring_widgets.emulator.line import Line
from mooring_widgets.emulator.pens import Pen


@dataclass(frozen=True, slots=True)
class Place:
    """A cell in a list of lines."""

    y: int
    x: int


def reflow(lines: Sequence[Line], columns: int, place: Place | None = None) -> tuple[list[Line], Place]:
    """Return the lines for the new width and where the text at `place` went.

    A place right behind the text of its line may come to stand on `columns`, behind the last one; one farther away
    keeps its distance as far as the edge.
    """
    broken: list[Line] = []
    moved = Place(0, 0)
    start = 0
    for group in groups(lines):
        inside = place is not None and start <= place.y < start + len(group)
        first = len(broken)
        if len(group) == 1 and group[0].length <= columns and not group[0].wrapped:
            broken.append(group[0])
        elif any(line.size for line in group):
            for line in group:
                line.crop(columns)
            broken += group
        else:
            broken += _break(group, columns)
        if inside and place is not None:
            offset = sum(line.length for line in group[: place.y - start]) + place.x
            moved = _find(broken, first, offset, columns)
        start += len(group)
    return broken, moved


def newest(lines: list[Line], cells: int) -> list[Line]:
    """The last lines, as many as hold so many cells; all, if they hold less."""
    held = 0
    for index in range(len(lines) - 1, -1, -1):
        held += lines[index].length
        if held >= cells:
            return lines[index:]
    return lines


def groups(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines that autowrap made of one."""
    group: list[Line] = []
    for line in lines:
        group.append(line)
        if not line.wrapped:
            yield group
            group = []
    if group:
        yield group


def _find(lines: Sequence[Line], first: int, offset: int, columns: int) -> Place:
    for y in range(first, len(lines)):
        length = lines[y].length
        if offset < length or y == len(lines) - 1:
            return Place(y, min(offset, columns if offset == length else columns - 1))
        offset -= length
    return Place(first, 0)


def _break(group: Sequence[Line], columns: int) -> list[Line]:
    cells: list[str] = []
    pens: list[Pen] = []
    for line in group:
        cells += line.explode()
        pens += line.pens
    last = group[-1]
    end = len(cells)
    while end > columns and cells[end - 1] == " " and pens[end - 1] is last.fill:
        end -= 1
    broken: list[Line] = []
    start = 0
    while True:
        cut = min(start + columns, end)
        if cut < end and cells[cut] == "" and cut - 1 > start:
            cut -= 1
        line = Line.from_cells(cells[start:cut], pens[start:cut], last.fill)
        broken.append(line)
        if cut >= end:
            line.wrapped = last.wrapped
            return broken
        line.wrapped = True
        start = cut
