"""Trying out what a form says: one connection, step by step, with what it asks and how it ends."""

from __future__ import annotations

from collections.abc import Callable

from mooring.model.errors import MooringError
from mooring.model.machine import Machine
from mooring.model.prompts import Answer, Question
from mooring.session.run import Run, Runs
from mooring.session.session import SessionState
from mooring.ui.problems import problem_lines

COMMAND = "true"
"""Run on the machine when the way stands: the least that shows that one may do something there."""

_WORDS = {
    "resolving": "read the configuration",
    "connecting": "connect to {hop}, and look at its host key",
    "authenticating": "log in to {hop}",
    "starting": "start a command",
}


class Trial:
    """A `RunListener` that keeps what happened as lines; `changed` is called for each that is new.

    `ask` and `lapse` show questions and take them away.
    """

    def __init__(
        self,
        runs: Runs,
        machine: Machine,
        changed: Callable[[], None],
        ask: Callable[[int, Question], None],
        lapse: Callable[[int], None],
    ) -> None:
        self._runs = runs
        self._changed = changed
        self._ask = ask
        self._lapse = lapse
        self._steps: list[str] = []
        self.machine = machine
        self._run = runs.start(machine.target, COMMAND, self)

    @property
    def steps(self) -> tuple[str, ...]:
        """The steps so far; all but the last are done, and the last one, too, once it `works`."""
        return tuple(self._steps)

    @property
    def is_over(self) -> bool:
        """Whether nothing more comes."""
        return not self._run.is_live

    @property
    def works(self) -> bool:
        """Whether the way stood up to the end: we were let in."""
        return self._run.facts is not None

    @property
    def outcome(self) -> str:
        """How it went, in a sentence; "" while it goes on."""
        facts, failure = self._run.facts, self._run.failure
        if facts is not None:
            by = f", by {facts.authentication}" if facts.authentication else ""
            return f"it works: {facts.user}@{facts.address}:{facts.port}{by}, host key {facts.key_type}"
        if failure is not None:
            return "\n".join(problem_lines(failure))
        return "" if self._run.is_live else "it ended before it began"

    @property
    def hint(self) -> str:
        """What to do next where it failed."""
        failure: MooringError | None = self._run.failure
        return "" if failure is None or self.works else failure.hint or ""

    def answer(self, question_id: int, answer: Answer) -> None:
        """Answer a question."""
        self._runs.answer(question_id, answer)

    def stop(self) -> None:
        """Give it up."""
        self._run.cancel()

    # What the run tells.

    def run_changed(self, run: Run) -> None:
        """Another step, or the end."""
        if run.state is SessionState.CONNECTING:
            step = _WORDS[run.step.value].format(hop=run.hop)
            if not self._steps or self._steps[-1] != step:
                self._steps.append(step)
        self._changed()

    def run_output(self, run: Run, data: bytes) -> None:
        """Nobody reads it."""
        run.consumed(len(data))

    def run_error_output(self, run: Run, data: bytes) -> None:
        """Nobody reads it."""
        run.consumed(len(data))

    def run_notice(self, run: Run, text: str) -> None:
        """A banner says nothing of whether it works."""

    def run_asked(self, run: Run, question_id: int, question: Question) -> None:
        """The way goes on with an answer."""
        self._ask(question_id, question)

    def run_question_lapsed(self, run: Run, question_id: int) -> None:
        """Nobody waits for it any more."""
        self._lapse(question_id)
