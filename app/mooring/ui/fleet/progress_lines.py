"""What goes on in a run, as lines: each machine that is dealt with; those that wait are one line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from mooring.fleet.folding import fold
from mooring.fleet.remote_text import terminal_line
from mooring.fleet.result import MachineResult, State
from mooring.ui.fleet.states import SIGNS, line_tone
from mooring_widgets.line_list import Line
from mooring_widgets.plain_text import fit, plain_text

ProgressRow = tuple[MachineResult, ...]
"""One machine, or all that wait: what stands in one line."""

_MOST_FOLDED = 200
"""Names that are folded into one line: of more only their number is told."""

_ORDER = (State.RUNNING, State.CONNECTING, State.WAITING)
_NAME_WIDTH = 28
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Unfinished:
    """The machines of a run that have not ended, their folded `names`, and how far the first of them are."""

    machines: tuple[str, ...]
    names: str
    state: State = State.WAITING


def furthest(results: Iterable[MachineResult]) -> State | None:
    """How far the first of those are that have not ended; None where all have."""
    states = {result.state for result in results}
    return next((state for state in _ORDER if state in states), None)


def progress_rows(results: Iterable[MachineResult]) -> list[ProgressRow]:
    """The rows of a run that goes on; what has ended is none of it."""
    by_state: dict[State, list[MachineResult]] = {}
    for result in results:
        by_state.setdefault(result.state, []).append(result)
    rows: list[ProgressRow] = []
    for state in _ORDER:
        same = by_state.get(state, [])
        if same and state is State.WAITING:
            rows.append(tuple(same))
        else:
            rows += [(result,) for result in same]
    return rows


def name_width(rows: Sequence[ProgressRow]) -> int:
    """Cells that the names of single machines take, as far as there is room for them."""
    names = (row[0].machine for row in rows if row[0].state is not State.WAITING)
    return min(_NAME_WIDTH, max((len(plain_text(name)) for name in names), default=0))


def progress_line(row: ProgressRow, width: int, last_output: Mapping[str, bytes]) -> Line:
    """One row; `last_output` is what each machine wrote last, `width` is for its name."""
    result = row[0]
    tone = line_tone(result.state)
    if result.state is State.WAITING:
        names = f"  {fold(each.machine for each in row)}" if len(row) <= _MOST_FOLDED else ""
        return ((SIGNS[result.state], tone), (f" {len(row)} {result.state}", ""), (plain_text(names), "quiet"))
    name = fit(plain_text(result.machine), width).ljust(width)
    head = ((SIGNS[result.state], tone), (f" {name}  ", ""), (str(result.state), tone))
    tail = _last_line(last_output.get(result.machine, b""))
    return (*head, (f"  {tail}", "quiet")) if tail else head


def _last_line(data: bytes) -> str:
    text = data.rstrip(b"\r\n").rpartition(b"\n")[2][:_LONGEST]
    return terminal_line(text).expandtabs(8) if text else ""
