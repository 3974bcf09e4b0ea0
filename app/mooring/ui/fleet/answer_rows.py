"""What may stand in the list of a run's answers: those that still run, groups, machines, and places of a text. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from mooring.fleet.answers import AnswerGroup
from mooring.fleet.result import MachineResult
from mooring.fleet.search import Hit
from mooring.ui.fleet.answer_lines import group_line, hit_line, machine_line, name_width, unfinished_line, widest_count
from mooring.ui.fleet.progress_lines import Unfinished
from mooring_widgets.line_list import Line

Row = Unfinished | AnswerGroup | MachineResult | Hit


def identity(row: Row | None) -> object:
    """What stays the same of a row while it grows."""
    match row:
        case AnswerGroup(key=key):
            return key
        case Unfinished():
            return Unfinished
        case MachineResult(machine=name):
            return name
        case _:
            return row


def machines_of(row: Row | None) -> tuple[str, ...]:
    """The machines that a row speaks of."""
    match row:
        case MachineResult(machine=name) | Hit(machine=name):
            return (name,)
        case AnswerGroup(machines=names) | Unfinished(machines=names):
            return names
        case None:
            return ()


def line_maker(rows: Sequence[Row], most: AnswerGroup | None) -> Callable[[int], Line]:
    """What makes the line of the row at an index; `most` is marked as the largest group."""
    widest = widest_count([row for row in rows if isinstance(row, AnswerGroup | Unfinished)])
    names = name_width([row for row in rows if isinstance(row, MachineResult)])

    def line(index: int) -> Line:
        match rows[index]:
            case Unfinished() as rest:
                return unfinished_line(rest, widest)
            case AnswerGroup() as group:
                return group_line(group, most, widest)
            case MachineResult() as result:
                return machine_line(result, names)
            case Hit() as hit:
                return hit_line(hit)

    return line
