"""What all sessions of the engine have in common: they run in a task, may ask, and end with one last message."""

from __future__ import annotations

import asyncio
import logging
from abc import ABC, abstractmethod
from dataclasses import dataclass

from mooring.engine.failures import failure_of
from mooring.engine.outlet import Outlet, SendData
from mooring.engine.protocol import SessionEnded, SessionFailed, SessionOpened, SessionProgress
from mooring.engine.questions import Questions, SendMessage, SessionPrompter
from mooring.model.connection import ConnectionFacts, Step
from mooring.model.errors import EngineError, MooringError
from mooring.model.terminal import ExitResult, TerminalSize
from mooring.ssh import ConnectionPool, Shell

_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the sessions of one engine share: the way to the UI, its questions, and the connections."""

    send_message: SendMessage
    send_data: SendData
    questions: Questions
    pool: ConnectionPool


class EngineSession(ABC):
    """Runs one session from its request to its last message. What it does between is the subclass's `_live`."""

    def __init__(self, number: int, credit: int, surroundings: Surroundings, *, joined: bool) -> None:
        self.number = number
        self._surroundings = surroundings
        self._prompter = SessionPrompter(number, surroundings.questions, surroundings.send_message)
        self._outlet = Outlet(number, credit, surroundings.send_data, joined=joined)

    async def run(self) -> None:
        """Live; the last message, SessionEnded or SessionFailed, has been sent when this returns or is cancelled."""
        send = self._surroundings.send_message
        try:
            result = await self._live()
        except MooringError as error:
            send(SessionFailed(self.number, failure_of(error)))
        except asyncio.CancelledError:
            send(SessionEnded(self.number, ExitResult(message="closed")))
            raise
        except Exception as error:
            _logger.exception("session %d", self.number)
            fault = EngineError(f"a fault in the engine: {type(error).__name__}", hint="Its log says more.")
            send(SessionFailed(self.number, failure_of(fault)))
        else:
            send(SessionEnded(self.number, result))

    def grant(self, count: int) -> None:
        """The UI takes so many bytes more."""
        self._outlet.grant(count)

    @abstractmethod
    async def _live(self) -> ExitResult:
        """Connect, run, and tell how the remote program ended; all its output has been sent by then."""

    @abstractmethod
    def type(self, data: bytes) -> None:
        """Send what the person typed or fed."""

    @abstractmethod
    def close_input(self) -> None:
        """Nothing more will be fed."""

    @abstractmethod
    def resize(self, size: TerminalSize) -> None:
        """Give the remote terminal a new size."""

    def _progress(self, step: Step, hop: str) -> None:
        self._surroundings.send_message(SessionProgress(self.number, step, hop))

    def _tell_opened(self, facts: ConnectionFacts) -> None:
        self._surroundings.send_message(SessionOpened(self.number, facts))

    async def _end_of(self, shell: Shell) -> ExitResult:
        """Wait until a program has ended and the UI has taken all of its output, however it ended."""
        try:
            result = await shell.wait()
        except MooringError:
            await self._outlet.drained()
            raise
        await self._outlet.drained()
        return result
