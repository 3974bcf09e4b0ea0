"""A shell in a tab, which outlives the UI that opened it."""

from __future__ import annotations

import time

from mooring.engine.failures import failure_of
from mooring.engine.keeping import Screen, ScreenSettings
from mooring.engine.protocol import (
    KeptSession,
    OpenSession,
    SessionFailed,
    SessionForwards,
    SessionOpened,
    SessionProgress,
    SessionReconnecting,
    SessionSilent,
)
from mooring.engine.reconnecting import Outage, PeerWatch, is_worth_another_attempt
from mooring.engine.reconnecting.peer_watch import WHEN_ASKED
from mooring.engine.recording import SessionRecording
from mooring.engine.session import EngineSession, Surroundings
from mooring.engine.window import channel_window
from mooring.model.connection import ConnectionFacts, Step
from mooring.model.errors import MooringError
from mooring.model.forward_report import ForwardState
from mooring.model.kept_sessions import SessionReport
from mooring.model.prompts import Notice
from mooring.model.recording import RecordingPlan
from mooring.model.splash import splash
from mooring.model.terminal import ExitResult, TerminalSize
from mooring.ssh import Connection, PtyRequest, Shell
from mooring_widgets.notice import notice_bytes

LARGEST_TYPE_AHEAD = 64 * 1024
"""Bytes typed before the shell runs that are kept for it, as a terminal keeps them for `ssh`."""


class ShellSession(EngineSession):
    """A login shell (or RemoteCommand) with a terminal.

    Everything that stands on the terminal comes from here, notices and the splash too: so the next UI has the same.
    """

    def __init__(self, request: OpenSession, surroundings: Surroundings) -> None:
        super().__init__(request.session, surroundings)
        self.started = time.time()
        self._request = request
        self._size = request.size
        self._typed_ahead = bytearray()
        self._shell: Shell | None = None
        self._facts: ConnectionFacts | None = None
        self._last_step = (Step.RESOLVING, request.machine.target.host)
        settings = ScreenSettings(request.size, request.scrollback_lines, request.scrollback_bytes)
        self._screen = Screen(request.session, settings, request.credit, self._link.send_data, self._answer)
        self._outages = surroundings.outages
        self._sleep = surroundings.sleep
        self._table = surroundings.forwards
        self.forwards = self._table.join(request.machine, self._tell_forwards)
        self._watch: PeerWatch | None = None
        self._outage: Outage | None = None
        self._lost: MooringError | None = None
        self._told: set[str] = set()
        self._recording = SessionRecording(request.session, request.machine.name, self._screen, self._link)

    # The UI's side.

    def grant(self, count: int) -> None:
        """The UI takes so many bytes more."""
        self._screen.grant(count)

    def type(self, data: bytes) -> None:
        """Send what the person typed; while a lost connection is made again it goes nowhere."""
        self._sleep.look()
        if self._watch is not None:
            self._watch.type(data)
        elif self._facts is None and len(self._typed_ahead) + len(data) <= LARGEST_TYPE_AHEAD:
            self._typed_ahead += data

    def close_input(self) -> None:
        """A terminal's end of input is a key, and comes as one."""

    def resize(self, size: TerminalSize, after: int) -> None:
        """The terminal has a new size."""
        self._screen.resize(size, after)
        self._resize_program(size)

    def check_peer(self, patience: float) -> None:
        """Take the other side for gone where it does not answer in so many seconds."""
        if self._watch is not None:
            self._watch.check(patience)

    def reconnect_now(self) -> None:
        """A person says that it is time."""
        if self._outage is not None:
            self._outage.hurry()
            self._tell_state()
        else:
            self.check_peer(WHEN_ASKED)

    def record(self, plan: RecordingPlan | None) -> None:
        """Record what is written on the terminal, or no more."""
        if self.outcome is None:
            self._recording.set(plan, self._size)

    def leave(self) -> None:
        """The UI is gone; go on without."""
        self._screen.leave()

    def take_up(self, size: TerminalSize, credit: int) -> None:
        """Show the session on a terminal of another UI, as it is, and what follows."""
        self._tell_state()
        if self._watch is not None and self._watch.is_silent:
            self._tell_silence(True)
        self._recording.tell()
        self._screen.take_up(size, credit)
        self._resize_program(size)
        self._questions.repeat(self.number)
        self._tell_forwards()

    async def tell_outcome(self) -> None:
        """Tell a UI that took up a session which is over how it ended, behind what is on its terminal."""
        await self._screen.drained()
        if self.outcome is not None:
            self._link.send_message(self.outcome)

    @property
    def state(self) -> str:
        """Where it stands, as `mooring sessions` tells it."""
        if self.outcome is not None:
            return "failed" if isinstance(self.outcome, SessionFailed) else "ended"
        if self._lost is not None:
            return "reconnecting"
        return "connecting" if self._shell is None else "open"

    def kept(self) -> KeptSession:
        """What the next UI has to know before it takes the session up."""
        return KeptSession(self.number, self._request.machine, self._size, self.state, self.started, self._facts)

    def report(self) -> SessionReport:
        """What `mooring sessions` tells."""
        facts = self._facts
        address = "" if facts is None else f"{facts.user}@{facts.address}:{facts.port}"
        return SessionReport(self.number, self._request.machine.name, address, self.state, self.started)

    # Its life.

    async def _live(self) -> ExitResult:
        if self._request.recording is not None:
            self._recording.set(self._request.recording, self._size)
        try:
            while True:
                try:
                    return await self._connect_and_run()
                except MooringError as error:
                    if not self._may_reconnect(error):
                        raise
                    await self._wait_after(error)
        finally:
            self._table.leave(self._request.machine, self._tell_forwards)
            await self._screen.finish()

    async def _connect_and_run(self) -> ExitResult:
        target = self._request.machine.target
        leased = self._pool.lease(target, self._prompter, progress=self._progress, in_tab=True, for_session=True)
        async with leased as connection:
            return await self._run(connection)

    def _may_reconnect(self, error: MooringError) -> bool:
        return self._request.reconnect and self._facts is not None and is_worth_another_attempt(error)

    async def _wait_after(self, error: MooringError) -> None:
        """Wait for the next attempt. The terminal is as the program left it, but for modes that suit no shell."""
        if self._lost is None:
            self._screen.show(await self._screen.restoring())
            self._show(error.message)
        self._lost = error
        self._outage = self._outages.of(self._request.machine.target)
        self._outage.failed()
        self._tell_state()
        await self._outage.wait()

    async def _run(self, connection: Connection) -> ExitResult:
        self._progress(Step.STARTING, self._request.machine.target.host)
        size = self._size
        request = PtyRequest(self._request.terminal_type, size, self._request.environment)
        window = channel_window(connection.round_trip)
        shell = await connection.open_shell(request, self._screen, window=window)
        watch = PeerWatch(shell, self._tell_silence, lambda: self._screen.last_output)
        try:
            self._start(connection, shell, watch, size)
            await self.forwards.connected(connection.forwards)
            return await self._end_of(shell)
        except MooringError:
            self.forwards.lost(connection.forwards)
            raise
        finally:
            self._shell = self._watch = None
            self._screen.close()
            await watch.stop()

    def _start(self, connection: Connection, shell: Shell, watch: PeerWatch, size: TerminalSize) -> None:
        self._shell = shell
        self._watch = watch
        self._facts = connection.facts
        again = self._lost is not None
        if self._outage is not None:
            self._outage.succeeded()
        self._outage = self._lost = None
        self._tell_state()
        if again:
            self._show("connected again")
            # A new shell, which starts where the first one did.
            self._typed_ahead[:] = "".join(f"{line}\r" for line in self._request.machine.on_connect).encode()
        elif self._request.splash:
            self._show("\n".join((*splash(self._request.machine, connection.facts), "")))
        if self._size != size:
            shell.resize(self._size)
        if self._typed_ahead:
            shell.write(bytes(self._typed_ahead))
            self._typed_ahead.clear()
        self._screen.open(shell)

    async def _end_of(self, shell: Shell) -> ExitResult:
        """Wait until it has ended and the UI, if there is one, has taken all of its output, however it ended."""
        try:
            result = await shell.wait()
        except MooringError:
            await self._screen.drained()
            raise
        await self._screen.drained()
        return result

    def _tell_state(self) -> None:
        if self._outage is not None and self._lost is not None:
            failure, outage = failure_of(self._lost), self._outage
            self._link.send_message(SessionReconnecting(self.number, failure, outage.attempt, outage.seconds_left))
        elif self._facts is not None:
            self._link.send_message(SessionOpened(self.number, self._facts))
        else:
            self._link.send_message(SessionProgress(self.number, *self._last_step))

    def _progress(self, step: Step, hop: str) -> None:
        self._last_step = (step, hop)
        super()._progress(step, hop)

    def _tell_forwards(self) -> None:
        states = [report.state for report in self.forwards.reports()]
        standing, failed = states.count(ForwardState.LISTENING), states.count(ForwardState.FAILED)
        self._link.send_message(SessionForwards(self.number, standing, failed))

    def _tell_silence(self, silent: bool) -> None:
        self._link.send_message(SessionSilent(self.number, silent))

    def _resize_program(self, size: TerminalSize) -> None:
        if size == self._size:
            return
        self._size = size
        if self._shell is not None:
            self._shell.resize(size)

    def _notice(self, notice: Notice) -> None:
        """Show what was told on the way; each attempt to reconnect would tell the same once more."""
        if self._lost is None or notice.text not in self._told:
            self._told.add(notice.text)
            self._show(notice.text)

    def _show(self, text: str) -> None:
        """Write lines of ours on the terminal."""
        self._screen.show(notice_bytes(text))

    def _answer(self, data: bytes) -> None:
        """The program asked its terminal for something while no UI was there to answer."""
        if self._shell is not None:
            self._shell.write(data)
