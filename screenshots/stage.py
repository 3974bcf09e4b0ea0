"""The stage: a session without screens of ours, whose remote program is watched, typed into and recorded as a whole.

What is recorded is what Mooring's recorder writes. How long each thing stays to be looked at is decided here, not by
the machine that the recording is made on: `Take.written` gives each its seconds afterwards.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

from mooring.model.machine import Machine
from mooring.model.prompts import Question
from mooring.model.recording import RecordingPlan
from mooring.model.terminal import TerminalSize
from mooring.session import Session, Sessions, TerminalChoices
from mooring_widgets.emulator import Emulator
from screenshots.take import Take

DEADLINE = 30.0
_QUIET = 0.08
"""Seconds without output after which a program has said what it had to say for now."""

_STILL = 0.5
"""The same where a chapter begins: what it shows is compared with what is kept."""

_ANSWER = 1.0
"""Seconds that an answer to a key is waited for: some keys have none."""


class Stage:
    """A `SessionListener` with a terminal; its one session is `dev`'s, and each step of it goes into `take`."""

    def __init__(self, size: TerminalSize) -> None:
        self.take = Take()
        self._size = size
        self._emulator = Emulator(size.columns, size.lines, reply=self._reply)
        self._session: Session | None = None
        self._count = 0
        self._news = asyncio.Event()

    @property
    def text(self) -> str:
        """What the screen shows."""
        return "\n".join(self._emulator.display)

    def begin(self, sessions: Sessions, machine: Machine) -> None:
        """Open the session."""
        self._session = sessions.open(machine, self._size)

    async def type(self, text: str, seconds: float = 0.07) -> None:
        """Type, one key after the other, each when the one before has been answered."""
        for key in text:
            await self.press(key, seconds)

    async def press(self, key: str, seconds: float = 0.5) -> None:
        """Press one key, given as what a terminal sends for it; its answer is seen for so many seconds."""
        assert self._session is not None
        before = self._count
        self._session.send(key.encode())
        await self._until(partial(self._has_more_than, before), _ANSWER)
        await self._quiet(_QUIET)
        self.take.cut(self._count, seconds)

    async def see(self, *texts: str, seconds: float, chapter: str = "", gone: str = "") -> None:
        """Wait until the screen shows these texts, and another one no more, and let it be looked at for so long."""

        def is_seen() -> bool:
            shown = self.text
            return all(text in shown for text in texts) and not (gone and gone in shown)

        if not await self._until(is_seen, DEADLINE):
            raise TimeoutError(f"the screen does not come to show {texts}:\n{self.text}")
        await self._quiet(_STILL if chapter else _QUIET)
        self.take.cut(self._count, seconds, chapter)

    async def end(self) -> None:
        """Hang up, and wait until it is over."""
        assert self._session is not None
        session = self._session
        session.close()
        await self._until(lambda: not session.is_live, DEADLINE)

    # What a listener of sessions is.

    def session_changed(self, session: Session) -> None:
        """A state is a reason to look again."""
        self._news.set()

    def session_output(self, session: Session, data: bytes) -> None:
        """Show it."""
        self._emulator.feed(data)
        self._count += len(data)
        self._news.set()
        session.consumed(len(data))

    def question_asked(self, session: Session, question_id: int, question: Question) -> None:
        """The machine is one that asks nothing."""
        raise AssertionError(question)

    def question_lapsed(self, question_id: int) -> None:
        """Nothing was asked."""

    def _reply(self, data: bytes) -> None:
        if self._session is not None:
            self._session.send(data)

    async def _quiet(self, seconds: float) -> None:
        """Return when nothing has come for so long."""
        while await self._until(partial(self._has_more_than, self._count), seconds):
            continue

    def _has_more_than(self, count: int) -> bool:
        return self._count > count

    async def _until(self, ready: Callable[[], bool], seconds: float) -> bool:
        try:
            async with asyncio.timeout(seconds):
                while not ready():
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError:
            return False
        return True


@asynccontextmanager
async def stage_on(machine: Machine, size: TerminalSize, place: Path) -> AsyncIterator[Stage]:
    """A stage with a session on a machine; at the end the recording is written to `place`, at the take's pace."""
    with tempfile.TemporaryDirectory() as folder:
        stage = Stage(size)
        choices = TerminalChoices(splash=True, recording=RecordingPlan(folder), records=True)
        sessions = Sessions(stage, choices=choices)
        try:
            stage.begin(sessions, machine)
            yield stage
            await stage.end()
        finally:
            await sessions.close_all()
        _write(stage.take, Path(folder), place)


def _write(take: Take, folder: Path, place: Path) -> None:
    [recorded] = folder.iterdir()
    place.write_bytes(take.paced(recorded.read_bytes()))
