"""settings.toml: whatever is wrong with it, the program starts, says where, and uses the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from mooring.store import Settings, load_settings


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


def test_a_directory_in_its_place_is_said(tmp_path: Path) -> None:
    loaded = load_settings(tmp_path)
    assert loaded.settings == Settings()
    assert len(loaded.problems) == 1
