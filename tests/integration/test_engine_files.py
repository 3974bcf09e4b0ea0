"""Files through an engine: on the session's connection, long lists, copies that ask, are cut off and go on."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import pytest

from mooring.engine.client import EngineClient
from mooring.model.errors import ConnectionLostError, EngineError, FileError
from mooring.model.files import CopyProgress
from mooring.model.prompts import Question
from mooring.model.terminal import TerminalSize
from mooring.session import EngineLink, FileAccess, SessionState
from mooring.session.file_access import CopyWouldReplace, Existing, FilesDone
from support.engine import machine_of, target_on
from support.sshd import SshServer, running_sshd


class Shown:
    """A `FileAccessListener` that remembers."""

    def __init__(self) -> None:
        self.progress: list[CopyProgress] = []
        self.when_copied: Callable[[], object] = lambda: None
        self._news = asyncio.Event()

    def access_changed(self) -> None:
        self._news.set()

    def access_asked(self, question_id: int, question: Question) -> None:
        raise AssertionError(question)

    def access_question_lapsed(self, question_id: int) -> None:
        raise AssertionError(question_id)

    def copied(self, progress: CopyProgress) -> None:
        self.progress.append(progress)
        self.when_copied()

    async def until(self, ready: Callable[[], bool]) -> None:
        async with asyncio.timeout(20):
            while not ready():
                self._news.clear()
                await self._news.wait()


@asynccontextmanager
async def accessed(server: SshServer, folder: Path) -> AsyncIterator[tuple[FileAccess, Shown]]:
    link = EngineLink(partial(EngineClient.start, log_file=folder / "engine.log"))
    shown = Shown()
    access = FileAccess(link, machine_of(target_on(server)), shown)
    await shown.until(lambda: access.state is not SessionState.CONNECTING)
    yield access, shown
    await link.stop()
    assert (folder / "engine.log").read_text() == ""


async def test_a_panel_browses_changes_and_copies_on_the_connection_that_is_there(
    sshd: SshServer, tmp_path: Path
) -> None:
    there, here = tmp_path / "there", tmp_path / "here"
    for folder in (there, there / "sub", here):
        folder.mkdir()
    for number in range(6000):
        (there / "sub" / f"{number:05}{'n' * 100}").touch()
    (there / "big").write_bytes(os.urandom(40_000_000))
    (there / "small").write_text("small")
    os.utime(there / "small", (1_100_000_000, 1_100_000_000))
    logins = sshd.logins
    async with accessed(sshd, tmp_path) as (access, shown):
        engine = await access._link.engine()
        engine.open(900_000, machine_of(target_on(sshd)), TerminalSize(80, 24), "xterm", {}, 1 << 20)
        listed = await access.list_folder(bytes(there / "sub" / ".."), on_machine=True)
        assert listed.path == bytes(there) and {entry.name for entry in listed.entries} == {b"big", b"small", b"sub"}
        assert len((await access.list_folder(bytes(there / "sub"), on_machine=True)).entries) == 6000
        assert (await access.list_folder(b"", on_machine=False)).path == os.fsencode(Path.cwd())

        both = (bytes(there / "big"), bytes(there / "small"))
        # The big one alone: beside it the small one is there first, and what is told first is of that.
        copying = asyncio.create_task(access.copy(both[:1], bytes(here), to_machine=False))
        shown.when_copied = lambda: shown.progress[-1].bytes_done and copying.cancel()
        await asyncio.wait((copying,), timeout=20)
        assert copying.cancelled() and 0 < shown.progress[-1].bytes_total == 40_000_000
        # Whatever is asked for next comes behind it.
        found = {entry.name: entry for entry in (await access.list_folder(bytes(here), on_machine=False)).entries}
        assert 0 < found[b"big"].size < 40_000_000
        shown.when_copied = lambda: None
        (here / "small").write_text("other")
        asked = await access.copy(both, bytes(here), to_machine=False)
        assert isinstance(asked, CopyWouldReplace) and bytes(here / "small") in asked.paths
        assert (here / "small").read_text() == "other"
        kept = await access.copy(both[1:], bytes(here), to_machine=False, existing=Existing.KEEP)
        assert kept == FilesDone(kept.request) and (here / "small").read_text() == "other"
        done = await access.copy(both, bytes(here), to_machine=False, existing=Existing.RESUME)
        assert done == FilesDone(done.request)
        assert (here / "big").read_bytes() == (there / "big").read_bytes() and (here / "small").read_text() == "small"
        assert (here / "small").stat().st_mtime == 1_100_000_000, "as old as it is there"
        assert shown.progress[-1].files_done == 2 and any(each.rate for each in shown.progress)

        await access.make_folder(bytes(there / "new"), on_machine=True)
        up = await access.copy((bytes(here),), bytes(there / "new"), to_machine=True)
        assert isinstance(up, FilesDone) and (there / "new" / "here" / "small").read_text() == "small"
        assert int((there / "new" / "here").stat().st_mtime) == int(here.stat().st_mtime)
        await access.rename(bytes(there / "new"), bytes(there / "newer"), on_machine=True)
        with pytest.raises(FileError, match=r"box:.*small: file exists"):
            await access.rename(bytes(there / "newer"), bytes(there / "small"), on_machine=True)
        (there / "newer" / "link").symlink_to(there / "sub")
        removed = await access.remove((bytes(there / "newer"), bytes(there / "nothing")), on_machine=True)
        assert removed.failed == 1 and "no such file" in removed.problems[0] and not (there / "newer").exists()
        assert len(list((there / "sub").iterdir())) == 6000
        assert sshd.logins == logins + 1
        access.close()
        assert access.state is SessionState.ENDED
        with pytest.raises(EngineError):
            await access.list_folder(b"", on_machine=True)


async def test_a_machine_that_goes_away_is_said(tmp_path: Path) -> None:
    with running_sshd(tmp_path / "sshd") as server:
        async with accessed(server, tmp_path) as (access, shown):
            copied = tmp_path / "big"
            copied.write_bytes(b"x" * 90_000_000)
            copying = asyncio.create_task(access.copy((bytes(copied),), bytes(tmp_path / "sshd"), to_machine=True))
            await shown.until(lambda: access.is_open)
            begun = asyncio.Event()
            shown.when_copied = begun.set
            await asyncio.wait_for(begun.wait(), 20)
            os.system(f"pkill -KILL -P {server.process.pid}")
            with pytest.raises(ConnectionLostError):
                await asyncio.wait_for(copying, 20)
            await shown.until(lambda: access.state is SessionState.FAILED)
            assert isinstance(access.failure, ConnectionLostError)
