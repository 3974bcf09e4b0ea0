"""`mooring run`: plans, asks what has to be asked, runs, and shows the answers."""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mooring.cli.errors import FAILURE, INTERRUPTED, printable, say
from mooring.cli.fleet.output import RunOutput
from mooring.cli.fleet.planning import make_plan
from mooring.cli.fleet.progress import progress_line
from mooring.cli.fleet.prompter import RunPrompter
from mooring.cli.fleet.report import Report
from mooring.cli.fleet.request import Form, RunRequest
from mooring.cli.fleet.stream import LineStream
from mooring.cli.native.streams import InputReader
from mooring.cli.options import GlobalOptions
from mooring.fleet.capture import CaptureStore
from mooring.fleet.export import check_export
from mooring.fleet.folding import fold
from mooring.fleet.history import RunHistory, RunRecord
from mooring.fleet.plan import RunPlan
from mooring.fleet.result import MachineResult, exit_status
from mooring.fleet.run import AT_ONCE, FleetRun, RunOptions
from mooring.fleet.spool import InputSpool
from mooring.model.errors import UsageError
from mooring.store.paths import Paths

_PROGRESS_SECONDS = 0.1


def run_run(options: GlobalOptions, request: RunRequest) -> int:
    """Do what `request` asks for. The status is the highest of all machines', and 255 where one was not reached."""
    paths = options.paths or Paths.of_this_person()
    history = RunHistory(paths.runs)
    plan = make_plan(request, options, paths, history)
    if request.preview:
        for job in plan.jobs:
            print(printable(f"{job.machine.name}: {'sudo: ' if plan.sudo else ''}{job.command}"))
        return 0
    if request.view.export is not None:
        check_export(request.view.export)
    # What went wrong with a machine is its row; the parts' own log is for the engine's file.
    logging.getLogger("mooring").addHandler(logging.NullHandler())
    return asyncio.run(_run(plan, request, history))


async def _run(plan: RunPlan, request: RunRequest, history: RunHistory) -> int:
    return await _Runner(plan, request, history).run()


class _Runner:
    """One run at the terminal; also the listener of the run."""

    def __init__(self, plan: RunPlan, request: RunRequest, history: RunHistory) -> None:
        self._plan = plan
        self._request = request
        self._history = history
        self._output = RunOutput(on_full=self._pause, on_drained=self._resume, on_failed=self._cancel)
        self._prompter = RunPrompter(self._output)
        self._stream = LineStream(self._output) if request.view.form is Form.STREAM else None
        self._run: FleetRun | None = None
        self._keeps = not request.no_history
        self._interrupts = 0
        self._progress: asyncio.TimerHandle | None = None

    async def run(self) -> int:
        """Ask, run, show."""
        folder: Path | None = None
        try:
            if not await self._confirmed():
                return FAILURE
            folder = self._begin()
            record = await self._run_through(folder)
            await asyncio.to_thread(Report(record, self._request.view, self._output).write)
        except asyncio.CancelledError:
            if self._interrupts < 2:
                raise
            return INTERRUPTED
        finally:
            await self._output.finish()
            if folder is not None and not self._keeps:
                self._history.discard(folder)
        return INTERRUPTED if self._interrupts else exit_status(record.results)

    async def _run_through(self, folder: Path) -> RunRecord:
        request = self._request
        spool, reading = self._read_input()
        try:
            from mooring.fleet.direct import DirectExecutor

            self._run = run = FleetRun(
                self._plan,
                DirectExecutor(),
                self._prompter,
                self,
                CaptureStore(folder),
                RunOptions(
                    at_once=request.at_once or AT_ONCE,
                    timeout=request.timeout,
                    total_timeout=request.total_timeout,
                    stop_after=request.stop_after,
                    canary=request.canary,
                    one_password=request.one_password,
                ),
                stdin=spool,
            )
            started = time.monotonic()
            with self._signals_handled():
                results = await run.run()
            return self._save(folder, results, time.monotonic() - started)
        except BaseException:
            self._history.discard(folder)
            raise
        finally:
            self._show_progress_no_more()
            if reading is not None:
                reading.cancel()
                await asyncio.gather(reading, return_exceptions=True)
            if spool is not None:
                spool.close()

    def _begin(self) -> Path:
        """The folder for what machines answer; a temporary one where the history of runs can't be written to."""
        try:
            return self._history.begin()
        except OSError as error:
            self._keep_not(error)
            return Path(tempfile.mkdtemp(prefix="mooring-run-"))

    def _save(self, folder: Path, results: tuple[MachineResult, ...], seconds: float) -> RunRecord:
        try:
            return self._history.save(folder, self._plan, results, seconds)
        except OSError as error:
            self._keep_not(error)
            return self._history.unsaved(folder, self._plan, results, seconds)

    def _keep_not(self, error: OSError) -> None:
        """Go on without: what machines answer is worth more than having it again."""
        if self._keeps:
            self._keeps = False
            say(f"mooring: this run will not be in the history: {self._history.folder}: {error.strerror}")

    async def _confirmed(self) -> bool:
        """Whether the person wants it, where the command or a guarded machine asks for that."""
        plan = self._plan
        reasons = []
        if plan.guarded:
            reasons.append(f"guarded: {fold(plan.guarded)}")
        if plan.asks_first:
            reasons.append(f"to be confirmed: {plan.saved}: {plan.line}")
        if not reasons or self._request.yes:
            return True
        names = fold(job.machine.name for job in plan.jobs)
        for reason in reasons:
            self._output.write_error(printable(f"{reason}\n").encode("utf-8", "replace"))
        count = len(plan.jobs)
        answer = await self._prompter.confirm(f"Run it on {names} ({count} machine{'' if count == 1 else 's'})")
        if answer is None:
            raise UsageError(
                "This wants to be confirmed, and there is no terminal to ask at.", hint="--yes confirms it."
            )
        return answer

    async def confirm_rest(self, canary: MachineResult, rest: int) -> bool:
        """Called when the canary is through: show its answer, and ask."""
        if self._stream is None:
            ending = printable(f"{canary.machine}: {canary.reason or canary.ending}\n")
            self._output.write_error(ending.encode("utf-8", "replace"))
            for capture in (canary.output, canary.errors):
                self._output.write_error(printable(capture.read(4096).decode("utf-8", "replace")).encode())
        if self._request.yes:
            return canary.status == 0
        others = "other one" if rest == 1 else f"other {rest}"
        answer = await self._prompter.confirm(f"{canary.machine}: {canary.ending}. Go on with the {others}")
        return bool(answer)

    def machine_changed(self, result: MachineResult) -> None:
        """Called by the run."""
        if result.state.is_final and self._stream is not None:
            self._stream.finish(result.machine)
        if self._progress is None and self._output.shows_progress:
            self._progress = asyncio.get_running_loop().call_later(_PROGRESS_SECONDS, self._show_progress)

    def output_received(self, machine: str, data: bytes) -> None:
        """Called by the run."""
        if self._stream is not None:
            self._stream.take(machine, data, error=False)

    def errors_received(self, machine: str, data: bytes) -> None:
        """Called by the run."""
        if self._stream is not None:
            self._stream.take(machine, data, error=True)

    def _show_progress(self) -> None:
        self._progress = None
        if self._run is not None:
            self._output.show_status(progress_line(self._run.results))

    def _show_progress_no_more(self) -> None:
        if self._progress is not None:
            self._progress.cancel()
        self._output.show_status("")

    def _read_input(self) -> tuple[InputSpool | None, asyncio.Task[None] | None]:
        """What all machines are sent: standard input, unless it is a terminal or not wanted."""
        if self._request.no_stdin or sys.stdin is None or sys.stdin.closed or sys.stdin.isatty():
            return None, None
        spool = InputSpool()

        async def read() -> None:
            reader = InputReader(0)
            while data := await reader.read():
                spool.feed(data)
            spool.end()

        return spool, asyncio.create_task(read(), name="standard input")

    @contextmanager
    def _signals_handled(self) -> Iterator[None]:
        """^C: the first ends the run and keeps what has come, the second hangs up on everybody at once."""
        loop = asyncio.get_running_loop()
        task = asyncio.current_task()

        def interrupt() -> None:
            self._interrupts += 1
            if self._interrupts > 1 and task is not None:
                loop.remove_signal_handler(signal.SIGINT)
                task.cancel()
                return
            self._output.write_error(b"Ending; what has come is kept. ^C again ends at once.\n")
            self._cancel()

        watched = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
        for number in watched:
            loop.add_signal_handler(number, interrupt)
        try:
            yield
        finally:
            for number in watched:
                loop.remove_signal_handler(number)

    def _cancel(self) -> None:
        if self._run is not None:
            self._run.cancel()

    def _pause(self) -> None:
        if self._run is not None:
            self._run.pause_output()

    def _resume(self) -> None:
        if self._run is not None:
            self._run.resume_output()
