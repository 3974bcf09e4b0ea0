"""Hosts from ssh_config, with the address that ssh itself would use, or none where that takes a connection to tell."""

from __future__ import annotations

import getpass
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mooring.inventory import load_from
from mooring.inventory.ssh_config import SshConfigSource
from mooring.model.machine import Machine
from support.programs import require_program


def machines(config: Path, text: str) -> dict[str, Machine]:
    config.write_text(text)
    config.chmod(0o600)
    inventory = load_from([SshConfigSource(str(config))])
    assert inventory.problems == ()
    return {machine.name: machine for machine in inventory.machines}


def seen(machine: Machine) -> tuple[str, str, int | None]:
    return machine.address, machine.user, machine.port


def test_hosts_are_listed_with_their_place(tmp_path: Path) -> None:
    found = machines(tmp_path / "config", "Host web-1 web-2 *.example.com !db\n  User ops\nHost db\n")
    assert list(found) == ["db", "web-1", "web-2"]
    assert found["db"].origin.line == 3
    assert found["web-1"].target.host == "web-1"
    assert found["web-1"].target.config_file == str(tmp_path / "config")
    assert found["web-1"].sources == ("ssh_config",)


def test_a_file_that_is_not_there_is_told_when_it_was_asked_for(tmp_path: Path) -> None:
    result = SshConfigSource(str(tmp_path / "none")).read()
    assert result.machines == ()
    assert len(result.problems) == 1


def test_no_file_at_all_may_be_wanted() -> None:
    assert SshConfigSource("none").read().machines == ()


def test_a_bad_line_is_told_with_its_place_and_the_rest_is_listed(tmp_path: Path) -> None:
    config = tmp_path / "config"
    config.write_text('Host one\nHost "two\nHost three\n')
    result = SshConfigSource(str(config)).read()
    assert [machine.name for machine in result.machines] == ["one", "three"]
    (problem,) = result.problems
    assert f"{config} line 2" in str(problem)


@pytest.mark.parametrize("name", ["-oProxyCommand=x", "a;b", "a\x1b[31m"])
def test_a_hostile_name_is_shown_and_never_used(tmp_path: Path, name: str) -> None:
    machine = machines(tmp_path / "config", f'Host "{name}" good\n')[name]
    assert (machine.problem or "").startswith("its name ")


class TestQuickLook:
    def test_the_first_value_wins_over_blocks_patterns_and_includes(self, tmp_path: Path) -> None:
        (tmp_path / "more").write_text("Port 2200\nHost web-1\n  HostName 10.0.0.9\n  User inner\n")
        (tmp_path / "more").chmod(0o600)
        found = machines(
            tmp_path / "config",
            "Host web-1\n  User ops\n"
            f"Host web-*\n  Include {tmp_path}/more\n  User other\n"
            "Host *\n  HostName %h.example.com\n  User everybody\n  Port 22\n"
            "Host web-1 web-2 db\n",
        )
        assert seen(found["web-1"]) == ("10.0.0.9", "ops", 2200)
        assert seen(found["web-2"]) == ("web-2.example.com", "other", 2200)
        assert seen(found["db"]) == ("db.example.com", "everybody", 22)

    def test_what_only_connecting_can_tell_stays_empty(self, tmp_path: Path) -> None:
        mark = tmp_path / "ran"
        found = machines(
            tmp_path / "config",
            f'Host web\n  Port 22\nMatch exec "touch {mark}"\n  User a\n  Port 23\nHost *\n  User b\n  HostName c\n',
        )
        assert seen(found["web"]) == ("c", "", 22)
        assert not mark.exists()

    def test_match_all_and_originalhost_are_judged(self, tmp_path: Path) -> None:
        found = machines(
            tmp_path / "config",
            "Host web db\nMatch originalhost we*,!db\n  User a\nMatch all\n  User b\n  Port 5\n",
        )
        assert seen(found["web"]) == ("", "a", 5)
        assert seen(found["db"]) == ("", "b", 5)

    def test_an_include_that_depends_on_the_connection_leaves_all_open(self, tmp_path: Path) -> None:
        found = machines(tmp_path / "config", "Host web\n  User a\n  Include /x/%h\nMatch all\n  Port 5\n")
        assert seen(found["web"]) == ("", "a", None)

    def test_tokens_in_a_user_are_not_shown_as_one(self, tmp_path: Path) -> None:
        found = machines(tmp_path / "config", "Host web\n  User ${WHO}\n")
        assert found["web"].user == ""

    def test_ten_thousand_hosts_below_a_few_patterns_are_looked_at(self, tmp_path: Path) -> None:
        lines = [f"Host m{number}\n  HostName 10.0.{number >> 8}.{number & 255}\n" for number in range(10_000)]
        found = machines(tmp_path / "config", "".join(lines) + "Host m*\n  User ops\n")
        assert len(found) == 10_000
        assert seen(found["m9999"]) == ("10.0.39.15", "ops", None)

    def test_too_many_patterns_leave_the_values_open_instead_of_taking_minutes(self, tmp_path: Path) -> None:
        text = "".join(f"Host m{number} m{number}.*\n  User u{number}\n" for number in range(3000))
        assert machines(tmp_path / "config", text)["m7"].user == ""


NAMES = st.sampled_from(["web-1", "web-2", "db", "a.example.com"])
PATTERNS = st.sampled_from(["*", "web-*", "web-?", "!web-1", "!db", "*.example.com", "d?", "web-1", "db", "!*"])
VALUES = st.sampled_from(
    ["HostName 10.0.0.1", "HostName %h.net", "HostName=x%%y", "User ops", "User  bob", "Port 22", "Port 2222"]
)
BLOCKS = st.lists(
    st.tuples(
        st.one_of(
            st.lists(st.one_of(NAMES, PATTERNS), min_size=1, max_size=3).map(lambda words: f"Host {' '.join(words)}"),
            st.sampled_from(["Match all", "Match originalhost web-*", "Match originalhost db,!web-1"]),
        ),
        st.lists(VALUES, max_size=3),
    ),
    max_size=6,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(blocks=BLOCKS)
def test_ssh_would_use_what_is_shown(tmp_path: Path, blocks: list[tuple[str, list[str]]]) -> None:
    """The real ssh -G is asked about every listed host."""
    ssh = require_program("ssh")
    config = tmp_path / "config"
    text = "".join(f"{head}\n" + "".join(f"    {line}\n" for line in lines) for head, lines in blocks)
    for name, machine in machines(config, text).items():
        command = [ssh, "-G", "-F", str(config), "--", name]
        output = subprocess.run(command, capture_output=True, text=True, timeout=20, check=True).stdout
        answer = dict(line.split(" ", 1) for line in output.splitlines() if " " in line)
        assert (machine.address or name) == answer["hostname"]
        assert (machine.user or getpass.getuser()) == answer["user"]
        assert (machine.port or 22) == int(answer["port"])
