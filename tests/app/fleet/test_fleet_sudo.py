"""What sudo says among a program's own words, and when it says it."""

from __future__ import annotations

import asyncio
from itertools import pairwise
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from mooring.fleet.executor import ExecutionListener
from mooring.fleet.result import State
from mooring.fleet.sudo import SudoEvent, SudoMarks, SudoWatch
from mooring.model.machine import Target
from mooring.model.prompts import Prompter
from mooring.model.terminal import ExitResult
from support.fleet import Rehearsal, RememberingPrompter, line, machines

MARKS = SudoMarks("0123")


@given(st.lists(st.integers(0, 200)))
def test_marks_are_found_however_they_are_cut(cuts: list[int]) -> None:
    text = (
        b"<mooring lecture\n" + MARKS.asks + b"Sorry.\n" + MARKS.asks + MARKS.admitted + b"own " + MARKS.asks + b"<moor"
    )
    watch = SudoWatch(MARKS)
    passed = b""
    heard: list[SudoEvent] = []
    places = [0, *sorted(min(cut, len(text)) for cut in cuts), len(text)]
    for start, end in pairwise(places):
        data, events = watch.feed(text[start:end])
        passed += data
        heard += events
    assert passed + watch.rest() == b"<mooring lecture\nSorry.\nown " + MARKS.asks + b"<moor"
    assert heard == [SudoEvent.ASKS, SudoEvent.ASKS, SudoEvent.ADMITTED]


class HastyExecutor:
    """Its program asks before it is known to run, as a prompt in the same packet as the start does."""

    def __init__(self) -> None:
        self.written = bytearray()

    async def execute(
        self, target: Target, command: str, listener: ExecutionListener, prompter: Prompter
    ) -> ExitResult:
        """Say the mark that is in the command; the password is the first line written."""
        start = command.index("<mooring")
        listener.error_received(command[start : command.index(">", start) + 1].encode())
        program = _Program(self.written)
        listener.started(program)
        await program.drain()
        return ExitResult(0)


class _Program:
    def __init__(self, written: bytearray) -> None:
        self._written = written
        self._told = asyncio.Event()

    def write(self, data: bytes) -> None:
        self._written += data
        self._told.set()

    async def drain(self) -> None:
        await self._told.wait()

    def write_eof(self) -> None:
        self._told.set()

    def send_signal(self, name: str) -> None:
        self._told.set()

    def pause_reading(self) -> None:
        raise AssertionError("nobody asked for a pause")

    def resume_reading(self) -> None:
        self._told.set()


async def test_sudo_may_ask_before_its_program_is_known(tmp_path: Path) -> None:
    executor = HastyExecutor()
    plan = line("id", machines(("a",), tmp_path), sudo=True)
    rehearsal = Rehearsal(plan, tmp_path, prompter=RememberingPrompter(("pass",)), executor=executor)
    results = await rehearsal.results(seconds=25)
    assert (results["a"].state, bytes(executor.written)) == (State.DONE, b"pass\n")
