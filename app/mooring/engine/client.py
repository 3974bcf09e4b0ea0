"""The UI's side of the engine: what can be asked of it, and who hears what it says."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol

from mooring.engine.failures import error_of, failure_of
from mooring.engine.framing import FrameKind
from mooring.engine.line import EngineLine
from mooring.engine.protocol import (
    AddForward,
    AnswerQuestion,
    CancelRequest,
    CloseInput,
    CloseSession,
    ForwardList,
    GrantCredit,
    Hello,
    KeepFor,
    Kept,
    ListForwards,
    News,
    OpenFiles,
    OpenSession,
    Probe,
    Probed,
    ReconnectSession,
    RecordSession,
    Refused,
    Remember,
    RemoveForward,
    Reply,
    Report,
    Request,
    RequestFailed,
    ResizeSession,
    RunCommand,
    TakenOver,
    TakeUpSession,
    ToUI,
)
from mooring.model.errors import EngineError
from mooring.model.forward_report import ForwardReport
from mooring.model.forward_specification import ForwardSpecification
from mooring.model.machine import Machine, Target
from mooring.model.prompts import Answer
from mooring.model.reachability import Reachability
from mooring.model.recording import RecordingPlan
from mooring.model.terminal import TerminalSize
from mooring.store.paths import Paths


class EngineListener(Protocol):
    """Whoever is told what the engine says. Called in the event loop, in the order in which things happened."""

    def message_received(self, message: News) -> None:
        """Take one message."""
        ...

    def output_received(self, session: int, data: bytes) -> None:
        """Take output of a session; it has been booked off that session's credit."""
        ...

    def error_output_received(self, session: int, data: bytes) -> None:
        """Take standard error of a command without a terminal, on the same credit."""
        ...

    def engine_lost(self, error: EngineError) -> None:
        """The engine is gone without being asked to go, or another UI has it now. Called once, last.

        With an EngineTakenOverError the sessions go on there, else all are gone.
        """
        ...


class EngineClient:
    """A running engine. Made by `start` or `attach`, left by `stop` or `detach`; what else is no coroutine returns at
    once."""

    def __init__(self, listener: EngineListener, log_file: Path) -> None:
        self._listener = listener
        self._line = EngineLine(self, log_file)
        self._requests = itertools.count(1)
        self._unanswered: dict[int, asyncio.Future[Reply]] = {}
        self.kept = Kept()
        """What the engine had kept when it was attached to: each has to be taken up or closed."""

    @classmethod
    async def start(
        cls,
        listener: EngineListener,
        *,
        log_file: Path | None = None,
        runtime: Path | None = None,
        keep_seconds: float = 0.0,
    ) -> EngineClient:
        """Start an engine process and wait until it answers. Raises EngineError when it doesn't.

        With a `runtime` directory its sessions can be kept: for `keep_seconds` where this process goes without a word
        (0 ends them), or by `detach`.
        """
        client = cls(listener, log_file or Paths.of_this_person().engine_log)
        client.kept = await client._line.start(runtime, keep_seconds)
        return client

    @classmethod
    async def attach(
        cls,
        listener: EngineListener,
        process_id: int,
        *,
        runtime: Path,
        log_file: Path | None = None,
        keep_seconds: float = 0.0,
        take_over: bool = False,
    ) -> EngineClient:
        """Attach to an engine that keeps sessions (`mooring.engine.discovery` finds them).

        Raises EngineBusyError where another UI is attached and not to be sent away, EngineVersionError for an engine of
        another version, EngineError where it can't be reached.
        """
        client = cls(listener, log_file or Paths.of_this_person().engine_log)
        client.kept = await client._line.attach(runtime, process_id, keep_seconds, take_over=take_over)
        return client

    @property
    def process_id(self) -> int:
        """The engine's process."""
        return self._line.process_id

    # Shells in tabs.

    def open(
        self,
        session: int,
        machine: Machine,
        size: TerminalSize,
        terminal_type: str,
        environment: Mapping[str, str],
        credit: int,
        *,
        scrollback_lines: int = 10_000,
        scrollback_bytes: int = 64 * 1024 * 1024,
        splash: bool = False,
        reconnect: bool = True,
        recording: RecordingPlan | None = None,
    ) -> None:
        """Connect to `machine` and start a shell there, as session number `session`, which must be new."""
        self._line.send_message(
            OpenSession(
                session,
                machine,
                size,
                terminal_type,
                dict(environment),
                credit,
                scrollback_lines,
                scrollback_bytes,
                splash,
                reconnect,
                recording,
            )
        )

    def take_up(self, session: int, size: TerminalSize, credit: int) -> None:
        """Show a kept session on a terminal of `size`: what draws it comes as output, and then what follows."""
        self._line.send_message(TakeUpSession(session, size, credit))

    def record(self, session: int, plan: RecordingPlan | None) -> None:
        """Record a session's output to a file, or no more (None); a RecordingChanged says what comes of it."""
        self._line.send_message(RecordSession(session, plan))

    def remember(self, note: str) -> None:
        """Have the engine keep a note for the next UI; the last one counts."""
        self._line.send_message(Remember(note))

    def keep_for(self, seconds: float) -> None:
        """Have sessions kept for so long where this process goes without a word; 0 ends them then."""
        self._line.send_message(KeepFor(seconds))

    # Commands that run apart.

    def run(
        self,
        session: int,
        target: Target,
        command: str,
        credit: int,
        *,
        size: TerminalSize | None = None,
        terminal_type: str = "",
        environment: Mapping[str, str] | None = None,
        takes_input: bool = False,
    ) -> None:
        """Run a command beside what else is on the machine's connection, as session number `session`.

        It has a terminal where there is a `size`; else standard error comes apart, on the same credit. With
        `takes_input` it may be sent as many bytes as `GrantInput` messages say, and `close_input` ends them.
        """
        self._line.send_message(
            RunCommand(session, target, command, credit, size, terminal_type, dict(environment or {}), takes_input)
        )

    def close_input(self, session: int) -> None:
        """Say that a command's standard input is at its end."""
        self._line.send_message(CloseInput(session))

    def reconnect(self, session: int) -> None:
        """Try at once to make a shell's lost connection again; give one up that does not answer now."""
        self._line.send_message(ReconnectSession(session))

    # Both.

    def send(self, session: int, data: bytes) -> None:
        """Type `data` in a session, or feed it."""
        self._line.send_data(FrameKind.INPUT, session, data)

    def resize(self, session: int, size: TerminalSize, after: int = 0) -> None:
        """Tell a session its terminal's new size, and how many bytes of its output the terminal had shown by then."""
        self._line.send_message(ResizeSession(session, size, after))

    def grant(self, session: int, count: int) -> None:
        """Let `count` more bytes of a session's output come."""
        self._line.send_message(GrantCredit(session, count))

    def close_session(self, session: int) -> None:
        """Hang up. SessionEnded or SessionFailed follows if it has not been sent yet."""
        self._line.send_message(CloseSession(session))

    def answer(self, question: int, answer: Answer) -> None:
        """Answer a question of the engine's; None is "leave it"."""
        self._line.send_message(AnswerQuestion(question, answer))

    # Requests.

    async def probe(self, target: Target, *, limit: float, may_log_in: bool = True) -> Reachability:
        """Find out within `limit` seconds whether a machine can be reached; its user is not told. Nobody is asked.

        A jump host is logged in to where that may be and needs no answer; else one that is open already is used.
        What keeps it from being reached is in the answer. Raises EngineError when the engine is lost. Cancelling gives
        the probe up.
        """
        answer = await self._ask(Probe(next(self._requests), target, limit, may_log_in))
        if not isinstance(answer, Probed):
            raise EngineError(f"the engine answered a probe by {type(answer).__name__}")
        return answer.found

    async def forwards(self, session: int) -> tuple[ForwardReport, ...]:
        """How the forwards of a session's machine stand. Raises EngineError when the engine is lost."""
        return await self._ask_about_forwards(ListForwards(next(self._requests), session))

    async def add_forward(
        self, session: int, specification: ForwardSpecification, *, remote: bool
    ) -> tuple[ForwardReport, ...]:
        """Open a forward on a session's machine. Raises ConnectionFailedError, UsageError and EngineError."""
        return await self._ask_about_forwards(AddForward(next(self._requests), session, specification, remote))

    async def remove_forward(
        self, session: int, specification: ForwardSpecification, *, remote: bool
    ) -> tuple[ForwardReport, ...]:
        """Stop forwarding. Raises EngineError."""
        return await self._ask_about_forwards(RemoveForward(next(self._requests), session, specification, remote))

    # Files.

    def open_files(self, session: int, target: Target, name: str) -> None:
        """Start SFTP on a machine's connection as session number `session`; `name` stands before its paths."""
        self._line.send_message(OpenFiles(session, target, name))

    async def ask(self, request: Callable[[int], Request]) -> Reply:
        """Make a request with the number that it gets, and wait for its answer; cancelling cancels what it is about.

        Raises what the engine says went wrong, and EngineError when it is lost.
        """
        return await self._ask(request(next(self._requests)))

    # Leaving.

    async def stop(self) -> None:
        """End every session and the engine, and wait until its process is gone."""
        await self._line.stop()

    async def detach(self) -> None:
        """Leave the engine to itself: it keeps its sessions until they end. One without sessions ends."""
        await self._line.detach()

    async def leave(self) -> None:
        """Go without a word, as when this process is killed: sessions are kept for the `keep_seconds` of the start.

        `keep_for` may have changed them meanwhile.
        """
        await self._line.leave()

    # Called by the line.

    def message_received(self, message: ToUI) -> None:
        """Called by the line."""
        match message:
            case Reply(request=number):
                if (answer := self._unanswered.get(number)) is not None and not answer.done():
                    answer.set_result(message)
            case Hello() | Kept() | Refused() | TakenOver() | Report():
                raise EngineError(f"the engine said {type(message).__name__} in the middle of the conversation")
            case _:
                self._listener.message_received(message)

    def data_received(self, kind: FrameKind, session: int, data: bytes) -> None:
        """Called by the line."""
        if kind is FrameKind.ERROR:
            self._listener.error_output_received(session, data)
        else:
            self._listener.output_received(session, data)

    def line_lost(self, error: EngineError) -> None:
        """Called by the line."""
        ended = failure_of(EngineError("the engine ended before it answered"))
        for number, answer in self._unanswered.items():
            if not answer.done():
                answer.set_result(RequestFailed(number, ended))
        self._listener.engine_lost(error)

    async def _ask_about_forwards(
        self, request: ListForwards | AddForward | RemoveForward
    ) -> tuple[ForwardReport, ...]:
        answer = await self._ask(request)
        if not isinstance(answer, ForwardList):
            raise EngineError(f"the engine answered about forwards by {type(answer).__name__}")
        return answer.forwards

    async def _ask(self, request: Request) -> Reply:
        """Send a request and wait for its answer. Raises what the engine says went wrong."""
        if self._line.lost is not None:
            raise self._line.lost
        answer: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
        self._unanswered[request.request] = answer
        self._line.send_message(request)
        try:
            answered = await answer
        except asyncio.CancelledError:
            self._line.send_message(CancelRequest(request.request))
            raise
        finally:
            del self._unanswered[request.request]
        if isinstance(answered, RequestFailed):
            raise error_of(answered.failure)
        return answered
