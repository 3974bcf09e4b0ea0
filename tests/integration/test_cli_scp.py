"""`mooring scp` by the system's scp and by Mooring's own SSH: the same files, the same statuses."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pexpect
import pytest

from support.command_line import MOORING, run_mooring
from support.process_tree import descendants
from support.programs import require_program
from support.sshd import SshServer, make_key, running_sshd

WAYS = ("system", "native")


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SshServer]:
    """A server whose files begin in a folder of its own."""
    folder = tmp_path_factory.mktemp("box")
    (folder / "remote").mkdir()
    with running_sshd(folder, f"ForceCommand internal-sftp -d {folder / 'remote'}") as server:
        yield server


@pytest.fixture
def remote(box: SshServer) -> Iterator[Path]:
    """What is on the server, empty at first."""
    folder = box.folder / "remote"
    yield folder
    for path in folder.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def scp(box: SshServer, way: str, *words: str) -> subprocess.CompletedProcess[bytes]:
    if way == "system":
        require_program("scp")
    config = box.write_client_config("dev")
    config.write_text(config.read_text().replace("Host dev\n", "Host dev other\n"))
    return run_mooring("-F", config, *(["--native-ssh"] if way == "native" else []), "scp", *words)


@pytest.mark.parametrize("way", WAYS)
def test_files_and_trees_come_and_go(box: SshServer, remote: Path, here: Path, way: str) -> None:
    (remote / "hosts").write_text("127.0.0.1 box\n")
    (remote / "etc" / "deep").mkdir(parents=True)
    (remote / "etc" / "deep" / "a b").write_text("1")
    (remote / "a1.log").write_text("1")
    (remote / "a2.log").write_text("2")
    assert scp(box, way, "dev:hosts", ".").returncode == 0
    assert (here / "hosts").read_text() == "127.0.0.1 box\n"
    assert scp(box, way, "-r", "dev:etc", f"{box.user}@dev:a*.log", str(here)).returncode == 0
    assert (here / "etc" / "deep" / "a b").read_text() == "1" and (here / "a2.log").read_text() == "2"
    (here / "up:load").write_bytes(os.urandom(100_000))
    done = scp(box, way, "-q", "./up:load", "dev:")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert (remote / "up:load").read_bytes() == (here / "up:load").read_bytes()
    assert scp(box, way, "-r", "dev:etc", "other:copy").returncode == 0
    assert (remote / "copy" / "deep" / "a b").read_text() == "1"


@pytest.mark.parametrize("way", WAYS)
def test_what_can_not_be_copied_is_said_and_has_its_status(box: SshServer, remote: Path, here: Path, way: str) -> None:
    (remote / "folder").mkdir()
    (remote / "file").write_text("x")
    missing = scp(box, way, "dev:nothing", ".")
    assert missing.returncode == 1 and b"o such file" in missing.stderr
    folder = scp(box, way, "dev:folder", "dev:file", ".")
    assert folder.returncode == 1 and b"folder" in folder.stderr and (here / "file").read_text() == "x"
    nowhere = scp(box, way, "dev:file", str(here / "no" / "such" / "place"))
    assert nowhere.returncode == 1 and b"o such" in nowhere.stderr
    local = scp(box, way, "file", "elsewhere")
    assert local.returncode == 255 and b"one side has to be on a machine" in local.stderr
    config = box.folder / "refused"
    config.write_text("Host away\n  HostName 127.0.0.1\n  Port 1\n")
    words = ["--native-ssh"] if way == "native" else []
    away = run_mooring("-F", config, *words, "scp", "away:x", ".")
    assert away.returncode == 255 and b"port 1: Connection refused" in away.stderr


@pytest.mark.parametrize("way", WAYS)
def test_times_and_permissions_are_kept_on_request(box: SshServer, remote: Path, here: Path, way: str) -> None:
    (remote / "tree" / "closed").mkdir(parents=True)
    (remote / "tree" / "closed" / "run").write_text("#!/bin/sh\n")
    (remote / "tree" / "closed" / "run").chmod(0o750)
    (remote / "tree" / "closed").chmod(0o511)
    wanted = {"tree": 1_000_000_000, "tree/closed": 1_100_000_000, "tree/closed/run": 1_200_000_000}
    for name, seconds in wanted.items():
        os.utime(remote / name, (seconds + 5, seconds))
    try:
        assert scp(box, way, "-p", "-r", "dev:tree", ".").returncode == 0
        assert scp(box, way, "-p", "-r", "-q", "tree", "dev:back").returncode == 0
        for found in (here / "tree", remote / "back"):
            for name, seconds in wanted.items():
                status = (found.parent / name.replace("tree", found.name, 1)).stat()
                assert (status.st_mtime, status.st_mode & 0o777) == (seconds, (remote / name).stat().st_mode & 0o777)
        assert (here / "tree" / "closed" / "run").stat().st_atime >= 1_200_000_005
        assert scp(box, way, "dev:tree/closed/run", "now").returncode == 0
        assert (here / "now").stat().st_mtime > 1_700_000_000
    finally:
        for closed in (remote / "tree" / "closed", here / "tree" / "closed", remote / "back" / "closed"):
            if closed.exists():
                closed.chmod(0o755)


@pytest.mark.parametrize("way", WAYS)
def test_options_of_ssh_hold_on_the_way(box: SshServer, remote: Path, here: Path, way: str) -> None:
    if way == "system":
        require_program("scp")
    (remote / "file").write_text("content")
    config = here / "config"
    config.write_text(
        "Host dev\n  HostName 127.0.0.1\n  Port 1\n  IdentityAgent none\n  GlobalKnownHostsFile /dev/null\n"
    )
    known = here / "known"
    known.write_text(box.known_hosts_line)
    words = ["-P", str(box.port), "-i", str(box.client_key), "-o", f"UserKnownHostsFile={known}", "-C4B", "-3"]
    native = ["--native-ssh"] if way == "native" else []
    done = run_mooring("-F", config, *native, "scp", *words, f"-oUser={box.user}", "dev:file", ".")
    assert (done.returncode, done.stderr, (here / "file").read_text()) == (0, b"", "content")
    refused = run_mooring("-F", config, *native, "scp", "-l", "100", "dev:file", ".")
    assert refused.returncode == 255 and b"-l (a limit on the rate) is an option of scp's" in refused.stderr


def test_only_differences_are_sent_by_rsync(sshd: SshServer, here: Path, tmp_path: Path) -> None:
    require_program("rsync")
    config = sshd.write_client_config("dev")
    there = tmp_path / "there"
    (here / "site" / "css").mkdir(parents=True)
    (here / "site" / "css" / "a.css").write_bytes(os.urandom(200_000))
    (here / "site" / "index.html").write_text("one")

    def send(*words: str) -> subprocess.CompletedProcess[bytes]:
        return run_mooring("-F", config, "scp", "-d", *words)

    first = send("-r", "-p", "site/", f"dev:{there}")
    assert (first.returncode, first.stderr) == (0, b"") and b"css/a.css" in first.stdout
    (here / "site" / "index.html").write_text("two!")
    second = send("-r", "-p", "site/", f"dev:{there}")
    assert second.returncode == 0 and b"a.css" not in second.stdout and b"index.html" in second.stdout
    assert (there / "index.html").read_text() == "two!"
    assert (there / "css" / "a.css").read_bytes() == (here / "site" / "css" / "a.css").read_bytes()
    quiet = send("-q", f"dev:{there / 'index.html'}", "back")
    assert (quiet.returncode, quiet.stdout, quiet.stderr) == (0, b"", b"") and (here / "back").read_text() == "two!"
    across = send(f"dev:{there}", "dev:elsewhere")
    assert across.returncode == 255 and b"not from machine to machine" in across.stderr
    native = run_mooring("-F", config, "--native-ssh", "scp", "-d", "site", "dev:x")
    assert native.returncode == 255 and b"takes rsync and the system's ssh" in native.stderr


def test_machines_that_ssh_does_not_know_get_their_own_options(
    box: SshServer, remote: Path, here: Path, tmp_path: Path
) -> None:
    home = tmp_path / "config"
    known = box.folder / "known_hosts_own"
    known.write_text(box.known_hosts_line)
    make_key(here / "second_key")
    box.authorize((here / "second_key.pub").read_text())
    entries = "".join(
        f'[[machine]]\nname = "{name}"\nhost = "127.0.0.1"\nport = {box.port}\nuser = "{box.user}"\nkey = "{key}"\n'
        f'[machine.options]\nUserKnownHostsFile = "{known}"\nIdentitiesOnly = "yes"\n'
        f'HostKeyAlias = "[127.0.0.1]:{box.port}"\n'
        for name, key in (("one", box.client_key), ("two", here / "second_key"))
    )
    (home / "mooring").mkdir(parents=True)
    (home / "mooring" / "machines.toml").write_text(entries)
    environment = {"XDG_CONFIG_HOME": str(home)}
    (remote / "file").write_text("content")
    for way in ([], ["--native-ssh"]):
        done = run_mooring(*way, "scp", "one:file", "here", environment=environment)
        assert (done.returncode, done.stderr, (here / "here").read_text()) == (0, b"", "content")
        (here / "here").unlink()
    across = run_mooring("scp", "one:file", "two:copy", environment=environment)
    assert across.returncode == 0 and (remote / "copy").read_text() == "content"
    assert b"scp takes the options of one machine" in across.stderr


def test_an_interrupted_copy_goes_on_and_a_terminal_shows_how_far_it_is(
    box: SshServer, remote: Path, here: Path
) -> None:
    whole = os.urandom(3_000_000)
    (remote / "big\x1b[31m").write_bytes(whole)
    (here / "big\x1b[31m").write_bytes(whole[:1_000_000])
    config = box.write_client_config("dev")
    words = [*MOORING[1:], "-F", str(config), "scp", "--continue", "dev:big*", "."]
    terminal = pexpect.spawn(MOORING[0], words, encoding="utf-8", dimensions=(24, 70), cwd=here, timeout=30)
    terminal.expect(pexpect.EOF)
    terminal.close()
    assert terminal.exitstatus == 0 and (here / "big\x1b[31m").read_bytes() == whole
    last = (terminal.before or "").replace("\x1b[K", "").rstrip().rpartition("\r")[2]
    assert last.startswith("big^[[31m ") and "100 %   2.9 MB" in last and len(last) <= 70


def test_the_demonstration_has_files_too(here: Path) -> None:
    require_program("scp")
    done = run_mooring("--demo", "scp", "-r", "web-1:nginx", "web-1:README.md", str(here))
    assert (done.returncode, done.stderr) == (0, b"")
    assert {path.name for path in here.iterdir()} == {"nginx", "README.md"}


def test_a_copy_that_is_interrupted_says_how_it_goes_on(box: SshServer, remote: Path, here: Path) -> None:
    with (remote / "big").open("wb") as file:
        file.truncate(4_000_000_000)
    config = box.write_client_config("dev")
    words = [*MOORING[1:], "-F", str(config), "--native-ssh", "scp", "dev:big", "."]
    terminal = pexpect.spawn(MOORING[0], words, encoding="utf-8", dimensions=(24, 70), cwd=here, timeout=30)
    terminal.expect("MB/s")
    terminal.sendintr()
    terminal.expect("with --continue goes on")
    terminal.expect(pexpect.EOF)
    terminal.close()
    assert terminal.signalstatus == signal.SIGINT
    assert 0 < (here / "big").stat().st_size < 4_000_000_000


def test_a_machine_that_goes_away_is_said_and_nothing_else(tmp_path: Path, here: Path) -> None:
    with (here / "big").open("wb") as file:
        file.truncate(2_000_000_000)
    with running_sshd(tmp_path / "sshd") as server:
        config = server.write_client_config("dev")
        words = [*MOORING[1:], "-F", str(config), "--native-ssh", "scp", "big", f"dev:{tmp_path / 'copy'}"]
        terminal = pexpect.spawn(MOORING[0], words, encoding="utf-8", dimensions=(24, 70), cwd=here, timeout=30)
        terminal.expect("MB/s")
        for child in descendants(server.process.pid):
            os.kill(child, signal.SIGKILL)
        terminal.expect("closed by remote host")
        terminal.expect(pexpect.EOF)
        terminal.close()
    (tmp_path / "copy").unlink()
    assert terminal.exitstatus == 255
    assert (terminal.before or "").strip(
        ". \r\n"
    ) == "The same command with --continue goes on where this one broke off"
