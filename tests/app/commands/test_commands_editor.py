"""Changing commands.toml: what is not about the change stays as it was, to the byte."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from mooring.commands.editor import CommandEditor
from mooring.commands.library import CommandFiles, load_commands
from mooring.model.errors import ConfigError, UsageError
from mooring.model.origin import Origin
from mooring.model.saved_command import Parameter, SavedCommand

TEXT = '''# All of my commands.

# Disk first.
[[command]]
name = "disk"        # short
command = "df -h"

[[command]]
name = "log"
command = """
journalctl -u {{unit}}  # [[command]] in a text
"""
[command.parameters.unit]
default = "nginx"  # mostly

# Last.
[[command]]
name = "up"
command = "uptime"
'''


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file with three commands and comments around them."""
    path = tmp_path / "commands.toml"
    path.write_text(TEXT)
    return path


def names(path: Path) -> list[str]:
    library = load_commands(CommandFiles(path))
    assert library.problems == ()
    return [command.name for command in library.commands]


def found(path: Path, name: str) -> SavedCommand:
    command = load_commands(CommandFiles(path)).find(name)
    assert command is not None
    return command


def test_moving_takes_comments_along(path: Path) -> None:
    editor = CommandEditor(path)
    editor.move("up", before="disk")
    assert names(path) == ["up", "disk", "log"]
    text = path.read_text()
    assert '# Last.\n[[command]]\nname = "up"' in text
    assert text.startswith("# All of my commands.\n\n# Last.\n")
    editor.move("up", before=None)
    assert path.read_text() == TEXT


def test_replacing_changes_only_what_changed(path: Path) -> None:
    log = found(path, "log")
    CommandEditor(path).replace("log", replace(log, name="journal", tags=("logs",), sudo=True))
    text = path.read_text()
    assert text.replace('name = "journal"', 'name = "log"').replace('tags = ["logs"]\nsudo = true\n\n', "") == TEXT
    assert found(path, "journal").parameters == (Parameter("unit", default="nginx"),)
    CommandEditor(path).replace("journal", log)
    assert found(path, "log") == replace(log, origin=found(path, "log").origin)


def test_removing_takes_its_comment_too(path: Path) -> None:
    CommandEditor(path).remove("up")
    assert names(path) == ["disk", "log"]
    assert "Last" not in path.read_text()
    assert path.read_text().rstrip() == TEXT[: TEXT.index("# Last.")].rstrip()


def test_what_is_added_is_read_back_the_same(path: Path) -> None:
    added = SavedCommand(
        name='restart "x"',
        command="systemctl restart {{unit}}\necho '{{word}}' {{flags|raw}}",
        origin=Origin("nowhere"),
        description="quick",
        tags=("a", "b"),
        machines=("production", "tag:web"),
        parameters=(
            Parameter("unit", "which", "nginx", ("nginx", "cron"), "[a-z]+"),
            Parameter("word", secret=True),
            Parameter("flags", raw=True),
        ),
        timeout=2.5,
        confirm=True,
        sudo=True,
    )
    CommandEditor(path).add(added)
    assert path.read_text().startswith(TEXT)
    back = found(path, added.name)
    assert back == replace(added, origin=back.origin)
    with pytest.raises(UsageError, match="already"):
        CommandEditor(path).add(added)


def test_the_first_command_makes_the_file_private(tmp_path: Path) -> None:
    path = tmp_path / "new" / "commands.toml"
    CommandEditor(path).add(SavedCommand("a", "true", Origin("nowhere")))
    assert names(path) == ["a"]
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_broken_file_is_not_written_over(path: Path) -> None:
    path.write_text('[[command]]\nname = "a\n')
    with pytest.raises(ConfigError, match="not valid TOML"):
        CommandEditor(path).add(SavedCommand("b", "true", Origin("nowhere")))
    assert path.read_text() == '[[command]]\nname = "a\n'
    path.write_text('command = [{name = "a", command = "true"}]\n')
    with pytest.raises(ConfigError, match="not written as"):
        CommandEditor(path).remove("a")
    with pytest.raises(UsageError, match="no command called nobody"):
        path.write_text(TEXT)
        CommandEditor(path).remove("nobody")
