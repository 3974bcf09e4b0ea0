"""An engine that connects nobody: each session opens at once and does as it is told, for tests of what is shown.

How the real one behaves is tested against a real sshd; here a screen is to be the same on every machine.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import cast

from mooring.engine.client import EngineClient, EngineListener
from mooring.engine.failures import failure_of
from mooring.engine.protocol import (
    AskQuestion,
    Failure,
    FolderListed,
    GrantInput,
    Kept,
    ListFolder,
    News,
    SessionEnded,
    SessionFailed,
    SessionForwards,
    SessionOpened,
    SessionProgress,
    SessionReconnecting,
    SessionSilent,
    requests,
)
from mooring.model.connection import ConnectionFacts, Step
from mooring.model.errors import MooringError, PortTakenError
from mooring.model.files import FileEntry
from mooring.model.forward_report import ForwardReport, ForwardState
from mooring.model.forward_specification import ForwardSpecification
from mooring.model.machine import Machine, Target
from mooring.model.prompts import Answer, HostKeyQuestion
from mooring.model.reachability import Reachability
from mooring.model.recording import RecordingPlan
from mooring.model.terminal import ExitResult, TerminalSize
from mooring.session import SessionListener, Sessions, TerminalChoices

_FACTS = ConnectionFacts(
    implementation="native",
    address="192.0.2.1",
    port=22,
    user="ops",
    key_type="ed25519",
    fingerprint="SHA256:0",
)


@dataclass(frozen=True)
class Reply:
    """What a machine answers to any command, once its input is at its end.

    `status` is None for a command that goes on; `connects` says whether the machine is reached at all, `asks` what the
    person is asked on the way.
    """

    output: bytes = b""
    errors: bytes = b""
    status: int | None = 0
    failure: MooringError | None = None
    connects: bool = True
    asks: HostKeyQuestion | None = None


class StillEngine:
    """Has what `EngineClient` has. `opens` says whether sessions come to their shell, else they stay connecting."""

    def __init__(self) -> None:
        self.opens = True
        self.kept = Kept()
        self.typed: dict[int, bytearray] = {}
        self.sizes: dict[int, TerminalSize] = {}
        self.hosts: dict[int, str] = {}
        self.hurried: list[int] = []
        self.note = ""
        self.is_left = False
        self.forwarded: list[ForwardReport] = []
        self.folders: dict[bool, tuple[FileEntry, ...]] = {}
        self.plans: dict[int, RecordingPlan | None] = {}
        self.replies: dict[str, Reply] = {}
        self.commands: list[tuple[str, str]] = []
        self.inputs: dict[int, bytearray] = {}
        self.reached: dict[str, Reachability] = {}
        self.probed: list[tuple[str, bool]] = []
        self.probes_given_up: list[str] = []
        self.answers: list[Answer] = []
        self.choices: list[Mapping[str, object]] = []
        self.keep_seconds: float | None = None
        self._listener: EngineListener | None = None

    def sessions(self, listener: SessionListener, choices: TerminalChoices | None = None) -> Sessions:
        """Sessions on this engine."""
        return Sessions(listener, start_engine=self._start, choices=choices)

    async def _start(self, listener: EngineListener) -> EngineClient:
        self._listener = listener
        return cast(EngineClient, self)

    # What the machines do.

    def writes(self, session: int, data: bytes) -> None:
        """The remote program of a session writes something."""
        assert self._listener is not None
        self._listener.output_received(session, data)

    def tells(self, news: News) -> None:
        """The engine has something to tell."""
        assert self._listener is not None
        self._listener.message_received(news)

    def ends(self, session: int, status: int = 0) -> None:
        """The remote program of a session ends."""
        assert self._listener is not None
        self._listener.message_received(SessionEnded(session, ExitResult(status=status)))

    def loses(self, session: int, seconds: float, attempt: int = 1) -> None:
        """The connection of a session is lost; it is to be made again in so many seconds."""
        assert self._listener is not None
        failure = Failure("ConnectionLostError", "Connection to 192.0.2.1 closed by remote host.")
        self._listener.message_received(SessionReconnecting(session, failure, attempt, seconds))

    def is_silent(self, session: int, silent: bool) -> None:
        """The other side of a session owes an answer."""
        assert self._listener is not None
        self._listener.message_received(SessionSilent(session, silent))

    # What the UI asks for.

    def open(
        self,
        session: int,
        machine: Machine,
        size: TerminalSize,
        terminal_type: str,
        environment: Mapping[str, str],
        credit: int,
        **choices: object,
    ) -> None:
        """Connect."""
        target = machine.target
        self.choices.append(choices)
        assert self._listener is not None
        self.typed[session] = bytearray()
        self.sizes[session] = size
        self.hosts[session] = target.host
        self._listener.message_received(SessionProgress(session, Step.AUTHENTICATING, target.host))
        if self.opens:
            self._listener.message_received(SessionOpened(session, _FACTS))
            self.writes(session, f"ops@{target.host}:~$ ".encode())

    def run(self, session: int, target: Target, command: str, credit: int, **_choices: object) -> None:
        """Run a command: the machine answers as `replies` say of its host, else with an empty output."""
        assert self._listener is not None
        self.commands.append((target.host, command))
        self.inputs[session] = bytearray()
        self.hosts[session] = target.host
        reply = self.replies.get(target.host, Reply())
        self._listener.message_received(SessionProgress(session, Step.AUTHENTICATING, target.host))
        if reply.failure is not None:
            self._listener.message_received(SessionFailed(session, failure_of(reply.failure)))
        elif reply.asks is not None:
            self._listener.message_received(AskQuestion(session, session, host_key=reply.asks))
        elif reply.connects:
            self._begin(session)

    def _begin(self, session: int) -> None:
        if self._listener is not None and session in self.inputs:
            self._listener.message_received(SessionOpened(session, _FACTS))
            self._listener.message_received(GrantInput(session, 1 << 20))

    def close_input(self, session: int) -> None:
        """Nothing more is fed: now the machine answers."""
        assert self._listener is not None
        reply = self.replies.get(self.hosts[session], Reply())
        if reply.output:
            self._listener.output_received(session, reply.output)
        if reply.errors:
            self._listener.error_output_received(session, reply.errors)
        if reply.status is not None:
            self._listener.message_received(SessionEnded(session, ExitResult(status=reply.status)))

    def send(self, session: int, data: bytes) -> None:
        """Keep what is typed."""
        (self.inputs[session] if session in self.inputs else self.typed[session]).extend(data)

    def resize(self, session: int, size: TerminalSize, after: int = 0) -> None:
        """Keep the size."""
        self.sizes[session] = size

    def grant(self, session: int, count: int) -> None:
        """There is never too much."""

    def record(self, session: int, plan: RecordingPlan | None) -> None:
        """Keep what is wanted."""
        self.plans[session] = plan

    def open_files(self, session: int, target: Target, name: str) -> None:
        """Connect to the files of a machine, which are `folders`."""
        self.tells(SessionOpened(session, _FACTS))

    async def ask(self, request: Callable[[int], requests.Request]) -> requests.Reply:
        """List a folder; what else is asked for never ends."""
        asked = request(1)
        if not isinstance(asked, ListFolder):
            await asyncio.Event().wait()
            raise AssertionError
        path = b"/home/ops/site" if asked.on_machine else b"/home/you/site"
        entries = self.folders[asked.on_machine]
        return FolderListed(1, path, entries, len(entries))

    def close_session(self, session: int) -> None:
        """Hang up."""
        assert self._listener is not None
        self._listener.message_received(SessionEnded(session, ExitResult(message="closed")))

    def reconnect(self, session: int) -> None:
        """Keep that somebody waits, and begin the next attempt."""
        assert self._listener is not None
        self.hurried.append(session)
        self._listener.message_received(SessionProgress(session, Step.AUTHENTICATING, self.hosts[session]))

    async def forwards(self, session: int) -> tuple[ForwardReport, ...]:
        """Those of all sessions alike."""
        return tuple(self.forwarded)

    async def add_forward(
        self, session: int, specification: ForwardSpecification, *, remote: bool
    ) -> tuple[ForwardReport, ...]:
        """Open one; port 22 is always taken."""
        assert self._listener is not None
        if specification.listen_port == 22:
            raise PortTakenError("bind [localhost]:22: Address already in use", hop="x", hint="sshd has port 22")
        port = specification.listen_port
        self.forwarded.append(ForwardReport(specification, remote, ForwardState.LISTENING, port))
        self._listener.message_received(SessionForwards(session, len(self.forwarded), 0))
        return tuple(self.forwarded)

    async def remove_forward(
        self, session: int, specification: ForwardSpecification, *, remote: bool
    ) -> tuple[ForwardReport, ...]:
        """Forget it."""
        self.forwarded = [each for each in self.forwarded if each.specification != specification]
        return tuple(self.forwarded)

    def comes_back(self, session: int) -> None:
        """The connection of a session stands again."""
        assert self._listener is not None
        self._listener.message_received(SessionOpened(session, _FACTS))

    def answer(self, question: int, answer: Answer) -> None:
        """Go on with the run that asked, whatever the answer is."""
        self.answers.append(answer)
        self._begin(question)

    async def probe(self, target: Target, *, limit: float, may_log_in: bool = True) -> Reachability:
        """Answer at once what is in `reached`; of other machines nothing is found out, however long one waits."""
        self.probed.append((target.host, may_log_in))
        if (found := self.reached.get(target.host)) is not None:
            return found
        try:
            await asyncio.Event().wait()
        finally:
            self.probes_given_up.append(target.host)
        raise AssertionError

    def keep_for(self, seconds: float) -> None:
        """Keep how long sessions were to be kept."""
        self.keep_seconds = seconds

    def remember(self, note: str) -> None:
        """Keep the note."""
        self.note = note

    def take_up(self, session: int, size: TerminalSize, credit: int) -> None:
        """Show what was kept."""
        self.sizes[session] = size
        self.typed[session] = bytearray()
        self.hosts[session] = "kept"
        self.writes(session, b"as it was")

    async def detach(self) -> None:
        """Keep that it was left."""
        self.is_left = True

    async def stop(self) -> None:
        """Nothing runs."""
