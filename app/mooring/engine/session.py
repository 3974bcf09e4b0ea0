"""What all sessions of the engine have in common: they run in a task, may ask, and end with one last message."""

from __future__ import annotations

import asyncio
import logging
from abc import ABC, abstractmethod
from dataclasses import dataclass

from mooring.engine.failures import failure_of
from mooring.engine.forwarding import ForwardTable
from mooring.engine.protocol import SessionEnded, SessionFailed, SessionProgress
from mooring.engine.questions import Questions, SessionPrompter
from mooring.engine.reconnecting import Outages, SleepWatch
from mooring.engine.ui_link import UiLink
from mooring.model.connection import Step
from mooring.model.errors import EngineError, MooringError
from mooring.model.prompts import Notice
from mooring.model.terminal import ExitResult, TerminalSize
from mooring.ssh import ConnectionPool

_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the sessions of one engine share: the way to the UI, its questions, the connections, and what broke them."""

    link: UiLink
    questions: Questions
    pool: ConnectionPool
    outages: Outages
    forwards: ForwardTable
    sleep: SleepWatch


class EngineSession(ABC):
    """Runs one session from its request to its last message. What it does between is the subclass's `_live`."""

    def __init__(self, number: int, surroundings: Surroundings) -> None:
        self.number = number
        self.outcome: SessionEnded | SessionFailed | None = None
        self._link = surroundings.link
        self._pool = surroundings.pool
        self._questions = surroundings.questions
        self._prompter = SessionPrompter(number, surroundings.questions, self._notice)

    async def run(self) -> None:
        """Live; the last message, `outcome`, has been sent when this returns or is cancelled."""
        try:
            result = await self._live()
        except MooringError as error:
            self._end(SessionFailed(self.number, failure_of(error)))
        except asyncio.CancelledError:
            self._end(SessionEnded(self.number, ExitResult(message="closed")))
            raise
        except Exception as error:
            _logger.exception("session %d", self.number)
            fault = EngineError(f"a fault in the engine: {type(error).__name__}", hint="Its log says more.")
            self._end(SessionFailed(self.number, failure_of(fault)))
        else:
            self._end(SessionEnded(self.number, result))

    @abstractmethod
    async def _live(self) -> ExitResult:
        """Connect, run, and tell how the remote program ended; all its output has been sent by then."""

    @abstractmethod
    def grant(self, count: int) -> None:
        """The UI takes so many bytes more."""

    @abstractmethod
    def type(self, data: bytes) -> None:
        """Send what the person typed or fed."""

    @abstractmethod
    def close_input(self) -> None:
        """Nothing more will be fed."""

    @abstractmethod
    def resize(self, size: TerminalSize, after: int) -> None:
        """The terminal has a new size, since it has shown `after` bytes of what it was sent."""

    @abstractmethod
    def _notice(self, notice: Notice) -> None:
        """Show something that the program did not write."""

    def _progress(self, step: Step, hop: str) -> None:
        self._link.send_message(SessionProgress(self.number, step, hop))

    def _end(self, outcome: SessionEnded | SessionFailed) -> None:
        self.outcome = outcome
        self._link.send_message(outcome)
