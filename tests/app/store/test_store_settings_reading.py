"""settings.toml: whatever is wrong with it, the program starts, says where, and uses the rest."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from mooring.model.errors import ConfigError
from mooring.store import Settings, load_settings
from mooring.store.settings.editor import SettingsEditor


def write(folder: Path, text: str) -> Path:
    path = folder / "settings.toml"
    path.write_text(text)
    return path


def test_no_file_means_the_defaults_and_makes_none(tmp_path: Path) -> None:
    loaded = load_settings(tmp_path / "none" / "settings.toml")
    assert loaded.settings == Settings()
    assert loaded.problems == ()
    assert list(tmp_path.iterdir()) == []


def test_what_is_set_is_used(tmp_path: Path) -> None:
    loaded = load_settings(write(tmp_path, 'theme = "nord"\nsplash = false\nscrollback_lines = 0\nleader = "ctrl+g"\n'))
    assert loaded.problems == ()
    assert loaded.settings == Settings(theme="nord", splash=False, scrollback_lines=0, leader="ctrl+g")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('splash = "yes"', "setting `splash`: expected `bool`, got `str`"),
        ("scrollback_lines = -1", "setting `scrollback_lines`: expected `int` >= 0"),
        ('palette = "mine"', "setting `palette`: invalid enum value 'mine'"),
        ('leader = ""', "setting `leader`: expected `str` of length >= 1"),
    ],
)
def test_a_wrong_entry_keeps_its_default_and_hides_no_other(tmp_path: Path, line: str, said: str) -> None:
    loaded = load_settings(write(tmp_path, f'theme = "nord"\n\n{line}\n'))
    assert loaded.settings == Settings(theme="nord")
    (problem,) = loaded.problems
    assert (problem.message, problem.origin.line) == (said, 3)


def test_an_unknown_entry_is_named_with_the_nearest_one(tmp_path: Path) -> None:
    loaded = load_settings(write(tmp_path, "scrolback_lines = 5\n[colours]\nred = 1\n"))
    misspelt, table = loaded.problems
    assert (misspelt.message, misspelt.origin.line) == ("there is no setting `scrolback_lines`", 1)
    assert misspelt.hint == "did you mean `scrollback_lines`?"
    assert table.origin.line == 2


@pytest.mark.parametrize("content", [b"theme = ", b"\xff\xfe", b"\x00\x01\x02", b"theme"])
def test_a_broken_file_means_the_defaults_and_stays_as_it_is(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(content)
    loaded = load_settings(path)
    assert loaded.settings == Settings()
    assert loaded.problems[0].origin.path == str(path)
    assert path.read_bytes() == content


def test_a_key_that_stands_there_twice_is_said_with_its_line(tmp_path: Path) -> None:
    (problem,) = load_settings(write(tmp_path, '[keys.list]\nquit = "z"\nquit = "x"\n')).problems
    assert (problem.message, problem.origin.line) == ("not valid TOML: this key stands further up already", 3)


@contextmanager
def somebody_else() -> Iterator[None]:
    """Root may read everything: be nobody for a while."""
    if os.geteuid():
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_file_that_may_not_be_read_is_said_and_stays(tmp_path: Path) -> None:
    path = write(tmp_path, 'theme = "nord"\n')
    path.chmod(0)
    with somebody_else():
        loaded = load_settings(path)
        with pytest.raises((ConfigError, OSError)):
            SettingsEditor(path).set("theme", "dracula")
    assert [problem.message for problem in loaded.problems] == ["can't be read: Permission denied"]
    assert (loaded.settings, loaded.is_usable) == (Settings(), False)
    path.chmod(0o600)
    assert path.read_text() == 'theme = "nord"\n'


def test_a_directory_in_its_place_is_said(tmp_path: Path) -> None:
    loaded = load_settings(tmp_path)
    assert loaded.settings == Settings()
    assert len(loaded.problems) == 1
