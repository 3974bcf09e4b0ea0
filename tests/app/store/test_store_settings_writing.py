"""settings.toml written by the program: every option explained, comments kept, nothing of a person's overwritten."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from mooring.model.errors import ConfigError
from mooring.store import Settings, load_settings
from mooring.store.settings.documentation import settings_table, settings_template
from mooring.store.settings.editor import SettingsEditor
from mooring.store.settings.options import options

README = Path(__file__).parents[3] / "README.md"


def test_readme_has_the_options_as_they_are() -> None:
    assert settings_table() in README.read_text(), "put what settings_table() returns into README.md"


def test_a_new_file_explains_every_option_and_sets_none(tmp_path: Path) -> None:
    file = tmp_path / "new" / "settings.toml"
    assert SettingsEditor(file).create()
    text = file.read_text()
    assert load_settings(file).problems == ()
    assert tomllib.loads(text) == {}
    # Freed of its comment signs, what is no sentence says the defaults.
    freed = "\n".join(line[2:] for line in text.splitlines() if re.match(r"# (\[|[a-z_-]+ = )", line))
    file.write_text(freed)
    loaded = load_settings(file)
    assert loaded.problems == ()
    given = {"leader": "ctrl+o", "keys": {"list": {"hand-over": "h"}}, "source": loaded.settings.source}
    assert loaded.settings == Settings(**given)  # type: ignore[arg-type]
    assert [source.name for source in loaded.settings.source] == ["site"]


@pytest.mark.parametrize("there", ["file", "link", "folder"])
def test_what_is_there_is_never_overwritten(tmp_path: Path, there: str) -> None:
    file = tmp_path / "settings.toml"
    if there == "file":
        file.write_text("mine")
    elif there == "link":
        file.symlink_to(tmp_path / "nowhere")
    else:
        file.mkdir()
    before = sorted(tmp_path.iterdir())
    assert not SettingsEditor(file).create()
    assert sorted(tmp_path.iterdir()) == before
    assert there != "file" or file.read_text() == "mine"


def test_setting_an_option_keeps_every_other_line(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('# mine\nsplash = false # quick\n\n[keys.list]\nhelp = "h" # here\n')
    editor = SettingsEditor(file)
    editor.set("splash", True)
    editor.set("theme", 'a "strange" one')
    lines = file.read_text().splitlines()
    assert lines[:2] == ["# mine", "splash = true # quick"]
    assert lines[-2:] == ["[keys.list]", 'help = "h" # here']
    assert load_settings(file).settings == Settings(theme='a "strange" one', keys={"list": {"help": "h"}})
    editor.set("theme", None)
    assert load_settings(file).settings.theme == Settings().theme


def test_an_option_of_the_new_file_is_put_in_force_in_its_place(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    editor = SettingsEditor(file)
    editor.create()
    for option in options():
        if not option.is_table:
            editor.set(option.name, option.default if option.default is not None else "ctrl+o")
    expected = settings_template().splitlines()
    changed = [(old, new) for old, new in zip(expected, file.read_text().splitlines(), strict=True) if old != new]
    assert [old.removeprefix("# ") for old, _ in changed] == [new for _, new in changed]
    assert len(changed) == sum(not option.is_table for option in options())


ORDER = """# mine
splash = false # quick

[keys.list]
# why
hand-over = "h" # here

[[source]]
name = "a"
file = "x"

[keys.leader]
help = 'H'
# end
"""
"""Tables of a kind with another between them, which a library would put elsewhere."""

QUIT: dict[tuple[str, str], str | None] = {("list", "quit"): "z"}


@pytest.mark.parametrize(
    ("before", "changes", "after"),
    [
        (ORDER, {("list", "hand-over"): "w"}, ORDER.replace('"h"', '"w"')),
        (ORDER, {("leader", "help"): "?"}, ORDER.replace("'H'", '"?"')),
        (ORDER, {("list", "hand-over"): None}, ORDER.replace('hand-over = "h" # here\n', "")),
        (ORDER, QUIT, ORDER.replace("# here\n", '# here\nquit = "z"\n')),
        (ORDER, {("copy", "copy-left"): "b"}, ORDER + '\n[keys.copy]\ncopy-left = "b"\n'),
        (ORDER, {("", "leader"): "f9"}, ORDER.replace("# quick\n", '# quick\nleader = "f9"\n')),
        ("", QUIT, '[keys.list]\nquit = "z"\n'),
        ('[keys.list]\nquit = "z"', {("list", "quit"): None}, ""),
        ('leader = "f9"\n', {("", "leader"): None}, ""),
        ('[keys.list]\r\nhelp = "h"\r\n', QUIT, '[keys.list]\r\nhelp = "h"\r\nquit = "z"\r\n'),
        ('keys = {list = {help = "h"}} # all\n', QUIT, 'keys = {list = {help = "h",quit = "z"}} # all\n'),
        ('keys.list.help = "h"\n', QUIT, 'keys.list.help = "h"\nkeys.list.quit = "z"\n'),
        ('[keys]\nlist.quit = "a" # b\n', QUIT, '[keys]\nlist.quit = "z" # b\n'),
        ("[keys.list]\nquit = 3\n", QUIT, '[keys.list]\nquit = "z"\n'),
    ],
)
def test_keys_are_given_and_every_other_line_stays(
    tmp_path: Path, before: str, changes: dict[tuple[str, str], str | None], after: str
) -> None:
    file = tmp_path / "settings.toml"
    file.write_bytes(before.encode())
    SettingsEditor(file).set_keys(changes, seen=load_settings(file).settings.keys)
    assert file.read_bytes().decode() == after


def test_what_somebody_else_wrote_meanwhile_is_merged_or_said(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(ORDER)
    editor, seen = SettingsEditor(file), dict(load_settings(file).settings.keys)
    theirs = ORDER.replace('"h"', '"j"').replace("splash = false", "splash = true")
    file.write_text(theirs)
    with pytest.raises(ConfigError, match=r"`hand-over` in \[keys.list\] was changed by somebody else meanwhile"):
        editor.set_keys({("list", "hand-over"): "w"}, seen=seen)
    assert file.read_text() == theirs
    editor.set_keys(QUIT, seen=seen)
    assert file.read_text() == theirs.replace("# here\n", '# here\nquit = "z"\n')


def test_what_can_not_be_written_without_changing_more_is_said(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    text = 'keys.list.hand-over = "h"\nkeys.leader.help = "i"\n'
    file.write_text(text)
    with pytest.raises(ConfigError, match="without changing more"):
        SettingsEditor(file).set_keys({("anywhere", "next-tab"): "f9", **QUIT}, seen={})
    assert file.read_text() == text


def test_a_file_that_is_no_toml_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text("theme = ")
    with pytest.raises(ConfigError):
        SettingsEditor(file).set("theme", "nord")
    assert file.read_text() == "theme = "
