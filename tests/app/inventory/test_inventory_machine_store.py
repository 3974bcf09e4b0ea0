"""The docker-machine store, read as docker-machine reads it."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mooring.inventory.machine_store import MachineStoreSource
from mooring.inventory.options import literal
from mooring.model.machine import Machine
from mooring.model.origin import Origin
from support.programs import require_program

DRIVER: dict[str, object] = {"IPAddress": "192.0.2.7", "SSHUser": "docker", "SSHPort": 2222, "SSHKeyPath": "/keys/one"}


def write_machine(store: Path, name: str, driver: dict[str, object], **host: object) -> Path:
    folder = store / "machines" / name
    folder.mkdir(parents=True)
    config = {"ConfigVersion": 3, "Driver": driver, "DriverName": "amazonec2", "Name": name, **host}
    (folder / "config.json").write_text(json.dumps(config))
    return folder


def read(store: Path) -> dict[str, Machine]:
    result = MachineStoreSource(store).read()
    assert result.problems == ()
    return {machine.name: machine for machine in result.machines}


def options(machine: Machine) -> dict[str, str]:
    return {option.keyword: option.value for option in machine.target.options}


def test_all_that_the_entry_says_is_used(tmp_path: Path) -> None:
    folder = write_machine(tmp_path, "dev", DRIVER)
    machine = read(tmp_path)["dev"]
    assert (machine.address, machine.user, machine.port) == ("192.0.2.7", "docker", 2222)
    assert (machine.driver, machine.sources, machine.problem) == ("amazonec2", ("docker-machine",), None)
    assert machine.origin == Origin(str(folder / "config.json"))
    assert machine.target.host == "dev"
    assert {keyword: value for keyword, value in options(machine).items() if keyword != "HostKeyAlias"} == {
        "HostName": "192.0.2.7",
        "Port": "2222",
        "User": "docker",
        "IdentityFile": "/keys/one",
        "IdentitiesOnly": "yes",
    }


def test_engine_labels_are_tags(tmp_path: Path) -> None:
    write_machine(tmp_path, "dev", DRIVER, HostOptions={"EngineOptions": {"Labels": ["zone=eu", "web"]}})
    write_machine(tmp_path, "bare", DRIVER, HostOptions={"EngineOptions": {"Labels": None}})
    assert {name: machine.tags for name, machine in read(tmp_path).items()} == {"dev": ("zone=eu", "web"), "bare": ()}


def test_what_the_entry_leaves_open_has_docker_machines_defaults(tmp_path: Path) -> None:
    write_machine(tmp_path, "bare", {"IPAddress": "192.0.2.7", "StorePath": "/elsewhere"})
    machine = read(tmp_path)["bare"]
    assert (machine.user, machine.port) == ("root", 22)
    assert options(machine)["IdentityFile"] == "/elsewhere/machines/bare/id_rsa"
    write_machine(tmp_path, "barer", {"IPAddress": "192.0.2.7"})
    assert options(read(tmp_path)["barer"])["IdentityFile"] == f"{tmp_path}/machines/barer/id_rsa"


def test_a_generic_machine_without_a_key_uses_the_agent_and_the_default_keys(tmp_path: Path) -> None:
    write_machine(tmp_path, "plain", {**DRIVER, "SSHKeyPath": ""}, DriverName="generic")
    write_machine(tmp_path, "keyed", DRIVER, DriverName="generic")
    machines = read(tmp_path)
    assert not {"IdentityFile", "IdentitiesOnly"} & set(options(machines["plain"]))
    assert options(machines["keyed"])["IdentityFile"] == "/keys/one"


def test_virtualbox_is_reached_at_its_forwarded_port(tmp_path: Path) -> None:
    write_machine(tmp_path, "default", {**DRIVER, "SSHPort": 55123}, DriverName="virtualbox")
    machine = read(tmp_path)["default"]
    assert (machine.address, machine.port) == ("127.0.0.1", 55123)
    assert options(machine)["HostName"] == "127.0.0.1"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "config.json can't be used"),
        (b"{", "config.json can't be used"),
        (b'{"ConfigVersion": 3}', "config.json can't be used"),
        (b'{"ConfigVersion": "3"}', "config.json can't be used"),
        (b"\xff\xfe{}", "config.json is not UTF-8 text"),
        pytest.param(b'{"Driver":' + b"[" * 100_000, "config.json is nested too deeply", id="deep"),
        pytest.param(b" " * (4 * 1024 * 1024 + 1), "config.json is larger than", id="big"),
        (b'{"ConfigVersion": 4, "Driver": [], "DriverName": 1}', "ConfigVersion 4"),
        (b'{"Driver": {"IPAddress": ""}, "DriverName": "kvm"}', "no address"),
        (b'{"Driver": {"IPAddress": "-oProxyCommand=x"}, "DriverName": "kvm"}', "(IPAddress) begins with a dash"),
        (b'{"Driver": {"IPAddress": "1.2.3.4", "SSHUser": "-x"}, "DriverName": "kvm"}', "(SSHUser) begins with"),
        (b'{"Driver": {"IPAddress": "1.2.3.4", "SSHUser": "a\\nb"}, "DriverName": "kvm"}', "holds control characters"),
        (b'{"Driver": {"IPAddress": "1.2.3.4", "SSHPort": 65536}, "DriverName": "kvm"}', "config.json can't be used"),
        (b'{"Driver": {"IPAddress": "1.2.3.4", "SSHKeyPath": "/k\\n"}, "DriverName": "kvm"}', "holds control char"),
        (b'{"Driver": {"IPAddress": "1.2.3.4", "SSHKeyPath": "${K}"}, "DriverName": "kvm"}', "holds ${"),
    ],
)
def test_a_bad_entry_is_a_row_with_its_reason_and_hides_no_other(tmp_path: Path, content: bytes, reason: str) -> None:
    write_machine(tmp_path, "good", DRIVER)
    bad = tmp_path / "machines" / "bad"
    bad.mkdir()
    (bad / "config.json").write_bytes(content)
    machines = read(tmp_path)
    assert machines["good"].problem is None
    assert reason in (machines["bad"].problem or "")
    assert machines["bad"].target.options == ()


def test_a_directory_without_config_or_with_something_else_in_its_place_is_such_a_row(tmp_path: Path) -> None:
    (tmp_path / "machines" / "empty").mkdir(parents=True)
    (tmp_path / "machines" / "odd" / "config.json").mkdir(parents=True)
    (tmp_path / "machines" / "fifo").mkdir()
    os.mkfifo(tmp_path / "machines" / "fifo" / "config.json")
    (tmp_path / "machines" / ".hidden").mkdir()
    (tmp_path / "machines" / "stray-file").write_text("")
    assert {name: machine.problem for name, machine in read(tmp_path).items()} == {
        "empty": "config.json is missing",
        "fifo": "config.json is not a regular file",
        "odd": "config.json can't be read: Is a directory",
    }


@pytest.mark.parametrize("name", ["-oProxyCommand=x", "a\x1b[31mred", "with space", "semi;colon", "[red]\n"])
def test_a_hostile_name_is_shown_and_never_used(tmp_path: Path, name: str) -> None:
    write_machine(tmp_path, name, DRIVER)
    machine = read(tmp_path)[name]
    assert (machine.problem or "").startswith("its name ")


def test_a_name_that_is_no_text_is_shown_and_never_used(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/machines/\xff")).mkdir(parents=True)
    (machine,) = read(tmp_path).values()
    assert machine.name == "\ufffd"
    assert machine.problem is not None


def test_no_store_means_no_machines(tmp_path: Path) -> None:
    assert read(tmp_path / "none") == {}
    (tmp_path / "file").write_text("")
    assert read(tmp_path / "file") == {}


def test_reading_writes_nothing(tmp_path: Path) -> None:
    write_machine(tmp_path, "dev", DRIVER)
    before = [(path, path.stat().st_mtime_ns) for path in sorted(tmp_path.rglob("*"))]
    read(tmp_path)
    assert [(path, path.stat().st_mtime_ns) for path in sorted(tmp_path.rglob("*"))] == before


class TestHostKeyAlias:
    def alias(self, store: Path, name: str = "dev") -> str:
        return options(read(store)[name])["HostKeyAlias"]

    def test_it_stays_when_the_address_changes(self, tmp_path: Path) -> None:
        folder = write_machine(tmp_path, "dev", DRIVER, DriverName="virtualbox")
        before = self.alias(tmp_path)
        text = (folder / "config.json").read_text()
        (folder / "config.json").write_text(text.replace("2222", "4000").replace("192.0.2.7", "192.0.2.8"))
        assert self.alias(tmp_path) == before
        assert before.startswith("docker-machine-dev-")

    def test_it_changes_when_the_machine_is_made_anew(self, tmp_path: Path) -> None:
        folder = write_machine(tmp_path, "dev", {**DRIVER, "SSHKeyPath": ""})
        (folder / "id_rsa.pub").write_text("ssh-rsa AAAA one\n")
        before = self.alias(tmp_path)
        (folder / "id_rsa.pub").write_text("ssh-rsa BBBB two\n")
        assert self.alias(tmp_path) != before

    def test_machines_of_one_name_in_two_stores_differ(self, tmp_path: Path) -> None:
        for store in ("one", "two"):
            write_machine(tmp_path / store, "dev", DRIVER)
        assert self.alias(tmp_path / "one") != self.alias(tmp_path / "two")

    def test_it_can_be_no_pattern_of_known_hosts(self, tmp_path: Path) -> None:
        write_machine(tmp_path, "a*?,!", DRIVER)
        assert self.alias(tmp_path, "a*?,!").startswith("docker-machine-a____-")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=st.text("abz09/ %\"'\\#=.~üßあ$", min_size=1, max_size=20))
def test_ssh_reads_back_what_an_option_says(value: str) -> None:
    """The real ssh, asked what it understood; -G prints IdentityFile with its tokens unexpanded."""
    ssh = require_program("ssh")
    try:
        option = literal("IdentityFile", value, Origin("test"))
    except ValueError:
        assert "${" in value
        return
    result = subprocess.run(
        [ssh, "-G", "-F", "none", "-o", str(option), "host"], capture_output=True, text=True, timeout=20, check=True
    )
    (line,) = [line for line in result.stdout.splitlines() if line.startswith("identityfile ")]
    assert line.removeprefix("identityfile ").replace("%%", "%") == value


@pytest.mark.parametrize("address", ["fe80::1%eth0", "192.0.2.7", "machine.example.com"])
def test_ssh_connects_to_the_address_as_it_stands(address: str) -> None:
    option = literal("HostName", address, Origin("test"))
    result = subprocess.run(
        [require_program("ssh"), "-G", "-F", "none", "-o", str(option), "dev"],
        capture_output=True,
        text=True,
        timeout=20,
        check=True,
    )
    assert f"hostname {address}\n" in result.stdout
