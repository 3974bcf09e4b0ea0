"""Commands out of histories and off the screen, and what is remembered of their use."""

from __future__ import annotations

from pathlib import Path

import pytest

from mooring.commands.shell_history import command_of_history, command_on_screen, recent_commands
from mooring.commands.usage import CommandUsage
from mooring.model.origin import Origin
from mooring.model.saved_command import CommandSource, Parameter, SavedCommand


@pytest.mark.parametrize(
    ("line", "command"),
    [
        ("df -h /\n", "df -h /"),
        ("#1700000000", ""),
        ("# a comment that was typed", "# a comment that was typed"),
        (": 1700000000:0;df -h /", "df -h /"),
        (": 1700000000:12;echo a;b", "echo a;b"),
        ("- cmd: for x in a b\\n  echo $x \\\\n\\nend", "for x in a b\n  echo $x \\n\nend"),
        ("  when: 1700000000", ""),
    ],
)
def test_a_line_of_a_history(line: str, command: str) -> None:
    assert command_of_history(line) == command


@pytest.mark.parametrize(
    "prompt",
    [
        "ops@web-1:~$ ",
        "$ ",
        "# ",
        "[root@db ~]# ",
        "(venv) ann@host:/srv/app$ ",
        "ann@mac ~ % ",
        "ann@host ~/work> ",
        "bash-5.1# ",
        "/ # ",
        "❯ ",
        "there> ",
    ],
)
@pytest.mark.parametrize("command", ["df -h /", "awk '{print $1}' f > out", "echo '# x' $ y"])
def test_a_prompt_is_taken_off(prompt: str, command: str) -> None:
    assert command_on_screen(f"{prompt}{command}   ") == command
    assert command_on_screen(command) == command


def test_the_histories_of_three_shells(tmp_path: Path) -> None:
    (tmp_path / ".bash_history").write_text("#1700000000\nls\ndf -h\nls\n")
    (tmp_path / ".zsh_history").write_bytes(b": 1:0;echo one\\\necho two\n: 2:0;echo \xc3\x83\xa3\n")
    fish = tmp_path / ".local" / "share" / "fish"
    fish.mkdir(parents=True)
    (fish / "fish_history").write_text("- cmd: top\n  when: 5\n  paths:\n    - x\n")
    found = recent_commands(home=tmp_path, environment={})
    assert found[-2:] == ("ls", "df -h")
    assert "echo one\necho two" in found
    assert "echo Ã" in found
    assert "top" in found
    assert recent_commands(home=tmp_path / "nobody", environment={"HISTFILE": "/dev/null"}) == ()


RESTART = SavedCommand(
    "restart",
    "systemctl restart {{unit}}",
    Origin("commands.toml"),
    parameters=(Parameter("unit"), Parameter("password", secret=True)),
)


def test_last_values_belong_to_a_machine_and_hold_no_secret(tmp_path: Path) -> None:
    path = tmp_path / "state" / "commands.json"
    usage = CommandUsage(path)
    usage.remember(RESTART, "web-1", {"unit": "nginx", "password": "hunter2"})
    usage.remember(RESTART, "db-1", {"unit": "postgresql", "password": "hunter2"})
    again = CommandUsage(path)
    assert again.last_values(RESTART, "web-1") == {"unit": "nginx"}
    assert again.last_values(RESTART, "new") == {"unit": "postgresql"}
    assert "hunter2" not in path.read_text()
    assert path.stat().st_mode & 0o777 == 0o600


def test_favourites_of_two_projects_are_told_apart(tmp_path: Path) -> None:
    usage = CommandUsage(tmp_path / "commands.json")
    other = SavedCommand("restart", "true", Origin("/p/commands.toml"), CommandSource.PROJECT)
    usage.set_favourite(other, True)
    again = CommandUsage(tmp_path / "commands.json")
    assert again.is_favourite(other)
    assert not again.is_favourite(RESTART)
    again.set_favourite(other, False)
    assert not CommandUsage(tmp_path / "commands.json").is_favourite(other)


def test_a_broken_state_file_is_none(tmp_path: Path) -> None:
    path = tmp_path / "commands.json"
    path.write_text("{")
    usage = CommandUsage(path)
    assert not usage.is_favourite(RESTART)
    for number in range(300):
        usage._usage.values.setdefault("restart", {})[f"m{number}"] = {"unit": "x"}
    usage.remember(RESTART, "last", {"unit": "y"})
    assert len(CommandUsage(path)._usage.values["restart"]) == 200
