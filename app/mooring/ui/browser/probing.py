"""Looking whether machines can be reached: those that a person asks for, and unasked those that are in view."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Collection, Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.screen import Screen
from textual.worker import Worker

from mooring.model.errors import MooringError
from mooring.model.machine import Machine
from mooring.model.reachability import Reach, Reachability
from mooring.ui.browser.findings import Finding, summary
from mooring.ui.browser.machine_states import MachineStates

if TYPE_CHECKING:
    from mooring.engine.client import EngineClient

AT_ONCE = 8
"""Probes under way at the same time."""

LIMIT = 5.0
"""Seconds that one may take."""

FRESH = 60.0
"""Seconds for which a finding is good enough for a machine that comes into view again."""

_TOLD_EVERY = 0.5


class Probing:
    """Has the engine probe machines, a few at a time, and shows each finding as it comes; nothing waits for it.

    What was asked for goes first and may log in to jump hosts; what is only in view does neither, and is given up when
    it leaves. A probe that fails at a jump host has that looked for, too, where it is a machine of the list.
    """

    def __init__(
        self,
        screen: Screen[Any],
        engine: Callable[[], Awaitable[EngineClient]],
        find: Callable[[str | None], Machine | None],
        states: MachineStates,
        found: Callable[[str], None],
        say: Callable[[str], None],
    ) -> None:
        """`found` is told whose finding is new; `say` how it stands with what was asked for."""
        self._screen = screen
        self._engine = engine
        self._find = find
        self._states = states
        self._found = found
        self._say = say
        self._asked: dict[str, None] = {}
        self._in_view: dict[str, None] = {}
        self._running: dict[str, Worker[None]] = {}
        self._round: dict[str, Finding | None] = {}
        self._told = 0.0

    @property
    def is_asked(self) -> bool:
        """Whether machines that were asked for are still being looked for."""
        return bool(self._asked) or any(name in self._running and not found for name, found in self._round.items())

    def look_for(self, names: Iterable[str]) -> None:
        """Look for these machines; nothing is too fresh for that."""
        wanted = [name for name in names if self._can_probe(name)]
        for name in wanted:
            self._round[name] = None
            if (running := self._running.get(name)) is not None:
                self._end(name, running)  # One that was not asked for may not log in.
            self._asked[name] = None
        if len(wanted) > 1:
            self._say(f"looking for {len(wanted)} machines …")
        self._fill()

    def look_at_view(self, names: Iterable[str]) -> None:
        """Look for what is in view, unless that is known well enough; what has left it is not looked for."""
        in_view = dict.fromkeys(names)
        now = time.time()
        self._in_view = {name: None for name in in_view if self._is_due(name, now)}
        for name, worker in [*self._running.items()]:
            if name not in in_view and name not in self._round:
                self._end(name, worker)
        self._fill()

    def follow(self, names: Collection[str]) -> None:
        """Give up what is no machine any more."""
        for name, worker in [*self._running.items()]:
            if name not in names:
                self._round.pop(name, None)
                self._end(name, worker)
        self._asked = {name: None for name in self._asked if name in names}
        self._round = {name: found for name, found in self._round.items() if name in names}
        self._fill()

    def stop(self) -> None:
        """Give up what was asked for."""
        self._asked.clear()
        for name, worker in [*self._running.items()]:
            if name in self._round:
                self._end(name, worker)
        self._end_round()

    # Inner parts.

    def _can_probe(self, name: str) -> bool:
        machine = self._find(name)
        return machine is not None and machine.problem is None

    def _is_due(self, name: str, now: float) -> bool:
        finding = self._states.finding(name)
        known = finding is not None and now - finding.when < FRESH
        return not known and not self._states.is_live(name) and name not in self._running and self._can_probe(name)

    def _fill(self) -> None:
        self._make_room(min(AT_ONCE, len(self._asked)))
        for waiting in (self._asked, self._in_view):
            while waiting and len(self._running) < AT_ONCE:
                name = next(iter(waiting))
                del waiting[name]
                machine = self._find(name)
                if machine is not None and name not in self._running:
                    self._begin(machine, may_log_in=waiting is self._asked)

    def _make_room(self, wanted: int) -> None:
        """Let what was not asked for wait behind what was."""
        unasked = [name for name in self._running if name not in self._round]
        while unasked and AT_ONCE - len(self._running) < wanted:
            name = unasked.pop()
            self._end(name, self._running[name])
            self._in_view[name] = None

    def _begin(self, machine: Machine, *, may_log_in: bool) -> None:
        self._states.show_checking(machine.name, checking=True)
        work = partial(self._probe, machine, may_log_in=may_log_in)
        self._running[machine.name] = self._screen.run_worker(work, group="probes", name=f"probe {machine.name}")

    async def _probe(self, machine: Machine, *, may_log_in: bool) -> None:
        try:
            engine = await self._engine()
            found = await engine.probe(machine.target, limit=LIMIT, may_log_in=may_log_in)
        except MooringError as error:
            found = Reachability(Reach.FAILED, None, error.message, machine.name)
        self._running.pop(machine.name, None)
        finding = Finding(found, time.time(), LIMIT)
        self._states.show_finding(machine.name, finding)
        self._found(machine.name)
        if found.reach is Reach.JUMP_FAILED and found.hop != machine.name and self._is_due(found.hop, time.time()):
            self._in_view[found.hop] = None
        if machine.name in self._round:
            self._round[machine.name] = finding
            self._tell()
        self._fill()

    def _end(self, name: str, worker: Worker[None]) -> None:
        self._running.pop(name, None)
        worker.cancel()
        self._states.show_checking(name, checking=False)

    def _tell(self) -> None:
        if not self.is_asked:
            self._end_round()
        elif time.monotonic() - self._told > _TOLD_EVERY:
            self._told = time.monotonic()
            done = sum(found is not None for found in self._round.values())
            self._say(f"{done} of {len(self._round)} looked for …")

    def _end_round(self) -> None:
        findings = [found for found in self._round.values() if found is not None]
        several = len(self._round) > 1
        self._round.clear()
        if several:
            self._say(summary(findings))
