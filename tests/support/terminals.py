"""A UI with terminals and without a screen: what the engine sends is fed to emulators, which answer and grant."""

from __future__ import annotations

from collections.abc import Callable

from mooring.engine.client import EngineClient
from mooring.model.machine import Machine
from mooring.model.terminal import TerminalSize
from mooring.session import CREDIT
from mooring_widgets.emulator import Emulator
from support.engine import EngineRecorder
from support.terminal_state import TerminalState, state_of

SCROLLBACK = 400


class Terminals(EngineRecorder):
    """An `EngineListener` with one emulator a session."""

    def __init__(self) -> None:
        super().__init__()
        self.engine: EngineClient | None = None
        self.emulators: dict[int, Emulator] = {}
        self._shown: dict[int, int] = {}

    def open(self, session: int, machine: Machine, size: TerminalSize) -> None:
        """Open a session with a terminal."""
        self._make(session, size)
        self._engine.open(
            session, machine, size, "xterm-256color", {"COLORTERM": "truecolor"}, CREDIT, scrollback_lines=SCROLLBACK
        )

    def take_up(self, session: int, size: TerminalSize) -> None:
        """Show a kept session."""
        self._make(session, size)
        self._engine.take_up(session, size, CREDIT)

    def resize(self, session: int, size: TerminalSize) -> None:
        """Give a terminal another size."""
        self.emulators[session].resize(size.columns, size.lines)
        self._engine.resize(session, size, self._shown[session])

    def type(self, session: int, text: str) -> None:
        """Type in a session."""
        self._engine.send(session, text.encode())

    def output_received(self, session: int, data: bytes) -> None:
        self.emulators[session].feed(data)
        self._shown[session] += len(data)
        self._engine.grant(session, len(data))
        super().output_received(session, data)

    async def shows(self, session: int, *texts: str) -> None:
        """Wait until all of these stand on a session's screen."""
        await self.until(lambda: all(text in self.screen_text(session) for text in texts))

    async def same(self, session: int, state: Callable[[TerminalState], bool]) -> None:
        """Wait for a state of a session's terminal."""
        await self.until(lambda: state(self.state(session)))

    def screen_text(self, session: int) -> str:
        """What is on a session's screen."""
        return "\n".join(line.rstrip() for line in self.emulators[session].display)

    def state(self, session: int) -> TerminalState:
        """All that can be seen of a session's terminal."""
        return state_of(self.emulators[session])

    @property
    def _engine(self) -> EngineClient:
        assert self.engine is not None
        return self.engine

    def _make(self, session: int, size: TerminalSize) -> None:
        self._shown[session] = 0
        self.emulators[session] = Emulator(
            size.columns,
            size.lines,
            scrollback_lines=SCROLLBACK,
            reply=lambda data: self._engine.send(session, data),
        )
