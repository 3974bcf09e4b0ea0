"""A command that runs apart beside the session: its output with its colours, how it ended, how long it took."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.message import Message

from mooring.fleet.plan import RunPlan
from mooring.fleet.questions import FleetPrompter
from mooring.fleet.result import MachineResult, State
from mooring.fleet.run import RunListener
from mooring.model.prompts import Notice
from mooring.ui.fleet.live_run import LiveRun, without_secrets
from mooring.ui.fleet.question_spot import QuestionSpot, SpotPrompter
from mooring.ui.fleet.states import SIGNS, StateText, seconds_words, tone
from mooring_widgets.command_panel import OutputView
from mooring_widgets.plain_text import plain_text
from mooring_widgets.terminal import PalettePolicy

BeginRun = Callable[[RunPlan, FleetPrompter, RunListener], LiveRun]

_MOST_WAITING = 512 * 1024
"""Bytes that wait to be shown before the machine has to wait with more."""


class RunView(Container):
    """Runs a plan of one machine as soon as it is there. It is the run's listener and shows its questions."""

    @dataclass
    class Changed(Message):
        """State or ending are new."""

        view: RunView

    def __init__(
        self, plan: RunPlan, begin: BeginRun, palette: PalettePolicy, *, may_focus: Callable[[], bool]
    ) -> None:
        """`may_focus` says whether a question may take the keys."""
        super().__init__()
        self.plan = plan
        self._begin = begin
        self._result = MachineResult(plan.jobs[0].machine.name, State.WAITING)
        self._problem = ""
        self._paused = False
        self._head = StateText(classes="run--head")
        self._output = OutputView(palette=palette)
        self._spot = QuestionSpot(may_focus, (job.machine for job in plan.jobs))
        self.run: LiveRun | None = None

    def compose(self) -> ComposeResult:
        """How it goes, what it says, what it asks."""
        yield self._head
        yield self._output
        yield self._spot

    def on_mount(self) -> None:
        """Begin."""
        self._show_head()
        self.run = self._begin(self.plan, SpotPrompter(self._spot, self._show_notice), self)
        self.plan = without_secrets(self.plan)
        self.screen.run_worker(self._go(self.run), group="run", name=f"run {self.title}", exit_on_error=True)
        self.set_interval(1.0, self._tick)

    def paint_by(self, palette: PalettePolicy) -> None:
        """Paint the output in these colours from now on."""
        self._output.palette = palette

    @property
    def title(self) -> str:
        """What it is called."""
        return self.plan.saved or self.plan.line

    @property
    def machine_name(self) -> str:
        """Where it runs."""
        return self._result.machine

    @property
    def is_live(self) -> bool:
        """Whether something may still come."""
        return self.run is None or self.run.is_live

    @property
    def result(self) -> MachineResult:
        """How it stands; with its output where it is over."""
        return self._result

    @property
    def text(self) -> str:
        """The lines of its output that are seen."""
        return "\n".join(line.rstrip() for line in self._output.emulator.display).rstrip()

    def cancel(self) -> None:
        """End it; what has come is kept."""
        if self.run is not None:
            self.run.cancel()

    def take_focus(self) -> None:
        """Give the keys to its question, else to its output."""
        if self._spot.is_asking:
            self._spot.take_focus()
        else:
            self.screen.set_focus(self._output)

    # What the run tells.

    def machine_changed(self, result: MachineResult) -> None:
        """Its state is another."""
        self._result = result
        self._show_head()

    def output_received(self, machine: str, data: bytes) -> None:
        """Standard output; a flood waits until it is shown."""
        self._output.feed(data)
        if not self._paused and self._output.pending > _MOST_WAITING and self.run is not None:
            self._paused = True
            self.run.pause_output()

    def errors_received(self, machine: str, data: bytes) -> None:
        """Standard error, where it belongs in time."""
        self.output_received(machine, data)

    async def confirm_rest(self, canary: MachineResult, rest: int) -> bool:
        """There is one machine."""
        return True

    def on_terminal_view_consumed(self, event: OutputView.Consumed) -> None:
        """More may come."""
        event.stop()
        if self._paused and self._output.pending < _MOST_WAITING // 2 and self.run is not None:
            self._paused = False
            self.run.resume_output()

    def on_question_spot_changed(self, event: QuestionSpot.Changed) -> None:
        """A question came or went; the output keeps the keys afterwards."""
        event.stop()
        self.set_class(event.is_asking, "-asking")
        if event.had_keys:
            self.screen.set_focus(self._output)
        self._show_head()

    async def _go(self, run: LiveRun) -> None:
        try:
            record = await run.run()
            self._result = record.results[0]
        except OSError as error:
            self._problem = f"can't be kept: {error.strerror}"
            self._result = MachineResult(self.machine_name, State.LOST, reason=self._problem)
        finally:
            self._tell_end()

    def _tell_end(self) -> None:
        if not self.is_attached:
            return
        if self._result.state.is_final and self._result.exit is None and self._result.reason:
            self._output.show_notice(self._result.reason)
        self._show_head()

    def _show_notice(self, machine: str, notice: Notice) -> None:
        self._output.show_notice(notice.text)

    def _tick(self) -> None:
        if self.is_live:
            self._show_head()

    def _show_head(self) -> None:
        result = self._result
        state = result.state
        sign = "?" if self._spot.is_asking else SIGNS[state]
        words = str(state)
        if state.is_final and self.is_live is False:
            words = "done" if result.status == 0 else result.ending
        seconds = seconds_words(self.run.seconds if self.run is not None else 0.0)
        told = f" {plain_text(words)} · {seconds}"
        self._head.update(
            Content.assemble(
                (sign, tone(state)),
                f" {plain_text(self.title.split(chr(10))[0])}",
                "\n  ",
                (f"{plain_text(self.machine_name)} ·{told}", ".state--quiet"),
            )
        )
        self.post_message(self.Changed(self))
