"""Requests of the UI that have one answer: each runs in a task of its own until it is answered or cancelled."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine

from mooring.engine.failures import failure_of
from mooring.engine.protocol import Message, Probe, Probed, RequestFailed
from mooring.engine.questions import SendMessage
from mooring.model.errors import EngineError, MooringError
from mooring.ssh import ConnectionPool, Prober

_logger = logging.getLogger(__name__)


class Requests:
    """All requests that are not answered yet, by number."""

    def __init__(self, send: SendMessage, pool: ConnectionPool) -> None:
        self._send = send
        self._prober = Prober(pool)
        self._tasks: dict[int, asyncio.Task[None]] = {}

    def probe(self, request: Probe) -> None:
        """Find out whether a machine can be reached."""

        async def answer() -> Message:
            found = await self._prober.probe(request.target, limit=request.limit, may_log_in=request.may_log_in)
            return Probed(request.request, found)

        self.start(request.request, answer())

    def start(self, number: int, answer: Coroutine[None, None, Message]) -> None:
        """Work on request `number`; what `answer` returns is sent, and what it raises as a failure."""
        if number in self._tasks:
            answer.close()
            raise EngineError(f"the UI made request {number} twice")
        task = asyncio.create_task(self._answer(number, answer), name=f"request {number}")
        self._tasks[number] = task
        task.add_done_callback(lambda _task: self._tasks.pop(number))

    def cancel(self, number: int) -> None:
        """Nobody waits for the answer any more; one that has just been sent is no fault."""
        if task := self._tasks.get(number):
            task.cancel()

    def cancel_all(self) -> None:
        """Nobody waits for any answer any more."""
        for task in self._tasks.values():
            task.cancel()

    async def _answer(self, number: int, answer: Coroutine[None, None, Message]) -> None:
        try:
            self._send(await answer)
        except MooringError as error:
            self._send(RequestFailed(number, failure_of(error)))
        except Exception as error:
            _logger.exception("request %d", number)
            fault = EngineError(f"a fault in the engine: {type(error).__name__}", hint="Its log says more.")
            self._send(RequestFailed(number, failure_of(fault)))
