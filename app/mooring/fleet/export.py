"""A run's answers for other programs and other people: JSON, Markdown, or a directory of files."""

from __future__ import annotations

import base64
import codecs
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import quote

from mooring.fleet.answers import AnswerGroup, lines_of
from mooring.fleet.capture import Capture
from mooring.fleet.history import RunRecord
from mooring.fleet.result import MachineResult, exit_status
from mooring.model.errors import UsageError

_MARKDOWN_LINES = 500
"""Lines of one output that a Markdown report shows; the files have them all."""


def as_json(record: RunRecord, groups: Sequence[AnswerGroup]) -> Iterator[str]:
    """The whole run as one JSON document, piece by piece, so that no output has to be in memory whole.

    Outputs are text under `output` and `errors`; what is no UTF-8 is under `output_base64` and `errors_base64`.
    `..._bytes` is what the machine wrote, `..._cut` says that not all of it was kept. Blocks; raises OSError.
    """
    head = {**_facts(record), "groups": [_group(group) for group in groups]}
    yield json.dumps(head, indent=2)[:-2] + ',\n  "machines": ['
    for index, result in enumerate(record.results):
        yield ("," if index else "") + "\n    " + json.dumps(_ending(result))[:-1]
        yield from _stream("output", result.output)
        yield from _stream("errors", result.errors)
        yield "}"
    yield "\n  ]\n}\n"


def as_markdown(record: RunRecord, groups: Sequence[AnswerGroup]) -> Iterator[str]:
    """A report for people: who said what, group by group. Blocks; raises OSError."""
    yield f"# `{_inline(record.saved or record.line)}`\n\n"
    count = len(record.results)
    yield f"{record.started}, {count} machine{'' if count == 1 else 's'}, {record.seconds:.1f} s.\n\n"
    yield "| machines | | ending |\n|---:|---|---|\n"
    for group in groups:
        yield f"| {len(group.machines)} | `{_inline(group.names)}` | {_inline(group.ending)} |\n"
    for group in groups:
        yield f"\n## {len(group.machines)}: `{_inline(group.names)}`\n\n{_inline(group.ending)}\n"
        for title, capture in (("", group.sample.output), ("Standard error:", group.sample.errors)):
            if capture.size:
                yield f"\n{title}\n\n{_fenced(capture)}" if title else f"\n{_fenced(capture)}"


def to_directory(record: RunRecord, groups: Sequence[AnswerGroup], folder: Path) -> None:
    """Write `MACHINE/output` and `MACHINE/errors`, `run.json` and `README.md` into a new or empty folder.

    Raises UsageError for a folder that holds something, and OSError.
    """
    check_export(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for result in record.results:
        place = folder / _file_name(result.machine)
        place.mkdir()
        for name, capture in (("output", result.output), ("errors", result.errors)):
            if capture.size:
                with (place / name).open("wb") as file:
                    file.writelines(capture.chunks())
    facts = {**_facts(record), "machines": [_ending(result) for result in record.results]}
    (folder / "run.json").write_text(json.dumps(facts, indent=2) + "\n")
    with (folder / "README.md").open("w") as report:
        report.writelines(as_markdown(record, groups))


def export(record: RunRecord, groups: Sequence[AnswerGroup], place: Path) -> None:
    """Write a run to `place`: by its ending a JSON file, a Markdown file, or else a folder.

    Blocks; raises OSError, and UsageError for a folder that holds something.
    """
    writers = {".json": as_json, ".md": as_markdown}
    if (writer := writers.get(place.suffix)) is None:
        to_directory(record, groups, place)
        return
    with place.open("w", encoding="utf-8", errors="replace") as file:
        file.writelines(writer(record, groups))


def write_output(result: MachineResult, place: Path) -> None:
    """Write all that was kept of one machine's output, standard error behind it. Blocks; raises OSError."""
    with place.open("wb") as file:
        for capture in (result.output, result.errors):
            file.writelines(capture.chunks())


def check_export(place: Path) -> None:
    """Raise UsageError where a folder to export to holds something already, before anything was done for it."""
    if place.is_dir() and any(place.iterdir()):
        raise UsageError(f"{place} is not empty.", hint="Name a folder that does not exist yet.")


def _facts(record: RunRecord) -> dict[str, object]:
    return {
        "id": record.id,
        "started": record.started,
        "seconds": round(record.seconds, 3),
        "command": record.line,
        "saved": record.saved or None,
        "values": dict(record.values),
        "sudo": record.sudo,
        "status": exit_status(record.results),
    }


def _group(group: AnswerGroup) -> dict[str, object]:
    return {"names": group.names, "machines": list(group.machines), "ending": group.ending}


def _ending(result: MachineResult) -> dict[str, object]:
    return {
        "machine": result.machine,
        "state": str(result.state),
        "status": result.status,
        "signal": None if result.exit is None else result.exit.signal,
        "reason": result.reason or None,
        "seconds": round(result.seconds, 3),
    }


def _stream(name: str, capture: Capture) -> Iterator[str]:
    """One stream's members, with a comma before each."""
    facts = {f"{name}_bytes": capture.size, f"{name}_cut": not capture.is_whole}
    yield f", {json.dumps(facts)[1:-1]}, "
    if _is_text(capture):
        yield f'"{name}": "'
        decoder = codecs.getincrementaldecoder("utf-8")()
        for chunk in capture.chunks():
            yield json.dumps(decoder.decode(chunk))[1:-1]
    else:
        yield f'"{name}_base64": "'
        rest = b""
        for chunk in capture.chunks():
            data = rest + chunk
            whole = len(data) - len(data) % 3
            rest = data[whole:]
            yield base64.b64encode(data[:whole]).decode("ascii")
        yield base64.b64encode(rest).decode("ascii")
    yield '"'


def _is_text(capture: Capture) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for chunk in capture.chunks():
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _fenced(capture: Capture) -> str:
    """A block of code, with a fence that nothing in it can end."""
    lines = [line.decode("utf-8", "replace") for line in lines_of(capture, limit=_MARKDOWN_LINES + 1)]
    cut = len(lines) > _MARKDOWN_LINES or not capture.is_whole
    longest = max((len(run) for line in lines for run in re.findall("`+", line)), default=0)
    fence = "`" * max(3, longest + 1)
    shown = "\n".join(_visible(line) for line in lines[:_MARKDOWN_LINES])
    note = f"\n({capture.size} bytes in all; the rest is not shown.)\n" if cut else ""
    return f"{fence}\n{shown}\n{fence}\n{note}"


def _visible(line: str) -> str:
    return "".join(sign if sign.isprintable() or sign == "\t" else "\N{REPLACEMENT CHARACTER}" for sign in line)


def _inline(text: str) -> str:
    return _visible(text.replace("\n", " ")).replace("`", "'").replace("|", "\\|")


def _file_name(machine: str) -> str:
    """A machine's name as a file's: no slash, no leading dot, nothing that a name can't hold."""
    name = quote(machine, safe=" +,=@:[]", errors="surrogateescape")
    return f"%2E{name[1:]}" if name.startswith(".") else name
