"""Answers of a whole run on standard output: gathered, machine by machine, compared, or as JSON."""

from __future__ import annotations

from collections.abc import Sequence

from mooring.cli.errors import printable
from mooring.cli.fleet.output import RunOutput
from mooring.cli.fleet.request import Form, View
from mooring.fleet.answers import AnswerGroup, group_answers, largest, lines_of
from mooring.fleet.capture import Capture
from mooring.fleet.differences import Change, DiffRow, compare_groups
from mooring.fleet.export import as_json, export
from mooring.fleet.history import RunRecord
from mooring.fleet.masks import Mask
from mooring.fleet.remote_text import terminal_line
from mooring.fleet.result import MachineResult

_SIDE = 60
"""Columns of each side of a comparison, where they stand side by side."""


class Report:
    """Writes one run's answers as `view` wants them. Everything here blocks while it reads what lies on disk."""

    def __init__(self, record: RunRecord, view: View, output: RunOutput) -> None:
        self._record = record
        self._view = view
        self._output = output
        self._masks = tuple(map(Mask, view.masks))
        self._headed = False

    def write(self) -> None:
        """Write all of it. Raises OSError, and UsageError for a folder that can't be exported to."""
        groups = group_answers(self._record.results, self._masks)
        match self._view.form:
            case Form.JSON:
                for part in as_json(self._record, groups):
                    self._put(part.encode())
            case Form.GATHER:
                self._write_groups(groups)
            case Form.BY_MACHINE:
                for result in self._record.results:
                    self._write_answer(result.machine, _ending(result), result)
            case Form.STREAM:
                self._write_endings(groups)
        if self._view.export is not None:
            export(self._record, groups, self._view.export)

    def _write_groups(self, groups: Sequence[AnswerGroup]) -> None:
        reference = largest(groups) if self._view.diff or self._view.side_by_side else None
        for group in groups:
            if reference is None or group is reference or not _spoke(group):
                self._write_answer(_title(group), group.ending, group.sample)
            else:
                ending = "" if group.ending == "done" else f"{group.ending}, "
                self._heading(_title(group), f"{ending}compared with {reference.names}")
                self._write_comparison(reference, group)

    def _write_endings(self, groups: Sequence[AnswerGroup]) -> None:
        """Behind a stream only what its lines don't tell: who did not end well, and how. On standard error."""
        endings: dict[str, list[AnswerGroup]] = {}
        for group in groups:
            if group.sample.status != 0:
                endings.setdefault(group.ending, []).append(group)
        for ending, same in endings.items():
            names = ",".join(group.names for group in same)
            self._output.write_error(f"{printable(names)}: {printable(ending)}\n".encode("utf-8", "replace"))

    def _write_answer(self, title: str, ending: str, result: MachineResult) -> None:
        self._heading(title, "" if ending == "done" else ending)
        self._write_capture(result.output)
        if result.errors.size:
            self._line(self._output.bold("standard error:"))
            self._write_capture(result.errors)

    def _heading(self, title: str, ending: str) -> None:
        text = printable(f"{title}: {ending}" if ending else title)
        if self._headed:
            self._line("")
        self._headed = True
        for index, line in enumerate(text.splitlines()):
            self._line(self._output.bold(f"{'   ' if index else '── '}{line}"))

    def _write_capture(self, capture: Capture) -> None:
        if self._output.is_terminal:
            for line in lines_of(capture):
                self._line(terminal_line(line))
        else:
            last = b"\n"
            for chunk in capture.chunks():
                self._put(chunk)
                last = chunk[-1:]
            if last != b"\n":
                self._put(b"\n")
        if not capture.is_whole:
            self._line(f"({capture.size - capture.kept} more bytes were not kept)")

    def _write_comparison(self, reference: AnswerGroup, group: AnswerGroup) -> None:
        comparison = compare_groups(reference, group, self._masks)
        if self._view.side_by_side:
            for row in comparison.rows:
                self._line(_beside(row))
        else:
            for line in comparison.unified():
                self._line(self._output.signed(printable(line)))

    def _line(self, text: str) -> None:
        self._put(f"{text}\n".encode("utf-8", "replace"))

    def _put(self, data: bytes) -> None:
        self._output.wait_for_room()
        self._output.write(data)


def _title(group: AnswerGroup) -> str:
    count = len(group.machines)
    return group.names if count == 1 else f"{group.names} ({count})"


def _ending(result: MachineResult) -> str:
    return result.reason or result.ending


def _spoke(group: AnswerGroup) -> bool:
    return bool(group.sample.output.size or group.sample.errors.size)


def _beside(row: DiffRow) -> str:
    if row.change is Change.SKIPPED:
        return f"  ... {row.count} equal lines ..."
    sign = {Change.SAME: " ", Change.ADDED: ">", Change.REMOVED: "<", Change.CHANGED: "|"}[row.change]
    left, right = (printable(text or "").replace("\t", "    ") for text in (row.left, row.right))
    return f"{left[:_SIDE]:<{_SIDE}} {sign} {right[:_SIDE]}".rstrip()
