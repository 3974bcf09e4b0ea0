"""The lines of progress, answers and previews: what stands in them, without a screen."""

from __future__ import annotations

from pathlib import Path

from mooring.fleet.capture import Capture
from mooring.fleet.plan import Job, RunPlan
from mooring.fleet.result import MachineResult, State
from mooring.model.terminal import ExitResult
from mooring.ui.commands.make_plan import typed_text
from mooring.ui.commands.preview import preview_lines
from mooring.ui.fleet.answer_pages import MOST_PAGES, PAGE, AnswerPages
from mooring.ui.fleet.progress_lines import name_width, progress_line, progress_rows
from mooring_widgets.line_list import Line
from support.saved_commands import web_machine


def text(line: Line) -> str:
    """A line without its tones."""
    return "".join(piece for piece, _tone in line)


def capture(data: bytes, path: Path | None = None) -> Capture:
    """What a machine wrote."""
    if path is not None:
        path.write_bytes(data)
    return Capture(len(data), len(data), "digest", b"" if path is not None else data, path)


def test_an_answer_of_any_length_is_read_page_by_page(tmp_path: Path) -> None:
    count = PAGE * (MOST_PAGES + 6)
    output = capture(b"".join(b"line %d\n" % number for number in range(count)), tmp_path / "output")
    pages = AnswerPages(
        MachineResult("web", State.DONE, ExitResult(status=0), output=output, errors=capture(b"\x1b[31mbad\x1b[m\n"))
    )
    assert pages.count == count + 2
    wanted: list[int] = []
    assert text(pages.line(PAGE - 1, wanted.append)) == f"line {PAGE - 1}"
    assert text(pages.line(count - 1, wanted.append)) == "…"
    assert wanted == [(count - 1) // PAGE]
    for page in range(1, count // PAGE + 1):
        pages.read(page)
    assert text(pages.line(count - 1, wanted.append)) == f"line {count - 1}"
    assert [text(pages.line(count + more, wanted.append)) for more in (0, 1)] == ["standard error:", "bad"]
    assert pages.place_of(3, in_errors=False) == 2
    assert pages.place_of(1, in_errors=True) == count + 1
    assert text(pages.line(0, wanted.append)) == "…", "the oldest page made room"


def test_an_answer_without_output_says_why() -> None:
    lost = MachineResult("web", State.LOST, reason="connection lost\nafter 3 s")
    pages = AnswerPages(lost)
    lines = [text(pages.line(index, lambda page: None)) for index in range(pages.count)]
    assert lines == ["connection lost", "after 3 s"]
    silent = AnswerPages(MachineResult("web", State.DONE, ExitResult(status=0)))
    assert text(silent.line(0, lambda page: None)) == "it wrote nothing"


def test_progress_tells_single_machines_only_where_something_goes_on() -> None:
    states = [State.DONE, State.RUNNING, State.DONE, State.WAITING, State.TIMED_OUT, State.WAITING]
    results = [MachineResult(f"web-{number}", state) for number, state in enumerate(states, 1)]
    rows = progress_rows(results)
    width = name_width(rows)
    assert [text(progress_line(row, width, {"web-2": b"old\nnew \x1b[2Jline\n"})) for row in rows] == [
        "● web-2  running  new line",
        "· 2 waiting  web-[4,6]",
    ]


def test_a_preview_has_equal_commands_once_and_what_is_typed_is_what_runs() -> None:
    jobs = [Job(web_machine(number), "ls" if number < 3 else "ls\ndf") for number in (1, 2, 3)]
    plan = RunPlan("ls", tuple(jobs), sudo=True)
    assert preview_lines(plan) == ["web-[01-02]:", "  sudo: ls", "web-03:", "  sudo: ls", "  df"]
    assert preview_lines(plan.only(["web-01"])) == ["sudo: ls"]
    assert (
        typed_text(RunPlan("a", (Job(web_machine(1), "a && 'b'"),), sudo=True)) == "sudo sh -c 'a && '\"'\"'b'\"'\"''"
    )
