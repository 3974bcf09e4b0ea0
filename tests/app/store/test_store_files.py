"""Reading what others wrote without trust, and writing so that nobody sees half a file."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from mooring.model.errors import ConfigError
from mooring.store import Paths, make_runtime_directory, write_atomically
from mooring.store.read import read_text_file

LIMIT = 1000


def complaint(path: Path) -> ConfigError:
    with pytest.raises(ConfigError) as raised:
        read_text_file(path, limit=LIMIT)
    return raised.value


def test_text_is_read_with_and_without_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"\xef\xbb\xbfgr\xc3\xbc\xc3\x9fe\n")
    assert read_text_file(path, limit=LIMIT) == "grüße\n"


def test_a_missing_file_is_no_complaint(tmp_path: Path) -> None:
    for path in (tmp_path / "none", tmp_path / "none" / "deeper"):
        with pytest.raises(FileNotFoundError):
            read_text_file(path, limit=LIMIT)


def test_what_is_no_file_is_refused_and_nobody_waits_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    assert complaint(tmp_path / "fifo").message == "is not a regular file"
    assert complaint(tmp_path).message in ("is not a regular file", "can't be read: Is a directory")
    assert complaint(Path("/dev/zero")).message == "is not a regular file"


def test_a_file_beyond_the_limit_is_refused(tmp_path: Path) -> None:
    (tmp_path / "big").write_bytes(b"x" * (LIMIT + 1))
    assert "larger than 1000 bytes" in complaint(tmp_path / "big").message


def test_binary_is_refused_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "binary").write_bytes(b"a = 1\nb = \xff\n")
    error = complaint(tmp_path / "binary")
    assert (error.message, error.origin.line) == ("is not UTF-8 text", 2)


def test_writing_replaces_the_whole_file_and_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "settings.toml"
    write_atomically(path, b"one\n")
    assert path.read_bytes() == b"one\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    path.chmod(0o644)
    write_atomically(path, b"two\n")
    assert path.read_bytes() == b"two\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o644
    assert [entry.name for entry in path.parent.iterdir()] == ["settings.toml"]


def test_writing_goes_through_a_symbolic_link(tmp_path: Path) -> None:
    kept = tmp_path / "dotfiles" / "settings.toml"
    kept.parent.mkdir()
    kept.write_text("old\n")
    link = tmp_path / "settings.toml"
    link.symlink_to(kept)
    write_atomically(link, b"new\n")
    assert link.is_symlink()
    assert kept.read_text() == "new\n"


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    directory = tmp_path / "settings.toml"
    (directory / "inner").mkdir(parents=True)
    with pytest.raises(OSError, match=r"[Dd]irectory"):
        write_atomically(directory, b"x")
    assert [entry.name for entry in tmp_path.iterdir()] == ["settings.toml"]
    assert (directory / "inner").is_dir()


def test_the_usual_places_follow_the_environment_and_are_not_made(own_home: Path) -> None:
    paths = Paths.of_this_person()
    assert paths.settings_file == own_home / ".config" / "mooring" / "settings.toml"
    assert paths.machines_file == own_home / ".config" / "mooring" / "machines.toml"
    assert not paths.config.exists()
    assert not paths.state.exists()


def test_the_runtime_directory_is_ours_alone(tmp_path: Path) -> None:
    directory = make_runtime_directory(tmp_path / "run" / "mooring")
    assert stat.S_IMODE(directory.stat().st_mode) == 0o700
    directory.chmod(0o755)
    assert stat.S_IMODE(make_runtime_directory(directory).stat().st_mode) == 0o700
    link = tmp_path / "link"
    link.symlink_to(directory)
    with pytest.raises(ConfigError):
        make_runtime_directory(link)


def test_sockets_lie_in_the_login_session_only_where_that_is_ours(
    own_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Behind `su` and `sudo -E` the variable names a directory of somebody else's, or one that is gone."""
    instead = Paths.of_this_person().state / "run"
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    assert Paths.of_this_person().runtime == tmp_path / "mooring"
    owner = tmp_path.stat().st_uid
    with monkeypatch.context() as somebody_else:
        somebody_else.setattr(os, "getuid", lambda: owner + 1)
        assert Paths.of_this_person().runtime == instead
    for other in ("", str(tmp_path / "none"), "/dev/null"):
        monkeypatch.setenv("XDG_RUNTIME_DIR", other)
        assert Paths.of_this_person().runtime == instead
