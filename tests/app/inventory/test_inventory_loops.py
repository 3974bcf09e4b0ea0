"""Circles: of jump hosts and of Includes. Each is said where it is, once, and the rest is listed."""

from __future__ import annotations

from pathlib import Path

import pytest

from mooring.inventory import Inventory, load_from, quick_look
from mooring.inventory.jump_loops import mark_jump_loops
from mooring.inventory.own import OwnMachinesSource
from mooring.inventory.ssh_config import SshConfigSource
from mooring.model.errors import ConfigError
from mooring.model.machine import Machine, Target
from mooring.model.origin import Origin
from mooring.sshconfig import resolve_way


def write(path: Path, text: str) -> Path:
    path.write_text(text)
    path.chmod(0o600)
    return path


def read(folder: Path, config: str, own: str = "") -> Inventory:
    return load_from(
        [
            OwnMachinesSource(write(folder / "machines.toml", own), str(folder / "config")),
            SshConfigSource(str(write(folder / "config", config))),
        ]
    )


def problems(inventory: Inventory) -> dict[str, str]:
    return {machine.name: machine.problem for machine in inventory.machines if machine.problem is not None}


def test_a_circle_of_jumps_is_said_at_each_machine_that_ends_in_it(tmp_path: Path) -> None:
    inventory = read(
        tmp_path,
        "Host a\n  ProxyJump ops@b:2222\nHost b\n  ProxyJump c,elsewhere\nHost d\n  ProxyJump out\n"
        "Host out\n  ProxyJump none\nHost *\n  ProxyJump out\n",
        '[[machine]]\nname = "c"\njump = "a"\n[[machine]]\nname = "behind"\njump = "a"\n',
    )
    assert problems(inventory) == {
        "a": "its jump hosts lead in a circle: a → b → c → a",
        "b": "its jump hosts lead in a circle: b → c → a → b",
        "c": "its jump hosts lead in a circle: c → a → b → c",
        "behind": "its jump hosts lead in a circle: behind → a → b → c → a",
    }


def test_what_is_a_circle_to_the_list_is_one_to_whoever_connects(tmp_path: Path) -> None:
    inventory = read(
        tmp_path,
        "Host a\n  ProxyJump b\nHost b\n  ProxyJump a\nHost c\n  ProxyJump d\nHost d\n  ProxyCommand nc %h %p\n"
        "Host e\n  ProxyJump e:2222\nHost *\n  ProxyJump d\n",
    )
    assert set(problems(inventory)) == {"a", "b", "e"}
    for machine in inventory.machines:
        if machine.problem is None:
            assert resolve_way(machine.target)
        else:
            with pytest.raises(ConfigError, match="jumphost loop"):
                resolve_way(machine.target)


def test_a_long_way_is_no_circle_and_a_long_circle_is_not_shown_whole() -> None:
    def machine(number: int, jump: str) -> Machine:
        name = f"m{number}"
        return Machine(name=name, sources=(), origin=Origin("test"), target=Target(name), jump=jump)

    way = [machine(number, f"m{number + 1}") for number in range(20_000)]
    assert not any(each.problem for each in mark_jump_loops([*way, machine(20_000, "")]))
    marked = mark_jump_loops([*way, machine(20_000, "m0")])
    assert all(each.problem for each in marked)
    assert marked[7].problem == "its jump hosts lead in a circle: m7 → m8 → m9 → m10 → m11 → m12 → …"


def test_files_that_include_each_other_are_said_once_and_cost_no_time(tmp_path: Path) -> None:
    for name, other in (("one", "two"), ("two", "one")):
        write(tmp_path / name, f"Include {tmp_path}/{other}\n" * 3 + f"Host {name}\n  User {name}\n")
    inventory = read(tmp_path, f"Include {tmp_path}/one\nHost last\n")
    assert [machine.name for machine in inventory.machines] == ["last", "one", "two"]
    told = [str(problem) for problem in inventory.problems]
    assert told == ["Too many recursive configuration includes"] * 3
    assert {str(problem.origin) for problem in inventory.problems if isinstance(problem, ConfigError)} == {
        f"{tmp_path}/two:1",
        f"{tmp_path}/two:2",
        f"{tmp_path}/two:3",
    }


def test_one_include_that_leads_back_is_one_problem(tmp_path: Path) -> None:
    write(tmp_path / "one", f"Include {tmp_path}/two\nHost one\n")
    write(tmp_path / "two", f"Include {tmp_path}/one\nHost two\n")
    (problem,) = read(tmp_path, f"Include {tmp_path}/one\nHost last\n").problems
    assert isinstance(problem, ConfigError)
    assert (problem.message, str(problem.origin)) == (
        "Too many recursive configuration includes",
        f"{tmp_path}/two:1",
    )
    (problem,) = read(tmp_path, f"Include {tmp_path}/config\nHost last\n").problems
    assert isinstance(problem, ConfigError)
    assert str(problem.origin) == f"{tmp_path}/config:1"


def test_files_that_double_at_each_step_leave_the_values_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quick_look, "_MOST_FILES", 500)
    for depth in range(15):
        write(tmp_path / f"f{depth}", f"Include {tmp_path}/f{depth + 1}\n" * 8)
    write(tmp_path / "f15", "Host last\n  User ops\n")
    inventory = read(tmp_path, f"Include {tmp_path}/f0\n")
    assert [(machine.name, machine.user) for machine in inventory.machines] == [("last", "")]
