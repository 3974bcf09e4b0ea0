"""commands.toml as it is read: what a file says, whose it is, and what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from mooring.commands.library import CommandFiles, Library, load_commands, offered, scopes
from mooring.model.errors import ConfigError, UsageError
from mooring.model.machine import Machine, Target
from mooring.model.origin import Origin
from mooring.model.saved_command import CommandSource, Parameter

WHOLE = """
# Mine.
[[command]]
name = "follow log"
command = "journalctl -n {{lines}} -fu {{unit}}"
description = "the journal of a unit"
tags = ["logs"]
on = ["production", "tag:web"]
timeout = 30
confirm = true
sudo = true

[command.parameters.unit]
choices = ["nginx", "sshd"]
default = "nginx"
description = "what to follow"

[[command]]
name = "query"
command = "mysql -u {{user}} -e {{sql|raw}} <<< {{password}}"
on = "db-1"
parameters.password = { secret = true }
"""


def read(folder: Path, text: str) -> Library:
    path = folder / "commands.toml"
    path.write_text(text)
    return load_commands(CommandFiles(path))


def machine(name: str, *, groups: tuple[str, ...] = (), tags: tuple[str, ...] = ()) -> Machine:
    return Machine(name, ("test",), Origin("test"), Target(name), groups=groups, tags=tags)


def test_everything_that_a_file_can_say(tmp_path: Path) -> None:
    library = read(tmp_path, WHOLE)
    assert library.problems == ()
    follow, query = library.commands
    assert follow.name == "follow log"
    assert (follow.description, follow.tags, follow.machines) == (
        "the journal of a unit",
        ("logs",),
        ("production", "tag:web"),
    )
    assert (follow.timeout, follow.confirm, follow.sudo, follow.source) == (30, True, True, CommandSource.PERSONAL)
    assert follow.parameters == (
        Parameter("unit", "what to follow", "nginx", ("nginx", "sshd")),
        Parameter("lines"),
    )
    assert str(follow.origin) == f"{tmp_path / 'commands.toml'}:3"
    assert query.machines == ("db-1",)
    assert query.parameters == (Parameter("password", secret=True), Parameter("user"), Parameter("sql", raw=True))


@pytest.mark.parametrize(
    ("entry", "line", "reason"),
    [
        ('command = "id"', 1, "`name` is missing"),
        ('name = "x"', 1, "command `x`: field `command` is missing"),
        ('name = "x"\ncommand = "id"\nconfrim = true', 4, "`confrim` is unknown"),
        ('name = "x"\ncommand = "id"\nconfirm = "yes"', 4, "`confirm` can't be used: expected `bool`"),
        ('name = "x"\ncommand = "id"\ntimeout = 0', 4, "`timeout` can't be used"),
        ('name = "x"\ncommand = "id"\non = [""]', 4, "`on` holds an empty selection"),
        ('name = "x"\ncommand = "echo `{{a}}`"', 3, "`command` can't be used: `{{a}}` stands behind a backquote"),
        ('name = "x"\ncommand = "id"\nparameters.a.default = "1"', 4, "is nowhere in the command"),
        (
            'name = "x"\ncommand = "echo {{a}}"\n[command.parameters.a]\npattern = "["',
            5,
            "`parameters.a.pattern` can't be used",
        ),
        (
            'name = "x"\ncommand = "echo {{a}}"\n[command.parameters.a]\nchoices = ["1"]\ndefault = "2"',
            6,
            "`2` is none of 1",
        ),
        (
            'name = "x"\ncommand = "echo {{a}}"\n[command.parameters.a]\nsecret = true\ndefault = "hunter2"',
            6,
            "a secret does not belong in a file",
        ),
        ('name = "x"\ncommand = "echo {{a|raw}}"\nparameters.a.secret = true', 4, "both secret and raw"),
        ('name = "x"\ncommand = "echo {{a}}"\nparameters.a.colour = 1', 4, "`parameters.a.colour` is unknown"),
    ],
)
def test_a_wrong_entry_is_named_with_its_line_and_the_rest_is_used(
    tmp_path: Path, entry: str, line: int, reason: str
) -> None:
    library = read(tmp_path, f'[[command]]\n{entry}\n\n[[command]]\nname = "good"\ncommand = "true"\n')
    assert [command.name for command in library.commands] == ["good"]
    (problem,) = library.problems
    assert isinstance(problem, ConfigError)
    assert reason in problem.message
    assert problem.origin == Origin(str(tmp_path / "commands.toml"), line)


def test_a_slip_in_the_syntax_costs_one_entry(tmp_path: Path) -> None:
    text = '[[command]]\nname = "a"\ncommand = "x\n[[command]]\nname = "b"\ncommand = "true"\n'
    library = read(tmp_path, text)
    assert [command.name for command in library.commands] == ["b"]
    assert [str(problem.origin) for problem in library.problems if isinstance(problem, ConfigError)] == [
        f"{tmp_path / 'commands.toml'}:3"
    ]


def test_a_project_is_found_upwards_and_can_not_take_a_name_away(tmp_path: Path) -> None:
    personal = tmp_path / "config" / "commands.toml"
    personal.parent.mkdir()
    personal.write_text('[[command]]\nname = "deploy"\ncommand = "mine"\n')
    project = tmp_path / "work" / ".mooring" / "commands.toml"
    inner = tmp_path / "work" / "deep" / "down"
    inner.mkdir(parents=True)
    project.parent.mkdir()
    project.write_text(
        '[[command]]\nname = "deploy"\ncommand = "theirs"\n[[command]]\nname = "test"\ncommand = "make"\n'
    )
    files = CommandFiles.around(personal, inner)
    assert files.project == project
    library = load_commands(files)
    assert [(command.name, command.command) for command in library.commands] == [("deploy", "mine"), ("test", "make")]
    test = library.commands[1]
    assert test.source is CommandSource.PROJECT
    assert test.asks_first
    assert not library.commands[0].asks_first
    assert "is there twice" in library.problems[0].message
    assert CommandFiles.around(personal, tmp_path).project is None
    assert files.watched(inner) == (personal, project)


def test_a_file_that_others_could_write_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "commands.toml"
    path.write_text('[[command]]\nname = "a"\ncommand = "true"\n')
    path.chmod(0o666)
    library = load_commands(CommandFiles(path))
    assert library.commands == ()
    assert "bad owner or permissions" in library.problems[0].message


def test_no_file_is_no_problem(tmp_path: Path) -> None:
    assert load_commands(CommandFiles(tmp_path / "none")) == Library()


def test_a_machine_s_own_commands_come_first_and_favourites_before_others(tmp_path: Path) -> None:
    entries = [
        ("all", ""),
        ("web", 'on = "tag:web"'),
        ("prod", 'on = "production"'),
        ("gone", 'on = "nobody"'),
        ("z", ""),
    ]
    text = "".join(f'[[command]]\nname = "{name}"\ncommand = "true"\n{on}\n' for name, on in entries)
    commands = read(tmp_path, text).commands
    scope = scopes(commands, [machine("a", groups=("production",), tags=("web",)), machine("b")])
    assert [command.name for command in offered(commands, scope, "a", ("prod", "z"))] == ["prod", "web", "z", "all"]
    assert [command.name for command in offered(commands, scope, "b")] == ["all", "z"]


def test_values_are_completed_and_checked(tmp_path: Path) -> None:
    follow, query = read(tmp_path, WHOLE).commands
    assert follow.values({"lines": "5"}) == {"unit": "nginx", "lines": "5"}
    with pytest.raises(UsageError, match="unit: `cron` is none of nginx, sshd; lines: a value is needed"):
        follow.values({"unit": "cron"})
    with pytest.raises(UsageError, match="colour: there is no such parameter"):
        follow.values({"lines": "5", "colour": "red"})
    with pytest.raises(UsageError, match="a secret is one line") as raised:
        query.values({"user": "u", "sql": "s", "password": "hunter2\n"})
    assert "hunter2" not in raised.value.message
    (log,) = read(
        tmp_path, '[[command]]\nname = "log"\ncommand = "logger {{text}}"\nparameters.text.pattern = "[a-z ]+"'
    ).commands
    assert log.values({"text": "it hung"}) == {"text": "it hung"}
    for wrong in ("it hung!", "", "x\n", "It"):
        with pytest.raises(UsageError, match=r"log: text: `.*\n?` does not match \[a-z \]\+"):
            log.values({"text": wrong})
