"""A run on many machines in a tab of its own: how far it is, what it asks, and its answers."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable

from textual.app import ComposeResult
from textual.content import Content
from textual.timer import Timer

from mooring.fleet.folding import fold
from mooring.fleet.history import RunRecord
from mooring.fleet.plan import RunPlan
from mooring.fleet.questions import FleetPrompter
from mooring.fleet.result import MachineResult
from mooring.fleet.run import RunListener
from mooring.model.prompts import Notice
from mooring.ui.fleet.answers_view import AnswersView
from mooring.ui.fleet.live_run import LiveRun, without_secrets
from mooring.ui.fleet.question_spot import QuestionSpot, SpotPrompter
from mooring.ui.fleet.states import StateText, counts_line, seconds_words
from mooring.ui.tabs.tab_pane import TabPane
from mooring_widgets.plain_text import plain_text
from mooring_widgets.session_tabs import TabItem, TabState

MakeRun = Callable[[FleetPrompter, RunListener], LiveRun]

_REFRESH_SECONDS = 0.1
_LAST_BYTES = 300
_CANARY_LINES = 8
_CANARY_BYTES = 4096
_MOST_FOLDED = 500


class RunTab(TabPane):
    """The listener of its run. Without `make` it shows a run that was."""

    def __init__(
        self, title: str, plan: RunPlan | None, make: MakeRun | None, record: RunRecord | None = None, *, id: str
    ) -> None:
        super().__init__(title, id=id)
        self._make = make
        self._plan = None if plan is None else without_secrets(plan)
        self.live: LiveRun | None = None
        self.record = record
        self._last_output: dict[str, bytes] = {}
        self._dirty = True
        self._ticks = 0
        self._problem = ""
        self._names = ""
        self._notices: list[str] = []
        self._unseen = False
        self._closed = False
        self._clock: Timer | None = None
        self.answers = AnswersView()
        self._spot = QuestionSpot(self._may_focus, () if plan is None else (job.machine for job in plan.jobs))

    def compose(self) -> ComposeResult:
        """Head, answers as far as there are some, and a question over them."""
        yield StateText(classes="run-tab--head")
        yield self.answers
        yield self._spot

    def on_mount(self) -> None:
        """Begin."""
        if self._make is not None:
            self.live = self._make(SpotPrompter(self._spot, self._notice), self)
            self._make = None
            # The screen's, not the tab's: a tab that is closed ends the run, and what came is kept in the history.
            self.screen.run_worker(self._go(self.live), group="run", name=f"run {self.title}", exit_on_error=True)
            self._clock = self.set_interval(_REFRESH_SECONDS, self._tick)
        elif self.record is not None:
            self._show_answers(self.record)
        self._refresh()

    # What the deck asks.

    @property
    def is_live(self) -> bool:
        """Whether something may still come."""
        return self.live is not None and self.live.is_live

    @property
    def at_stake(self) -> tuple[str, ...]:
        """A run that goes on."""
        return (f"the run of {self.title}",) if self.is_live else ()

    def tab_item(self) -> TabItem:
        """What the row of tabs shows."""
        guard = self._plan is not None and bool(self._plan.guarded) and self.is_live
        return TabItem(
            key=self.id or "", title=self.title, state=self._state, guard=guard, unseen=self._unseen, closable=True
        )

    def facts(self) -> Content:
        """How many machines are where."""
        results = self._results
        ended = sum(result.state.is_final for result in results)
        if self.is_live:
            return Content(f"{ended} of {len(results)}")
        failed = sum(result.status != 0 for result in results)
        return Content(f"{failed} of {len(results)} failed" if failed else f"{len(results)} done")

    def set_active(self, active: bool) -> None:
        """It is looked at, or not."""
        super().set_active(active)
        if active:
            self._unseen = False
            self._dirty = True

    def take_focus(self) -> None:
        """Give the keys to a question, or to the answers."""
        if self._spot.is_asking:
            self._spot.take_focus()
        else:
            self.answers.take_focus()

    def end(self) -> None:
        """The tab goes: so does what still runs. What comes of it is for the history alone."""
        self._closed = True
        self.cancel()

    def cancel(self) -> None:
        """End the run; what has come is kept."""
        if self.live is not None and self.live.is_live:
            self.live.cancel()

    @property
    def text(self) -> str:
        """What is in view."""
        return self.answers.text

    # What the run tells.

    def machine_changed(self, result: MachineResult) -> None:
        """One machine is in another state."""
        self._dirty = True

    def output_received(self, machine: str, data: bytes) -> None:
        """The last line of each machine is shown."""
        self._last_output[machine] = (self._last_output.get(machine, b"") + data[-_LAST_BYTES:])[-_LAST_BYTES:]
        self._dirty = True

    def errors_received(self, machine: str, data: bytes) -> None:
        """The same of standard error."""
        self.output_received(machine, data)

    async def confirm_rest(self, canary: MachineResult, rest: int) -> bool:
        """The first machine is through: show its answer, and ask about the others."""

        def read() -> bytes:
            return canary.output.read(_CANARY_BYTES) + canary.errors.read(_CANARY_BYTES)

        lines = (await asyncio.to_thread(read)).decode("utf-8", "replace").splitlines()
        title = f"{canary.machine}: {canary.reason or canary.ending}"
        others = "other one" if rest == 1 else f"other {rest}"
        return await self._spot.confirm(
            plain_text(title), lines[:_CANARY_LINES], yes=f"Go on with the {others}", no="Leave it at that"
        )

    def on_question_spot_changed(self, event: QuestionSpot.Changed) -> None:
        """A question came or went."""
        event.stop()
        if self._closed:
            return
        self.set_class(event.is_asking, "-asking")
        if event.had_keys and self.is_active:
            self.take_focus()
        self._refresh()

    def on_answers_view_changed(self, event: AnswersView.Changed) -> None:
        """Another view of the answers."""
        event.stop()
        self.post_message(self.Changed(self))

    async def _go(self, live: LiveRun) -> None:
        try:
            await live.run()
        except OSError as error:
            self._problem = f"the run can't be kept: {error.strerror}"
        self._last_output.clear()
        if self._clock is not None:
            self._clock.stop()
        if self._closed:
            return
        if live.record is not None:
            self._show_answers(live.record)
        else:
            self.answers.show(live.results)
        self._unseen = not self.is_active
        self._refresh()

    def _show_answers(self, record: RunRecord) -> None:
        self.record = record
        self.answers.show(record.results)

    def _notice(self, machine: str, notice: Notice) -> None:
        """Banners come by the hundred; the last line of a machine is place enough."""
        self._last_output[machine] = notice.text.encode("utf-8", "replace")[-_LAST_BYTES:]

    def _may_focus(self) -> bool:
        focused = self.screen.focused
        return self.is_active and (focused is None or self in focused.ancestors_with_self)

    def _tick(self) -> None:
        self._ticks += 1
        if self.is_live and (self._dirty or self._ticks % 10 == 0) and not self._closed:
            self._refresh()

    def _refresh(self) -> None:
        self._dirty = False
        self.query_one(".run-tab--head", StateText).update(self._head())
        if self.is_live and self.is_active:
            self.answers.follow(self._results, self._last_output)
        self.post_message(self.Changed(self))

    @property
    def _results(self) -> tuple[MachineResult, ...]:
        if self.live is not None:
            return self.live.results
        return self.record.results if self.record is not None else ()

    @property
    def _state(self) -> TabState:
        if self._spot.is_asking:
            return TabState.QUESTION
        if self.is_live:
            return TabState.CONNECTING
        return TabState.FAILED if any(result.status for result in self._results) else TabState.ENDED

    def _head(self) -> Content:
        record, results = self.record, self._results
        line = record.line if record is not None else self._plan.line if self._plan is not None else ""
        if not self._names:
            few = len(results) <= _MOST_FOLDED
            self._names = fold(result.machine for result in results) if few else f"{len(results)} machines"
        seconds = self.live.seconds if self.live is not None else record.seconds if record is not None else 0.0
        counts = Counter(result.state for result in results)
        told: list[Content | str | tuple[str, str]] = [
            (plain_text(line.split("\n")[0]), ".state--name"),
            (f"   on {plain_text(self._names)}", ".state--quiet"),
            "\n",
            counts_line(counts),
            (f"   {seconds_words(seconds)}", ".state--quiet"),
        ]
        if self._problem:
            told.append((f"   ✕ {self._problem}", ".state--bad"))
        return Content.assemble(*told)
