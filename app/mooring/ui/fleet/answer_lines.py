"""Groups, machines, hits and differences as lines. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from mooring.fleet.answers import AnswerGroup
from mooring.fleet.differences import Change, Comparison, DiffRow
from mooring.fleet.remote_text import terminal_line
from mooring.fleet.result import MachineResult, State
from mooring.fleet.search import Hit
from mooring.ui.fleet.progress_lines import Unfinished
from mooring.ui.fleet.states import SIGNS, line_tone, seconds_words
from mooring_widgets.line_list import Line
from mooring_widgets.plain_text import fit, plain_text

_NAMES = 40
_SIGNS = {Change.SAME: " ", Change.ADDED: ">", Change.REMOVED: "<", Change.CHANGED: "|"}


def group_line(group: AnswerGroup, reference: AnswerGroup | None, widest: int) -> Line:
    """`  1  ✕ web-12   status 2`."""
    state = group.sample.state
    names = _plain(group.names)
    ending = "" if group.ending == "done" else _plain(group.ending)
    most = "  most of them" if group is reference else ""
    return (
        (f"{len(group.machines):>{widest}}  ", "strong"),
        (SIGNS[state], line_tone(state)),
        (f" {names}", ""),
        (f"  {ending}" if ending else "", line_tone(state)),
        (most, "quiet"),
    )


def unfinished_line(rest: Unfinished, widest: int) -> Line:
    """` 12  ● web-[03-14]   still running`."""
    tone = line_tone(rest.state)
    return (
        (f"{len(rest.machines):>{widest}}  ", "strong"),
        (SIGNS[rest.state], tone),
        (f" {_plain(rest.names)}", ""),
        ("  still running" if rest.state is State.RUNNING else f"  {rest.state}", tone),
    )


def machine_line(result: MachineResult, width: int) -> Line:
    """One machine: how it ended, and how long that took; its name takes `width` cells."""
    name = fit(plain_text(result.machine), width).ljust(width)
    ending = _plain(result.reason or result.ending)
    return (
        (SIGNS[result.state], line_tone(result.state)),
        (f" {name}", ""),
        (f"  {ending}", line_tone(result.state) if result.status else "quiet"),
        (f"  {seconds_words(result.seconds)}", "quiet"),
    )


def hit_line(hit: Hit) -> Line:
    """Where a text was found, and its line."""
    stream = " error" if hit.in_errors else ""
    return ((f"{plain_text(hit.machine)}{stream}:{hit.line}  ", "quiet"), (terminal_line(hit.text.encode()), ""))


def unified_lines(comparison: Comparison) -> list[Line]:
    """One below the other."""
    tones = {"-": "removed", "+": "added", "@": "quiet"}
    return [((_clean(line), tones.get(line[:1], "")),) for line in comparison.unified()]


def beside_lines(comparison: Comparison, width: int) -> list[Line]:
    """Side by side, each `width` cells wide at most."""
    return [_beside(row, max(10, width)) for row in comparison.rows]


def _beside(row: DiffRow, width: int) -> Line:
    if row.change is Change.SKIPPED:
        return ((f"… {row.count} equal lines", "quiet"),)
    left, right = (fit(_clean(text or ""), width) for text in (row.left, row.right))
    changed = row.change is not Change.SAME
    pad = " " * (width - cell_len(left))
    sign = (f" {_SIGNS[row.change]} ", "busy" if changed else "quiet")
    return ((left + pad, "removed" if changed else ""), sign, (right, "added" if changed else ""))


def _clean(text: str) -> str:
    return terminal_line(text.encode("utf-8", "replace")).expandtabs(8)


def _plain(text: str) -> str:
    return plain_text(text.replace("\n", " "))


def name_width(results: Sequence[MachineResult]) -> int:
    """Cells of the longest name, as far as there is room for names."""
    return min(_NAMES, max((cell_len(plain_text(result.machine)) for result in results), default=0))


def widest_count(rows: Sequence[AnswerGroup | Unfinished]) -> int:
    """Digits of the largest group's number."""
    return len(str(max((len(row.machines) for row in rows), default=1)))
