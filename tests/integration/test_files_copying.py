"""Copying over a real sshd's SFTP: content, trees with odd names, interruptions, and what must not happen."""

from __future__ import annotations

import asyncio
import hashlib
import io
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncssh
import pytest

from mooring.files import Copier, CopyChoices, FileSystem, LocalFiles
from mooring.files.patterns import matches
from mooring.model.errors import ConnectionLostError, FileError
from mooring.model.files import CopyProgress, FileKind
from mooring.model.machine import Target
from mooring.ssh import Connection, connect
from mooring.ssh.remote_files import RemoteFiles
from support.prompting import ScriptedPerson
from support.sshd import SshServer, running_sshd

TREE = CopyChoices(recursive=True)
RESUMING = CopyChoices(recursive=True, resume=True)
ODD_NAMES = (
    b"plain", b"with space", b"-rf", b"~", b"[bold]markup[b]", b"new\nline", b"esc\x1b[31m\x07", b"tab\t",
    b"not-utf-8\xff\xfe",
    "日本 ✔".encode(), b"*", b"a:b", b"quote'\"", b"back\\slash", b"n" * 255, b"..hidden", b".dot",
)  # fmt: skip


@asynccontextmanager
async def files_on(server: SshServer) -> AsyncIterator[tuple[RemoteFiles, Connection]]:
    config = server.write_client_config("box")
    connection = await connect(Target("box", config_file=str(config)), ScriptedPerson())
    try:
        files = await connection.open_files()
        yield files, connection
        await files.close()
    finally:
        await connection.close()


async def copied(
    source: FileSystem, target: FileSystem, what: Path | bytes, to: Path, choices: CopyChoices = TREE
) -> list[str]:
    copier = Copier(source, target, choices)
    return await copier.copy(await copier.plan([os.fsencode(what)], os.fsencode(to)), lambda _progress: None)


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def content(folder: Path) -> dict[bytes, bytes | None]:
    """Every path below a folder; None for folders."""
    found: dict[bytes, bytes | None] = {}
    for place, folders, files in os.walk(os.fsencode(folder)):
        for name in folders + files:
            path = Path(os.fsdecode(place + b"/" + name))
            found[bytes(path.relative_to(folder))] = path.read_bytes() if name in files else None
    return found


async def test_a_hundred_megabytes_go_both_ways_and_are_the_same(sshd: SshServer, tmp_path: Path) -> None:
    big = tmp_path / "big"
    with big.open("wb") as file:
        for number in range(100):
            file.write(hashlib.sha256(bytes([number])).digest() * 32_768)
    big.chmod(0o640)
    told: list[CopyProgress] = []
    async with files_on(sshd) as (files, _connection):
        local = LocalFiles()
        for source, target, what, to in ((local, files, big, "up"), (files, local, tmp_path / "up", "down")):
            copier = Copier(source, target, CopyChoices())
            plan = await copier.plan([os.fsencode(what)], os.fsencode(tmp_path / to))
            assert await copier.copy(plan, told.append) == []

    assert digest(big) == digest(tmp_path / "up") == digest(tmp_path / "down")
    assert (tmp_path / "up").stat().st_mode & 0o777 == (tmp_path / "down").stat().st_mode & 0o777 == 0o640
    assert told[-1].bytes_done == told[-1].bytes_total == big.stat().st_size and told[-1].files_done == 1
    assert len(told) < 2000 and any(progress.rate > 0 and progress.left is not None for progress in told)


async def test_a_tree_with_odd_names_goes_up_down_and_from_machine_to_machine(sshd: SshServer, tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    for folder in (tree, tree / "sub", tree / "sub" / "empty"):
        folder.mkdir()
    for above in (os.fsencode(tree), os.fsencode(tree / "sub")):
        for name in ODD_NAMES:
            Path(os.fsdecode(above + b"/" + name)).write_bytes(name)
    (tree / "program").write_bytes(b"x" * 300_000)
    (tree / "program").chmod(0o755)
    (tree / "sub" / "closed").write_bytes(b"")
    expected = content(tree)
    async with files_on(sshd) as (files, _connection), files_on(sshd) as (other, _other):
        local = LocalFiles()
        assert await copied(local, files, tree, tmp_path / "up") == []
        assert await copied(files, local, tmp_path / "up", tmp_path / "down") == []
        assert await copied(files, other, tmp_path / "down", tmp_path / "across") == []
        (tmp_path / "into").mkdir()
        assert await copied(files, local, tmp_path / "up", tmp_path / "into") == []
        listed = {entry.name for entry in await files.list_folder(os.fsencode(tmp_path / "up"))}
        assert {*ODD_NAMES, b"sub", b"program"} == listed
        for side in (files, local):
            assert await matches(side, bytes(tmp_path) + b"/[u]p/?l*n") == [bytes(tmp_path / "up" / "plain")]
            assert await matches(side, bytes(tmp_path) + b"/up/*nothing") == []
        (tmp_path / "empty").write_bytes(b"")
        for path in (Path("/proc/version"), tmp_path / "empty"):
            assert await copied(files, local, path, tmp_path / "made") == []
            assert (tmp_path / "made").read_bytes() == path.read_bytes()
    for place in ("up", "down", "across", "into/up"):
        assert content(tmp_path / place) == expected, place
        assert (tmp_path / place / "program").stat().st_mode & 0o777 == 0o755


async def test_what_broke_off_goes_on_and_what_is_something_else_begins_anew(sshd: SshServer, tmp_path: Path) -> None:
    source, target = tmp_path / "source", tmp_path / "target"
    source.mkdir()
    big = os.urandom(40_000_000)
    (source / "big").write_bytes(big)
    async with files_on(sshd) as (files, _connection):
        copier = Copier(LocalFiles(), files, TREE)
        # The others come later: beside them what is told first could be that one of them is there.
        plan = await copier.plan([os.fsencode(source)], os.fsencode(target))

        def cut_off(told: CopyProgress) -> None:
            if told.bytes_done:
                copying.cancel()

        copying = asyncio.create_task(copier.copy(plan, cut_off))
        await asyncio.wait((copying,))
        part = (target / "big").read_bytes()
        assert 0 < len(part) < len(big) and big.startswith(part)
        (source / "whole").write_bytes(b"whole" * 1000)
        (source / "other").write_bytes(b"right" * 1000)
        (target / "whole").write_bytes(b"whole" * 1000)
        (target / "other").write_bytes(b"wrong" * 800)
        before = (target / "whole").stat().st_mtime_ns
        told: list[CopyProgress] = []
        copier = Copier(LocalFiles(), files, RESUMING)
        plan = await copier.plan([os.fsencode(source)], os.fsencode(target / ".." / "target" / ".."))
        assert plan.files[0].target.endswith(b"/source/big")
        plan = await copier.plan([os.fsencode(source) + b"/."], os.fsencode(target))
        assert len(plan.existing) == 3
        assert await copier.copy(plan, told.append) == []
        assert content(target) == content(source)
        assert (target / "whole").stat().st_mtime_ns == before
        assert told[-1].bytes_done == told[-1].bytes_total
        (target / "big").write_bytes(b"mine")
        assert (
            await copied(LocalFiles(), files, bytes(source) + b"/.", target, CopyChoices(True, keep_existing=True))
            == []
        )
        assert (target / "big").read_bytes() == b"mine"


async def test_a_connection_that_is_lost_is_said_and_what_is_there_is_a_beginning(tmp_path: Path) -> None:
    big = tmp_path / "big"
    big.write_bytes(os.urandom(40_000_000))
    with running_sshd(tmp_path / "sshd") as server:
        async with files_on(server) as (files, connection):
            copier = Copier(files, LocalFiles(), TREE)
            plan = await copier.plan([bytes(big)], bytes(tmp_path / "down"))
            begun = asyncio.Event()
            copying = asyncio.create_task(copier.copy(plan, lambda told: begun.set() if told.bytes_done else None))
            await asyncio.wait_for(begun.wait(), 20)
            await connection.close()
            with pytest.raises(ConnectionLostError, match="closed by remote host"):
                await asyncio.wait_for(copying, 20)
        part = (tmp_path / "down").read_bytes()
        assert len(part) < big.stat().st_size and big.read_bytes().startswith(part)
        async with files_on(server) as (files, _connection):
            assert await copied(files, LocalFiles(), big, tmp_path / "down", RESUMING) == []
        assert digest(big) == digest(tmp_path / "down")


async def test_links_are_followed_but_never_written_through_and_what_is_no_file_is_said(
    sshd: SshServer, tmp_path: Path
) -> None:
    tree, target, outside = tmp_path / "tree", tmp_path / "target", tmp_path / "outside"
    for folder in (tree, tree / "sub", tree / "dir", target, outside):
        folder.mkdir()
    (tree / "file").write_text("content")
    (tree / "dir" / "evil").write_text("evil")
    (tree / "escape").write_text("evil")
    (tree / "sub" / "link").symlink_to("../file")
    (tree / "sub" / "back").symlink_to("..")
    (tree / "sub" / "nowhere").symlink_to("nothing")
    (tree / "sub" / "dir").symlink_to("../dir")
    os.mkfifo(tree / "pipe")
    (outside / "precious").write_text("mine")
    (target / "dir").symlink_to(outside)
    (target / "escape").symlink_to(outside / "precious")
    (target / "file").mkdir()
    async with files_on(sshd) as (files, _connection):
        problems = await copied(files, LocalFiles(), bytes(tree) + b"/.", target)
        assert (target / "sub" / "link").read_text() == "content" and not (target / "sub" / "link").is_symlink()
        assert (target / "sub" / "dir" / "evil").read_text() == "evil"
        assert content(outside) == {b"precious": b"mine"}
        reasons = {problem.split("127.0.0.1:")[-1].removeprefix(f"{tmp_path}/"): problem for problem in problems}
        assert sorted(reasons) == [
            "target/dir: a link of that name is there, which is not written through",
            "target/escape: a link of that name is there, which is not written through",
            "target/file: a folder of that name is there",
            "tree/./pipe: not a regular file",
            "tree/./sub/back: a link that leads back to a folder which it is in",
            "tree/./sub/nowhere: a link that leads nowhere",
        ]
        uphill = await copied(LocalFiles(), files, bytes(tree) + b"/.", target)
        assert content(outside) == {b"precious": b"mine"} and len(uphill) == len(problems)
        entries = {entry.name: entry for entry in await files.list_folder(bytes(tree / "sub"))}
        assert (entries[b"dir"].kind, entries[b"dir"].leads_to) == (FileKind.LINK, FileKind.FOLDER)
        assert (entries[b"nowhere"].leads_to, entries[b"dir"].is_folder) == (None, True)


async def test_folders_are_made_renamed_and_removed_and_refusals_name_the_path(sshd: SshServer, tmp_path: Path) -> None:
    async with files_on(sshd) as (remote, _connection):
        for side in (remote, LocalFiles()):
            place = bytes(tmp_path) + b"/" + side.name.encode() + b"x"
            await side.make_folder(place)
            await side.make_folder(place + b"/one")
            (tmp_path / os.fsdecode(place) / "file").write_text("x")
            with pytest.raises(FileError, match=r"file exists$"):
                await side.rename(place + b"/file", place + b"/one")
            await side.rename(place + b"/one", place + b"/two\n")
            assert {entry.name for entry in await side.list_folder(place)} == {b"file", b"two\n"}
            with pytest.raises(FileError):
                await side.remove_folder(place)
            await side.remove_file(place + b"/file")
            await side.remove_folder(place + b"/two\n")
            await side.remove_folder(place)
            assert await side.look(place) is None
            for act in (side.list_folder(place), side.open_reader(place), side.remove_file(place)):
                with pytest.raises(FileError, match=f"{side.name}.*x: no such file or directory"):
                    await act
        assert (await remote.real_path(b"")) == (await remote.real_path(b"~")) != b"."


async def test_what_came_there_meanwhile_is_not_written_over(sshd: SshServer, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("new")
    async with files_on(sshd) as (remote, _connection):
        for source, target, name in ((LocalFiles(), remote, "up"), (remote, LocalFiles(), "down")):
            copier = Copier(source, target, CopyChoices(exclusive=True))
            plan = await copier.plan([bytes(tmp_path / "file")], bytes(tmp_path / name))
            (tmp_path / name).write_text("mine")
            [problem] = await copier.copy(plan, lambda _progress: None)
            assert "exists" in problem or "failure" in problem
            assert (tmp_path / name).read_text() == "mine"


async def test_a_server_without_sftp_says_so(tmp_path: Path) -> None:
    with running_sshd(tmp_path / "sshd", "ForceCommand /bin/false") as server:
        config = server.write_client_config("box")
        connection = await connect(Target("box", config_file=str(config)), ScriptedPerson())
        with pytest.raises(FileError, match="no access to files"):
            await connection.open_files()
        await connection.close()


class LyingServer(asyncssh.SFTPServer):
    """Tells names that lead elsewhere, and sizes that no disk has."""

    async def scandir(self, path: bytes) -> AsyncIterator[asyncssh.SFTPName]:
        for name in (b".", b"..", b"", b"../evil", b"/tmp/evil", b"a/../../evil", b"zero\0", b"good"):
            attributes = asyncssh.SFTPAttrs(permissions=0o100644, size=(1 << 64) - 1, mtime=(1 << 32) - 1)
            yield asyncssh.SFTPName(name, b"", attributes)

    async def realpath(self, path: bytes) -> bytes:
        return b"/\x1b]0;evil\x07"

    async def stat(self, path: bytes) -> asyncssh.SFTPAttrs:
        return asyncssh.SFTPAttrs(permissions=0o40755)

    async def open(self, path: bytes, pflags: int, attrs: asyncssh.SFTPAttrs) -> object:
        return io.BytesIO(b"content")


class OpenDoor(asyncssh.SSHServer):
    def begin_auth(self, username: str) -> bool:
        return False


async def test_no_name_that_a_server_tells_leads_out_of_the_folder(tmp_path: Path) -> None:
    key = asyncssh.generate_private_key("ssh-ed25519")
    async with asyncssh.listen(
        "127.0.0.1", 0, server_factory=OpenDoor, server_host_keys=[key], sftp_factory=LyingServer
    ) as server:
        port = server.sockets[0].getsockname()[1]
        known = tmp_path / "known"
        known.write_text(f"[127.0.0.1]:{port} {key.export_public_key().decode()}")
        config = tmp_path / "config"
        config.write_text(
            f"Host liar\nHostName 127.0.0.1\nPort {port}\nUserKnownHostsFile {known}\nIdentityAgent none\n"
        )
        connection = await connect(Target("liar", config_file=str(config)), ScriptedPerson())
        files = await connection.open_files("liar")
        assert [entry.name for entry in await files.list_folder(b"x")] == [b"good"]
        (tmp_path / "target").mkdir()
        told: list[CopyProgress] = []
        copier = Copier(files, LocalFiles(), TREE)
        assert await copier.copy(await copier.plan([b"x", b"x/."], bytes(tmp_path / "target")), told.append) == []
        assert {path.name: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}.keys() == {
            "known", "config", "good",
        }  # fmt: skip
        assert (tmp_path / "target" / "x" / "good").read_bytes() == b"content"
        assert 0 < told[-1].bytes_total < 1 << 63
        await files.close()
        await connection.close()
