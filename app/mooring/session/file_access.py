"""The files of a machine and of this one, as a panel of the UI has them: by way of the engine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from mooring.engine.client import EngineClient
from mooring.engine.protocol.files import (
    CopyFiles,
    CopyWouldReplace,
    Existing,
    FileRequest,
    FilesDone,
    FolderListed,
    ListFolder,
    MakeFolder,
    RemoveFiles,
    RenameFile,
)
from mooring.engine.protocol.requests import Reply
from mooring.model.connection import ConnectionFacts, Step
from mooring.model.errors import EngineError, MooringError
from mooring.model.files import CopyProgress, FileEntry
from mooring.model.machine import Machine
from mooring.model.prompts import Answer, Question
from mooring.model.recording import RecordingState
from mooring.model.terminal import ExitResult
from mooring.session.engine_link import EngineLink
from mooring.session.session import SessionState

__all__ = ["CopyWouldReplace", "Existing", "FileAccess", "FileAccessListener", "FilesDone", "Folder"]


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder by its absolute path, and what is in it."""

    path: bytes
    entries: tuple[FileEntry, ...]


class FileAccessListener(Protocol):
    """Whoever shows files. Called in the event loop, in the order in which things happened."""

    def access_changed(self) -> None:
        """State or step are new."""
        ...

    def access_asked(self, question_id: int, question: Question) -> None:
        """Ask the person; `FileAccess.reply` has to follow, unless the question lapses."""
        ...

    def access_question_lapsed(self, question_id: int) -> None:
        """Nobody waits for this answer any more."""
        ...

    def copied(self, progress: CopyProgress) -> None:
        """How far copying has come."""
        ...


class FileAccess:
    """SFTP to one machine, from the wish until after its end. What is asked for raises MooringError where it fails."""

    def __init__(self, link: EngineLink, machine: Machine, listener: FileAccessListener) -> None:
        self.machine = machine
        self.state = SessionState.CONNECTING
        self.step = Step.RESOLVING
        self.hop = machine.target.host
        self.facts: ConnectionFacts | None = None
        self.failure: MooringError | None = None
        self._link = link
        self._listener = listener
        self._number = link.next_number()
        link.own(self._number, self)
        link.open(self._number, self._begin)

    @property
    def is_open(self) -> bool:
        """Whether the machine's files can be asked for; those of this machine can be as long as the engine runs."""
        return self.state is SessionState.OPEN

    def close(self) -> None:
        """End it."""
        self._link.close(self._number)

    def reply(self, question_id: int, answer: Answer) -> None:
        """Answer a question."""
        self._link.answer(question_id, answer)

    async def list_folder(self, path: bytes, *, on_machine: bool) -> Folder:
        """What is in a folder; b"" is the home folder of the machine, and the current folder here."""
        entries: list[FileEntry] = []
        while True:
            start = len(entries)

            def request(number: int, start: int = start) -> ListFolder:
                return ListFolder(number, self._number, on_machine, path, start)

            part = await self._ask(request)
            if not isinstance(part, FolderListed):
                raise _unexpected(part)
            entries += part.entries
            if len(entries) >= part.total or not part.entries:
                return Folder(part.path, tuple(entries))

    async def make_folder(self, path: bytes, *, on_machine: bool) -> None:
        """Make a folder."""
        await self._ask(lambda number: MakeFolder(number, self._number, on_machine, path))

    async def rename(self, before: bytes, after: bytes, *, on_machine: bool) -> None:
        """Give another name."""
        await self._ask(lambda number: RenameFile(number, self._number, on_machine, before, after))

    async def remove(self, paths: tuple[bytes, ...], *, on_machine: bool) -> FilesDone:
        """Take files away, and folders with all that is in them."""
        return _done(await self._ask(lambda number: RemoveFiles(number, self._number, on_machine, paths)))

    async def copy(
        self, sources: tuple[bytes, ...], folder: bytes, *, to_machine: bool, existing: Existing = Existing.ASK
    ) -> FilesDone | CopyWouldReplace:
        """Copy into a folder of the other side; the listener is told how far it is. Cancelling stops it."""
        answer = await self._ask(lambda number: CopyFiles(number, self._number, to_machine, sources, folder, existing))
        return answer if isinstance(answer, CopyWouldReplace) else _done(answer)

    async def _ask(self, request: Callable[[int], FileRequest]) -> Reply:
        return await (await self._link.engine()).ask(request)

    def _begin(self, engine: EngineClient) -> None:
        engine.open_files(self._number, self.machine.target, self.machine.name)

    # What the engine tells.

    def progressed(self, step: Step, hop: str) -> None:
        """The way there has come as far as `step`, with `hop`."""
        self.step, self.hop = step, hop
        self._listener.access_changed()

    def opened(self, facts: ConnectionFacts) -> None:
        """Files can be asked for."""
        self.facts = facts
        self.state = SessionState.OPEN
        self._listener.access_changed()

    def reconnecting(self, failure: MooringError, attempt: int, seconds: float) -> None:
        """What was being copied would not go on by itself; the person opens it again."""

    def forwards_changed(self, standing: int, failed: int) -> None:
        """Shells tell."""

    def fell_silent(self, silent: bool) -> None:
        """Nobody types into it."""

    def output(self, data: bytes) -> None:
        """There is none."""

    def error_output(self, data: bytes) -> None:
        """There is none."""

    def input_granted(self, count: int) -> None:
        """There is no input."""

    def noticed(self, text: str) -> None:
        """Banners are shown where somebody logs in with a shell."""

    def recorded(self, state: RecordingState | None) -> None:
        """Only terminals are recorded."""

    def copy_told(self, progress: CopyProgress) -> None:
        """How far copying has come."""
        self._listener.copied(progress)

    def asked(self, question_id: int, question: Question) -> None:
        """Ask the person."""
        self._listener.access_asked(question_id, question)

    def lapsed(self, question_id: int) -> None:
        """A question lapsed."""
        self._listener.access_question_lapsed(question_id)

    def ended(self, outcome: ExitResult | MooringError) -> None:
        """It is over."""
        if isinstance(outcome, MooringError):
            self.failure = outcome
            self.state = SessionState.FAILED
        else:
            self.state = SessionState.ENDED
        self._listener.access_changed()


def _done(answer: Reply) -> FilesDone:
    if not isinstance(answer, FilesDone):
        raise _unexpected(answer)
    return answer


def _unexpected(answer: Reply) -> EngineError:
    return EngineError(f"the engine answered about files by {type(answer).__name__}")
