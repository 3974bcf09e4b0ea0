"""Programs that print inventories: whatever they print, however long they take, the rest of the list lives."""

from __future__ import annotations

import json
import os
import sys
import textwrap
import threading
import time
from pathlib import Path

import pytest

from mooring.inventory import SourceResult
from mooring.inventory.ansible import command
from mooring.inventory.ansible.command import CommandSource
from mooring.inventory.answer_cache import AnswerCache
from mooring.inventory.programs import ProgramError, Programs
from mooring.model.machine import Machine
from support.ansible_oracle import ANSIBLE_INVENTORY, ask_ansible, environment
from support.waiting import process_runs, wait_until

PATIENCE = 25.0


def write_program(folder: Path, body: str, name: str = "inventory") -> Path:
    """A Python program; `arguments` and `folder` are at hand in its body."""
    path = folder / name
    head = f"#!{sys.executable} -IS\nimport json, os, sys, time\narguments, folder = sys.argv[1:], {str(folder)!r}\n"
    path.write_text(head + textwrap.dedent(body))
    path.chmod(0o755)
    return path


def source(program: Path, *words: str, timeout: float = PATIENCE, cache: AnswerCache | None = None) -> CommandSource:
    return CommandSource("cloud", [str(program), *words], timeout=timeout, folder=program.parent, cache=cache)


def read(folder: Path, body: str, timeout: float = PATIENCE) -> SourceResult:
    return source(write_program(folder, body), timeout=timeout).read()


def complaint(result: SourceResult, folder: Path) -> str:
    assert result.machines == ()
    (problem,) = result.problems
    return problem.message.removeprefix(f"cloud: {folder}/inventory ")


def rows(result: SourceResult) -> list[tuple[str, str, str, int | None, tuple[str, ...]]]:
    return [(each.name, each.address, each.user, each.port, each.groups) for each in result.machines]


LISTING = {
    "_meta": {
        "hostvars": {
            "web-1": {"ansible_host": "10.0.0.1", "ansible_port": 2222, "ansible_user": "ops", "more": [1] * 50},
            "web-2": {"ansible_ssh_common_args": "-J bastion"},
            "stranger": {"ansible_host": "10.0.0.9"},
        }
    },
    "all": {"children": ["eu", "web"], "vars": {"ansible_user": "everyone"}},
    "eu": {"children": ["web"]},
    "web": {"hosts": ["web-1", "web-2"], "vars": {"ansible_port": 22}},
    "plain": ["web-2"],
    "alone": {"ansible_host": "10.0.0.3"},
}


def test_what_is_printed_is_listed_as_ansible_lists_it(tmp_path: Path) -> None:
    program = write_program(tmp_path, f"assert arguments == ['--list']\nprint({json.dumps(LISTING)!r})\n")
    result = source(program).read()
    assert result.problems == ()
    assert rows(result) == [
        ("web-1", "10.0.0.1", "ops", 2222, ("web", "eu")),
        ("web-2", "", "everyone", 22, ("web", "plain", "eu")),
        ("alone", "10.0.0.3", "everyone", None, ("alone",)),
    ]
    assert result.machines[1].jump == "bastion"
    assert (result.machines[0].sources, result.machines[0].origin.path) == (("cloud",), str(program))
    view = ask_ansible(program, tmp_path)
    assert {name: view.groups_of(name) for name in view.variables} == {
        machine.name: frozenset(machine.groups) for machine in result.machines
    }


def test_the_real_ansible_inventory_is_such_a_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in environment(tmp_path).items():
        monkeypatch.setenv(name, value)
    (tmp_path / "hosts").write_text("[web]\nweb-[1:2] ansible_host=10.0.0.1\n")
    found = source(ANSIBLE_INVENTORY, "-i", str(tmp_path / "hosts")).read()
    assert found.problems == ()
    assert rows(found) == [("web-1", "10.0.0.1", "", None, ("web",)), ("web-2", "10.0.0.1", "", None, ("web",))]
    assert set(found.looks) == {str(ANSIBLE_INVENTORY), str(tmp_path / "hosts")}


class TestHostsAskedOneByOne:
    BODY = """
        if arguments == ["--list"]:
            print(json.dumps({"web": {"hosts": ["web-1", "web-2", "-x", "web-3"]}}))
        elif arguments == ["--host", "web-2"]:
            sys.exit("no such host")
        else:
            assert arguments[0] == "--host" and arguments[1] in ("web-1", "web-3")
            print(json.dumps({"ansible_user": arguments[1]}))
    """

    def test_each_is_asked_and_one_that_fails_is_told(self, tmp_path: Path) -> None:
        result = read(tmp_path, self.BODY)
        users = {machine.name: machine.user for machine in result.machines}
        assert users == {"web-1": "web-1", "web-2": "", "-x": "", "web-3": "web-3"}
        assert [problem.message for problem in result.problems] == [
            f"cloud: {tmp_path}/inventory --host web-2 ended with status 1: no such host"
        ]

    def test_no_more_than_a_few_hundred(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(command, "MOST_HOSTS_ASKED", 1)
        result = read(tmp_path, self.BODY)
        assert [machine.user for machine in result.machines] == ["web-1", "", "", ""]
        (problem,) = result.problems
        assert "tells the variables of 3 hosts only one by one; the first 1 were asked for" in problem.message

    def test_none_where_the_list_has_them(self, tmp_path: Path) -> None:
        listing = {"_meta": {"hostvars": {}}, "web": ["web-1"]}
        result = read(tmp_path, f"assert arguments == ['--list']\nprint({json.dumps(listing)!r})\n")
        assert (rows(result), result.problems) == ([("web-1", "", "", None, ("web",))], ())


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("", "printed no inventory in JSON: Input data was truncated; it begins with ''"),
        ("print('<html>')", "printed no inventory in JSON: JSON is malformed"),
        ("print('[1]')", "printed no inventory in JSON: Expected `object`, got `array`"),
        ("print('{\"_meta\": 3}')", "printed no inventory in JSON: Expected `object`, got `int`"),
        ("print('{\"a\": {')", "printed no inventory in JSON: Input data was truncated"),
        ("sys.stdout.buffer.write(b'{\"\\xff\": 1}')", "printed no inventory in JSON: "),
        ("print('{\"a\":' + '[' * 100000)", "printed JSON that is nested too deeply"),
        ("sys.exit('first\\nno credentials')", "ended with status 1: no credentials"),
        ("os.kill(os.getpid(), 9)", "ended with signal 9"),
        ("print('x', file=sys.stderr, end='\\x1b[31m'); sys.exit(3)", "ended with status 3: x\x1b[31m"),
    ],
)
def test_what_is_no_inventory_is_told_and_nothing_else(tmp_path: Path, body: str, said: str) -> None:
    assert complaint(read(tmp_path, body), tmp_path).startswith(said)


@pytest.mark.parametrize(
    ("groups", "names"),
    [
        ({"web": {"hosts": "web-1"}, "x": 3, "y": None, "z": {"hosts": [None, [], True, 7]}}, ["7"]),
        ({"web": {"hosts": ["web-1"], "children": {"a": 1}, "vars": [1]}}, ["web-1"]),
        ({"_meta": {"hostvars": {"web-1": [1], "web-2": "x"}}, "web": ["web-1", "web-2"]}, ["web-1", "web-2"]),
        ({"_meta": {"hostvars": None}, "web": {"hosts": []}}, []),
        ({"web": {"children": ["web"]}, "web2": {"hosts": ["a"], "children": ["web"]}}, ["a"]),
    ],
)
def test_parts_of_another_shape_hide_no_host(tmp_path: Path, groups: dict[str, object], names: list[str]) -> None:
    result = read(tmp_path, f"print({json.dumps(groups)!r} if arguments == ['--list'] else '{{}}')\n")
    assert [machine.name for machine in result.machines] == names


def test_names_with_control_characters_and_markup_are_text(tmp_path: Path) -> None:
    hostile = ["a\x1b[31mred", "line\nbreak", "-oProxyCommand=x", "$(reboot)", "a b"]
    listing = {"_meta": {"hostvars": {}}, "[bold]": [*hostile, "[red]web"]}
    result = read(tmp_path, f"print({json.dumps(listing)!r})\n")
    assert [machine.name for machine in result.machines] == [*hostile, "[red]web"]
    assert [(machine.problem or "").startswith("its name ") for machine in result.machines] == [True] * 5 + [False]
    assert {machine.groups for machine in result.machines} == {("[bold]",)}


def test_a_program_that_hangs_is_given_up(tmp_path: Path) -> None:
    result = read(tmp_path, "time.sleep(1000)", timeout=0.5)
    assert complaint(result, tmp_path) == "gave no answer within 0.5 s, and was ended"


def test_a_program_is_ended_with_its_children(tmp_path: Path) -> None:
    body = """
        child = os.fork()
        if child == 0:
            time.sleep(1000)
        open(folder + "/pids", "w").write(f"{os.getpid()} {child}")
        os.rename(folder + "/pids", folder + "/running")
        time.sleep(1000)
    """
    program = source(write_program(tmp_path, body), timeout=1000)
    results: list[SourceResult] = []
    thread = threading.Thread(target=lambda: results.append(program.read()))
    thread.start()
    wait_until((tmp_path / "running").exists, what="the program runs")
    pids = [int(pid) for pid in (tmp_path / "running").read_text().split()]
    assert all(map(process_runs, pids))
    program.cancel()
    thread.join(PATIENCE)
    assert complaint(results[0], tmp_path) == "was ended before it had answered"
    wait_until(lambda: not any(map(process_runs, pids)), what="program and child are gone")
    assert complaint(program.read(), tmp_path) == "was not run: somebody gave up before"


def test_two_hundred_megabytes_are_cut_off(tmp_path: Path) -> None:
    result = read(tmp_path, "for _ in range(3200): os.write(1, b' ' * 65536)")
    assert complaint(result, tmp_path) == "printed more than 128 MB, and was ended"


def test_a_child_that_holds_the_output_open_is_not_waited_for(tmp_path: Path) -> None:
    body = """
        if os.fork() == 0:
            open(folder + "/pid", "w").write(str(os.getpid()))
            time.sleep(1000)
        while not os.path.exists(folder + "/pid"):
            time.sleep(0.01)
        print(json.dumps({"_meta": {"hostvars": {}}, "web": ["web-1"]}), flush=True)
        os._exit(0)
    """
    result = read(tmp_path, body, timeout=1000)
    os.kill(int((tmp_path / "pid").read_text()), 9)
    assert [machine.name for machine in result.machines] == ["web-1"]


def test_what_can_not_be_run_says_so(tmp_path: Path) -> None:
    assert complaint(source(tmp_path / "inventory").read(), tmp_path) == "can't be run: No such file or directory"
    (tmp_path / "inventory").write_text("x")
    assert complaint(source(tmp_path / "inventory").read(), tmp_path) == "can't be run: Permission denied"
    with pytest.raises(ProgramError, match="embedded null"):
        Programs(tmp_path).run(["a\0b"], time.monotonic() + PATIENCE)


def test_the_program_has_no_terminal_and_no_input(tmp_path: Path) -> None:
    body = """
        assert sys.stdin.read() == ""
        try:
            open("/dev/tty")
        except OSError:
            print('{"_meta": {"hostvars": {}}, "web": ["web-1"]}')
    """
    assert len(read(tmp_path, body).machines) == 1


class TestAnswersThatAreKept:
    BODY = """
        open(folder + "/runs", "a").write("x")
        hosts = open(folder + "/hosts").read().split()
        secret = {"ansible_password": "hunter2", "ansible_user": "ops", "ansible_ssh_common_args": "-J b"}
        print(json.dumps({"_meta": {"hostvars": {host: secret for host in hosts}}, "web": hosts}))
    """

    def read(self, folder: Path, keep: float = 1000) -> tuple[Machine, ...]:
        """As a program that starts anew."""
        program = folder / "inventory"
        if not program.exists():
            write_program(folder, self.BODY)
            (folder / "hosts").write_text("web-1")
        return source(program, "hosts", cache=AnswerCache(folder / "answers" / "one", keep)).read().machines

    def runs(self, folder: Path) -> int:
        return len((folder / "runs").read_text())

    def test_the_next_program_does_not_ask_again(self, tmp_path: Path) -> None:
        first = self.read(tmp_path)
        assert self.read(tmp_path) == first
        assert [machine.jump for machine in first] == ["b"]
        assert self.runs(tmp_path) == 1

    def test_no_secret_reaches_the_disk_and_nobody_else_can_read_it(self, tmp_path: Path) -> None:
        self.read(tmp_path)
        kept = tmp_path / "answers" / "one"
        assert b"hunter2" not in kept.read_bytes()
        assert kept.stat().st_mode & 0o077 == 0

    def test_reading_again_in_one_program_always_asks(self, tmp_path: Path) -> None:
        self.read(tmp_path)
        open_program = source(tmp_path / "inventory", "hosts", cache=AnswerCache(tmp_path / "answers" / "one", 1000))
        open_program.read()
        (tmp_path / "hosts").write_text("web-1 web-2")
        assert len(open_program.read().machines) == 2
        assert len(self.read(tmp_path)) == 2

    def test_an_old_answer_or_a_newer_file_asks(self, tmp_path: Path) -> None:
        self.read(tmp_path)
        os.utime(tmp_path / "answers" / "one", (time.time() - 5000, time.time() - 5000))
        self.read(tmp_path)
        assert self.runs(tmp_path) == 2
        later = time.time() + 5
        os.utime(tmp_path / "hosts", (later, later))
        self.read(tmp_path)
        assert self.runs(tmp_path) == 3

    def test_a_broken_answer_asks(self, tmp_path: Path) -> None:
        first = self.read(tmp_path)
        (tmp_path / "answers" / "one").write_bytes(b"\x91\x80")
        assert self.read(tmp_path) == first
        assert self.runs(tmp_path) == 2

    def test_nothing_is_kept_where_that_is_not_wanted(self, tmp_path: Path) -> None:
        self.read(tmp_path, keep=0)
        self.read(tmp_path, keep=0)
        assert self.runs(tmp_path) == 2
        assert not (tmp_path / "answers").exists()
