"""How far a run has come, as lines: what went wrong, then what goes on; those that wait or are done are one line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from mooring.fleet.folding import fold
from mooring.fleet.remote_text import terminal_line
from mooring.fleet.result import MachineResult, State
from mooring.ui.fleet.states import ORDER, SIGNS, line_tone
from mooring_widgets.line_list import Line
from mooring_widgets.plain_text import fit, plain_text

_MOST_FOLDED = 200
"""Names that are folded into one line: of more only their number is told."""

_GATHERED = (State.WAITING, State.DONE)
_NAME_WIDTH = 28
_LONGEST = 200


def progress_lines(results: Sequence[MachineResult], last_output: Mapping[str, bytes]) -> list[Line]:
    """The lines of a run that goes on. `last_output` is what each machine wrote last."""
    by_state: dict[State, list[MachineResult]] = {}
    for result in results:
        by_state.setdefault(result.state, []).append(result)
    lines: list[Line] = []
    width = _name_width(result for result in results if result.state not in _GATHERED)
    for state in ORDER:
        same = by_state.get(state, [])
        if same and state in _GATHERED:
            names = f"  {fold(result.machine for result in same)}" if len(same) <= _MOST_FOLDED else ""
            lines.append(
                ((SIGNS[state], line_tone(state)), (f" {len(same)} {state}", ""), (plain_text(names), "quiet"))
            )
        elif state not in _GATHERED:
            lines += [_machine_line(result, width, last_output.get(result.machine, b"")) for result in same]
    return lines


def _machine_line(result: MachineResult, width: int, last: bytes) -> Line:
    name = fit(plain_text(result.machine), width).ljust(width)
    if result.state.is_final:
        detail = result.reason or result.ending
        words = f"{result.state}: {detail}" if result.reason else detail
    else:
        words = str(result.state)
    head = (
        (SIGNS[result.state], line_tone(result.state)),
        (f" {name}  ", ""),
        (_one_line(words), line_tone(result.state)),
    )
    tail = _last_line(last)
    return (*head, (f"  {tail}", "quiet")) if tail else head


def _name_width(results: Iterable[MachineResult]) -> int:
    names = [plain_text(result.machine) for result in results]
    return min(_NAME_WIDTH, max(map(len, names), default=0))


def _one_line(text: str) -> str:
    return plain_text(text.replace("\n", " "))


def _last_line(data: bytes) -> str:
    text = data.rstrip(b"\r\n").rpartition(b"\n")[2][:_LONGEST]
    return terminal_line(text).expandtabs(8) if text else ""
