"""What is forwarded for one machine, from one connection to it to the next."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace

from mooring.model.errors import MooringError, PortTakenError, UsageError
from mooring.model.forward_report import ForwardReport, ForwardState
from mooring.model.forward_specification import ForwardSpecification
from mooring.ssh import Forward, Forwards

Wanted = tuple[ForwardSpecification, bool]
"""A forward, and whether the server listens for it."""


class MachineForwards:
    """Adds and removes forwards, and has them back on each new connection, where their counters go on.

    Those of the configuration are opened by the connection itself; one of them that was removed stays so.
    `who_listens` names the machine for which this engine listens on a port.
    """

    def __init__(self, name: str, who_listens: Callable[[int], str | None]) -> None:
        self.name = name
        self.watchers: list[Callable[[], None]] = []
        self._who_listens = who_listens
        self._forwards: Forwards | None = None
        self._added: list[Wanted] = []
        self._removed: set[Wanted] = set()
        self._failures: dict[Wanted, MooringError] = {}
        self._before: tuple[ForwardReport, ...] = ()
        """How they stood when the last connection was lost."""
        self._working = asyncio.Lock()

    async def connected(self, forwards: Forwards) -> None:
        """There is a connection: open on it what is wanted. What fails is in the reports."""
        async with self._working:
            if forwards is not self._forwards:
                await self._have_back(forwards)
        self._changed()

    def lost(self, forwards: Forwards) -> None:
        """A connection is gone; what was forwarded on it waits for the next."""
        if forwards is self._forwards:
            self._before = tuple(
                replace(report, state=ForwardState.WAITING, open=0, reason="") for report in self.reports()
            )
            self._forwards = None
            self._changed()

    async def add(self, specification: ForwardSpecification, *, remote: bool) -> None:
        """Open one more; without a connection it waits. Raises ConnectionFailedError, and UsageError for one twice."""
        wanted = (specification, remote)
        async with self._working:
            if any(_wanted(each) == wanted for each in self.reports() if not each.reason):
                raise UsageError("That is forwarded already.")
            if self._forwards is None:
                self._before = (*self._before, ForwardReport(specification, remote, ForwardState.WAITING))
            else:
                await self._open(specification, remote=remote)
            self._failures.pop(wanted, None)
            self._removed.discard(wanted)
            if wanted not in self._added:
                self._added.append(wanted)
        self._changed()

    async def remove(self, specification: ForwardSpecification, *, remote: bool) -> None:
        """Stop forwarding; connections on it go on to their end."""
        wanted = (specification, remote)
        async with self._working:
            await self._close(specification, remote=remote)
            self._before = tuple(each for each in self._before if _wanted(each) != wanted)
            self._failures.pop(wanted, None)
            if wanted in self._added:
                self._added.remove(wanted)
            else:
                self._removed.add(wanted)
        self._changed()

    def reports(self) -> tuple[ForwardReport, ...]:
        """How each of them stands, in the order of their making."""
        if self._forwards is None:
            return self._before
        standing = [_report(forward) for forward in self._forwards.active]
        failed = [
            ForwardReport(specification, remote, ForwardState.FAILED, reason=_reason(error))
            for (specification, remote), error in self._failures.items()
        ]
        told = {_wanted(report) for report in (*standing, *failed)}
        waiting = [ForwardReport(*wanted, ForwardState.WAITING) for wanted in self._added if wanted not in told]
        before = {_wanted(report): report for report in self._before}
        return tuple(_going_on(report, before.get(_wanted(report))) for report in (*standing, *failed, *waiting))

    def listens_on(self, port: int) -> bool:
        """Whether one of them listens on a port of this computer."""
        active = self._forwards.active if self._forwards is not None else ()
        return any(not forward.remote and forward.port == port for forward in active)

    async def _have_back(self, forwards: Forwards) -> None:
        self._forwards = forwards
        self._failures = {(each.specification, each.remote): each.error for each in forwards.failed}
        for (specification, _remote), error in self._failures.items():
            self._name_holder(specification, error)
        for specification, remote in self._removed:
            await self._close(specification, remote=remote)
        for specification, remote in self._added:
            try:
                await self._open(specification, remote=remote)
            except MooringError as error:
                self._failures[specification, remote] = error

    async def _open(self, specification: ForwardSpecification, *, remote: bool) -> None:
        if self._forwards is None or self._forwards.find(specification, remote=remote) is not None:
            return
        try:
            await self._forwards.open(specification, remote=remote)
        except PortTakenError as error:
            self._name_holder(specification, error)
            raise

    def _name_holder(self, specification: ForwardSpecification, error: MooringError) -> None:
        """Say which of our own machines has the port: the process is this one then, which tells nobody anything."""
        if isinstance(error, PortTakenError) and (name := self._who_listens(specification.listen_port)) is not None:
            error.hint = f"{name} has port {specification.listen_port}, here in Mooring"

    async def _close(self, specification: ForwardSpecification, *, remote: bool) -> None:
        if self._forwards is not None:
            forward = self._forwards.find(specification, remote=remote)
            if forward is not None:
                await self._forwards.close(forward)

    def _changed(self) -> None:
        for changed in tuple(self.watchers):
            changed()


def _report(forward: Forward) -> ForwardReport:
    traffic = forward.traffic
    return ForwardReport(
        forward.specification,
        forward.remote,
        ForwardState.LISTENING,
        forward.port,
        open=traffic.open,
        connections=traffic.connections,
        sent=traffic.sent,
        received=traffic.received,
    )


def _wanted(report: ForwardReport) -> Wanted:
    return report.specification, report.remote


def _going_on(report: ForwardReport, before: ForwardReport | None) -> ForwardReport:
    """A report with what was counted before its connection."""
    if before is None:
        return report
    return replace(
        report,
        connections=before.connections + report.connections,
        sent=before.sent + report.sent,
        received=before.received + report.received,
    )


def _reason(error: MooringError) -> str:
    """One line: whose the port is, else what the system says."""
    if isinstance(error, PortTakenError) and error.hint:
        return error.hint
    return error.message.partition("\n")[0]
