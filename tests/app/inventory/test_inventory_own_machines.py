"""machines.toml: every wrong field is named with its line, and no entry hides another."""

from __future__ import annotations

from pathlib import Path

import pytest

from mooring.inventory.own.source import OwnMachinesSource
from mooring.inventory.source import SourceResult
from mooring.model.errors import ConfigError
from mooring.model.machine import Machine
from mooring.model.recording import RecordingFormat


def read(folder: Path, text: str) -> SourceResult:
    path = folder / "machines.toml"
    path.write_text(text, encoding="utf-8")
    path.chmod(0o600)
    return OwnMachinesSource(path, config_file="some-config").read()


def only(result: SourceResult) -> Machine:
    assert result.problems == ()
    (machine,) = result.machines
    return machine


def test_all_fields_arrive(tmp_path: Path) -> None:
    machine = only(
        read(
            tmp_path,
            """
[[machine]]
name = "web-1"
host = "10.0.0.1"
user = "ops"
port = 2222
key = "~/.ssh/id work"
jump = "bastion,other:2022"
driver = "libvirt"
tags = ["web", "nginx"]
group = "production"
groups = ["all", "production"]
notes = "two\\nlines"
guard = true
colour = "red"
forwards = ["-L 8080:localhost:80", "-R1234:[::1]:22", "-D 127.0.0.1:1080"]
on_connect = ["cd /srv", "tmux attach"]
record = "text"
password_command = "pass show 'web 1'"
[machine.options]
ServerAliveInterval = 30
Compression = true
SendEnv = ["A B", "C"]
""",
        )
    )
    assert (machine.name, machine.address, machine.user, machine.port) == ("web-1", "10.0.0.1", "ops", 2222)
    assert (machine.driver, machine.tags, machine.groups) == ("libvirt", ("web", "nginx"), ("production", "all"))
    assert (machine.notes, machine.guard, machine.problem) == ("two\nlines", True, None)
    assert machine.sources == ("mooring",)
    assert (machine.target.host, machine.target.config_file) == ("web-1", "some-config")
    assert [(str(option), option.origin.line) for option in machine.target.options] == [
        ("HostName=10.0.0.1", 4),
        ("Port=2222", 6),
        ("User=ops", 5),
        ('IdentityFile="~/.ssh/id work"', 7),
        ("ProxyJump=bastion,other:2022", 8),
        ("LocalForward=8080 [localhost]:80", 16),
        ("RemoteForward=1234 [::1]:22", 16),
        ("DynamicForward=[127.0.0.1]:1080", 16),
        ("ServerAliveInterval=30", 20),
        ("Compression=yes", 20),
        ("SendEnv=A B", 20),
        ("SendEnv=C", 20),
    ]
    assert (machine.colour, machine.on_connect, machine.jump) == (
        "red",
        ("cd /srv", "tmux attach"),
        "bastion,other:2022",
    )
    assert machine.record is RecordingFormat.TEXT
    assert machine.target.password_command == ("pass", "show", "web 1")


def test_a_name_is_enough(tmp_path: Path) -> None:
    machine = only(read(tmp_path, '[[machine]]\nname = "web-1"\n'))
    assert (machine.address, machine.user, machine.port, machine.target.options) == ("", "", None, ())


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('port = "22"', "field `port` can't be used: expected `int | null`, got `str`"),
        ("port = 0", "field `port` can't be used: expected `int` >= 1"),
        ("port = 99999999999999999999999999", "field `port` can't be used"),
        ('tags = "web"', "field `tags` can't be used: expected `array`, got `str`"),
        ('tags = ["web", 1]', "field `tags` can't be used: expected `str`, got `int` - at `$[1]`"),
        ('guard = "no"', "field `guard` can't be used: expected `bool`, got `str`"),
        ("options = {Port = 1.5}", "field `options` can't be used"),
        ('options = {"Port 1\\nProxyCommand" = "x"}', "field `options` can't be passed to ssh"),
        ('host = "a\\nProxyCommand x"', "field `host` can't be passed to ssh"),
        ('jump = "a\\u0000"', "field `jump` can't be passed to ssh"),
        ('user = "-l"', "field `user` begins with a dash"),
        ('forwards = ["8080:localhost:80"]', "field `forwards` can't be used: '8080:localhost:80' is not one of -L"),
        ('forwards = ["-L 80"]', "field `forwards` can't be used: Bad local forwarding specification '80'"),
        ('forwards = ["-o ProxyCommand=x"]', "field `forwards` can't be used: '-o ProxyCommand=x' is not one of"),
        ('forwards = ["-L \'"]', "field `forwards` can't be used: No closing quotation"),
        ("notes = 1979-05-27", "field `notes` can't be used"),
    ],
)
def test_a_wrong_field_is_told_at_the_machine_with_its_line(tmp_path: Path, line: str, said: str) -> None:
    result = read(tmp_path, f'[[machine]]\nname = "bad"\n{line}\n[[machine]]\nname = "good"\n')
    bad, good = result.machines
    assert (bad.name, good.name, good.problem) == ("bad", "good", None)
    assert (bad.problem or "").startswith(f"{tmp_path}/machines.toml:3: {said}")
    assert result.problems == ()


def test_all_wrong_fields_are_told_at_once(tmp_path: Path) -> None:
    (machine,) = read(tmp_path, '[[machine]]\nname = "bad"\nport = "x"\nguard = 1\nuser = "ops"\n').machines
    assert machine.problem is not None
    assert "field `port`" in machine.problem
    assert "field `guard`" in machine.problem
    assert machine.user == "ops"


def test_an_unknown_field_is_told_and_the_machine_still_used(tmp_path: Path) -> None:
    result = read(tmp_path, '[[machine]]\nname = "web"\nhots = "10.0.0.1"\n')
    assert [machine.problem for machine in result.machines] == [None]
    (problem,) = result.problems
    assert str(problem) == "machine `web`: field `hots` is unknown, and not used"
    assert problem.hint == "did you mean `host`?"


@pytest.mark.parametrize("entry", ["", 'name = ""', "name = 5", 'host = "x"'])
def test_an_entry_without_a_name_is_told_by_its_number(tmp_path: Path, entry: str) -> None:
    result = read(tmp_path, f'[[machine]]\nname = "first"\n[[machine]]\n{entry}\n')
    assert [machine.name for machine in result.machines] == ["first"]
    (problem,) = result.problems
    assert "machine number 2: field `name`" in str(problem)


@pytest.mark.parametrize("name", ["-oProxyCommand=touch /tmp/x", "a b", "a\\u001b[31m", "$(reboot)", "u@h"])
def test_a_hostile_name_is_shown_and_never_used(tmp_path: Path, name: str) -> None:
    (machine,) = read(tmp_path, f'[[machine]]\nname = "{name}"\n').machines
    assert "field `name`" in (machine.problem or "")


def test_markup_is_text(tmp_path: Path) -> None:
    machine = only(read(tmp_path, '[[machine]]\nname = "[red]web"\nnotes = "[bold]x"\n'))
    assert (machine.name, machine.notes) == ("[red]web", "[bold]x")


def test_the_first_of_two_entries_with_one_name_is_used(tmp_path: Path) -> None:
    result = read(tmp_path, '[[machine]]\nname = "web"\nport = 1\n[[machine]]\nname = "web"\nport = 2\n')
    (machine,) = result.machines
    path = f"{tmp_path}/machines.toml"
    assert (machine.port, result.problems) == (1, ())
    assert machine.warnings == (f"{path}:4: it is there once more; the entry at {path}:1 is used",)


def test_a_slip_in_the_syntax_costs_one_entry(tmp_path: Path) -> None:
    result = read(
        tmp_path,
        '[[machine]]\nname = "one"\n\n[[machine]]\nname = "two\n\n[[machine]]\nname = "three"\nport = "x"\n',
    )
    assert [machine.name for machine in result.machines] == ["one", "three"]
    assert ":9: field `port`" in (result.machines[1].problem or "")
    (problem,) = result.problems
    assert str(problem).startswith("not valid TOML")
    assert isinstance(problem, ConfigError)
    assert (result.machines[1].origin.line, problem.origin.line) == (7, 5)


@pytest.mark.parametrize("text", ["machine = 3\n", "machine = [1]\n", "[machine]\nname = 'x'\n", "name = 'x'\n", "}"])
def test_a_file_of_another_shape_is_told(tmp_path: Path, text: str) -> None:
    result = read(tmp_path, text)
    assert result.machines == ()
    assert len(result.problems) == 1


def test_a_file_that_others_may_write_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "machines.toml"
    path.write_text('[[machine]]\nname = "web"\n')
    path.chmod(0o666)
    result = OwnMachinesSource(path).read()
    assert result.machines == ()
    (problem,) = result.problems
    assert "bad owner or permissions" in str(problem)


def test_no_file_means_no_machines(tmp_path: Path) -> None:
    path = tmp_path / "none.toml"
    assert OwnMachinesSource(path).read() == SourceResult(looks={str(path): None})
