"""The line of progress of a run."""

from __future__ import annotations

from mooring.cli.fleet.progress import progress_line
from mooring.fleet.result import MachineResult, State


def test_it_counts_all_and_names_the_last_few() -> None:
    states = [State.DONE] * 30 + [State.FAILED] + [State.RUNNING] * 3 + [State.WAITING] * 18
    results = [MachineResult(f"web-{number}", state) for number, state in enumerate(states, 1)]
    assert progress_line(results) == "31 of 52: 30 done, 1 failed, 3 running, 18 waiting"
    assert progress_line(results[:34]) == "31 of 34: 30 done, 1 failed, 3 running: web-[32-34]"
    assert progress_line(results[:31]) == "31 of 31: 30 done, 1 failed"
    odd = [MachineResult("web\x1b[2J", State.RUNNING)]
    assert "\x1b" not in progress_line(odd)
