"""Runs that are kept, and what is written of them for others."""

from __future__ import annotations

import base64
import json
import os
import time
from pathlib import Path

import pytest

from mooring.fleet.answers import group_answers
from mooring.fleet.capture import CaptureLimits, CaptureStore
from mooring.fleet.export import as_json, as_markdown, to_directory
from mooring.fleet.history import RunHistory, RunRecord
from mooring.fleet.plan import RunPlan
from mooring.fleet.result import MachineResult, State
from mooring.model.errors import ConfigError, UsageError
from mooring.model.terminal import ExitResult

OUTPUTS = [b"same\n", b"same\n", b"\xff\xfe```\n", b"long " * 100]
LINE = "echo \udcff {{x}}"


def answered(folder: Path, outputs: list[bytes]) -> tuple[MachineResult, ...]:
    store = CaptureStore(folder, CaptureLimits(stream_memory=200))
    results = []
    for number, output in enumerate(outputs):
        writer, errors = store.open(), store.open()
        writer.write(output)
        results.append(
            MachineResult(f"m{number}", State.DONE, ExitResult(0), output=writer.finish(), errors=errors.finish())
        )
    results.append(MachineResult("../up", State.UNREACHABLE, reason="nobody\nthere", reason_kind="no answer"))
    return tuple(results)


PLAN = RunPlan(LINE, (), saved="say", values={"x": "1"})


def kept_run(history: RunHistory, outputs: list[bytes] = OUTPUTS) -> RunRecord:
    folder = history.begin()
    return history.save(folder, PLAN, answered(folder, outputs), 1.5)


def test_a_run_is_read_back_as_it_was(tmp_path: Path) -> None:
    history = RunHistory(tmp_path / "runs")
    record = kept_run(history)
    again = RunHistory(tmp_path / "runs").load()
    assert again == record
    assert (again.line, again.saved, again.values, again.failed) == (LINE, "say", {"x": "1"}, ("../up",))
    assert [result.output.read() for result in again.results] == [*OUTPUTS, b""]
    files = [file for file in (tmp_path / "runs" / record.id).iterdir() if file.name != "run.json"]
    assert len(files) == len(set(OUTPUTS))
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
    assert (tmp_path / "runs").stat().st_mode & 0o777 == 0o700
    assert history.load(record.id[:-2]) == record


def test_what_can_not_be_saved_can_still_be_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_path: Path, _data: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("mooring.fleet.history.write_atomically", full)
    history = RunHistory(tmp_path / "runs")
    folder = history.begin()
    results = answered(folder, OUTPUTS)
    with pytest.raises(OSError, match="No space"):
        history.save(folder, PLAN, results, 1.5)
    record = history.unsaved(folder, PLAN, results, 1.5)
    assert [result.output.read() for result in record.results] == [*OUTPUTS, b""]
    assert record.failed == ("../up",)
    assert history.ids() == ()


def test_old_runs_go(tmp_path: Path) -> None:
    history = RunHistory(tmp_path / "runs", keep_runs=3)
    kept = [kept_run(history, [b"x"]).id for _run in range(5)]
    assert history.ids() == tuple(reversed(kept[-3:]))
    small = RunHistory(tmp_path / "runs", keep_bytes=5000)
    last = kept_run(small, [b"y" * 10_000])
    assert small.ids() == (last.id,)
    left = small.begin()
    os.utime(left, (time.time() - 100_000,) * 2)
    kept_run(small, [b"z"])
    assert not left.exists()


def test_what_is_no_run_is_said(tmp_path: Path) -> None:
    history = RunHistory(tmp_path / "runs")
    with pytest.raises(UsageError, match="no run yet"):
        history.load()
    record = kept_run(history)
    with pytest.raises(UsageError, match="No runs are called 1999"):
        history.load("1999")
    (tmp_path / "runs" / record.id / "run.json").write_text('{"id": 1}')
    with pytest.raises(ConfigError, match="no record"):
        history.load()
    assert list(history.records()) == []


def test_json_holds_everything(tmp_path: Path) -> None:
    record = kept_run(RunHistory(tmp_path / "runs"))
    groups = group_answers(record.results)
    data = json.loads("".join(as_json(record, groups)))
    assert (data["id"], data["saved"], data["values"], data["status"]) == (record.id, "say", {"x": "1"}, 255)
    machines = data["machines"]
    assert [machine["machine"] for machine in machines] == ["m0", "m1", "m2", "m3", "../up"]
    assert machines[0]["output"] == "same\n"
    assert base64.b64decode(machines[2]["output_base64"]) == OUTPUTS[2]
    assert (machines[4]["state"], machines[4]["status"], machines[4]["reason"]) == ("unreachable", 255, "nobody\nthere")
    assert {"names": "m[0-1]", "machines": ["m0", "m1"], "ending": "done"} in data["groups"]


def test_json_of_outputs_that_are_read_in_pieces(tmp_path: Path) -> None:
    text, data = "é\0" * 800_000, bytes(range(256)) * 9000
    record = kept_run(RunHistory(tmp_path / "runs"), [text.encode(), data, text.encode()[:-2]])
    machines = json.loads("".join(as_json(record, ())))["machines"]
    assert machines[0]["output"] == text
    assert base64.b64decode(machines[1]["output_base64"]) == data
    assert base64.b64decode(machines[2]["output_base64"]) == text.encode()[:-2]


def test_markdown_can_not_be_broken_out_of(tmp_path: Path) -> None:
    record = kept_run(RunHistory(tmp_path / "runs"))
    text = "".join(as_markdown(record, group_answers(record.results)))
    assert "| 2 | `m[0-1]` | done |" in text
    assert "\n````\n\ufffd\ufffd```\n````\n" in text
    assert "nobody there" in text


def test_a_directory_has_a_file_for_each(tmp_path: Path) -> None:
    record = kept_run(RunHistory(tmp_path / "runs"))
    place = tmp_path / "out"
    to_directory(record, group_answers(record.results), place)
    assert sorted(entry.name for entry in place.iterdir()) == [
        "%2E.%2Fup",
        "README.md",
        "m0",
        "m1",
        "m2",
        "m3",
        "run.json",
    ]
    assert (place / "m2" / "output").read_bytes() == OUTPUTS[2]
    assert not (place / "m2" / "errors").exists()
    assert json.loads((place / "run.json").read_text())["machines"][0]["state"] == "done"
    with pytest.raises(UsageError, match="not empty"):
        to_directory(record, (), place)
