"""All sources together, judged by what ssh and our own resolver make of the result."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from mooring.inventory import Inventory, InventorySources, load
from mooring.model.machine import Machine
from mooring.sshconfig import resolve, winning_fallbacks
from support.programs import require_program

STORE_ENTRY = {
    "ConfigVersion": 3,
    "Driver": {"IPAddress": "192.0.2.7", "SSHUser": "docker", "SSHPort": 2222, "SSHKeyPath": "/store/key"},
    "DriverName": "kvm",
}


@pytest.fixture
def sources(tmp_path: Path) -> InventorySources:
    return InventorySources(
        config_file=str(tmp_path / "config"),
        machine_store=tmp_path / "store",
        machines_file=tmp_path / "machines.toml",
    )


def write(folder: Path, *, config: str = "", own: str = "", store: tuple[str, ...] = ()) -> None:
    for name, text in (("config", config), ("machines.toml", own)):
        (folder / name).write_text(text)
        (folder / name).chmod(0o600)
    for machine in store:
        directory = folder / "store" / "machines" / machine
        directory.mkdir(parents=True)
        (directory / "config.json").write_text(json.dumps(STORE_ENTRY))


def find(inventory: Inventory, name: str) -> Machine:
    machine = inventory.find(name)
    assert machine is not None
    return machine


def agreed(machine: Machine) -> dict[str, str]:
    """What ssh uses for the machine; the row and our own resolver have to say the same."""
    assert machine.target.config_file is not None
    command = [require_program("ssh"), "-G", "-F", machine.target.config_file]
    for option in (*machine.target.options, *winning_fallbacks(machine.target)):
        command += ["-o", str(option)]
    output = subprocess.run([*command, machine.target.host], capture_output=True, text=True, timeout=20, check=True)
    answer = dict(line.split(" ", 1) for line in output.stdout.splitlines() if " " in line)
    resolved = resolve(machine.target)
    for keyword in ("hostname", "user", "port", "hostkeyalias"):
        if keyword in answer:
            assert resolved.text(keyword) == answer[keyword]
    assert (machine.address, machine.user, str(machine.port)) == (answer["hostname"], answer["user"], answer["port"])
    return answer


def test_the_store_stands_above_patterns_and_below_a_block_of_its_name(
    tmp_path: Path, sources: InventorySources
) -> None:
    write(
        tmp_path,
        config="Host dev\n  Port 4000\nHost *\n  User everybody\n  Port 1\n  ServerAliveInterval 7\n",
        store=("dev", "lone"),
    )
    inventory = load(sources)
    dev, lone = find(inventory, "dev"), find(inventory, "lone")
    assert dev.sources == ("ssh_config", "docker-machine")
    answer = agreed(dev)
    assert (answer["hostname"], answer["user"], answer["port"]) == ("192.0.2.7", "docker", "4000")
    answer = agreed(lone)
    assert (answer["hostname"], answer["user"], answer["port"]) == ("192.0.2.7", "docker", "2222")
    assert answer["serveraliveinterval"] == "7"
    assert answer["identityfile"] == "/store/key"
    assert answer["hostkeyalias"].startswith("docker-machine-lone-")


def test_own_entries_stand_above_all(tmp_path: Path, sources: InventorySources) -> None:
    write(
        tmp_path,
        config="Host web\n  HostName 10.0.0.1\n  User config\n  Port 1\nHost *\n  User everybody\n",
        own='[[machine]]\nname = "web"\nuser = "own"\n[[machine]]\nname = "dev"\nport = 5\n'
        '[[machine]]\nname = "alone"\nhost = "10.0.0.9"\nport = 22\n',
        store=("dev",),
    )
    inventory = load(sources)
    answer = agreed(find(inventory, "web"))
    assert (answer["hostname"], answer["user"], answer["port"]) == ("10.0.0.1", "own", "1")
    answer = agreed(find(inventory, "dev"))
    assert (answer["hostname"], answer["user"], answer["port"]) == ("192.0.2.7", "docker", "5")
    assert agreed(find(inventory, "alone"))["user"] == "everybody"
    assert find(inventory, "web").sources == ("mooring", "ssh_config")
    assert find(inventory, "dev").sources == ("mooring", "docker-machine")


def test_one_broken_source_hides_no_other(tmp_path: Path, sources: InventorySources) -> None:
    write(tmp_path, config='Host "\nHost web\n', own="][", store=("dev",))
    (tmp_path / "store" / "machines" / "broken").mkdir()
    inventory = load(sources)
    assert [machine.name for machine in inventory.machines] == ["broken", "dev", "web"]
    assert len(inventory.problems) == 2


def test_nothing_anywhere_is_no_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MACHINE_STORAGE_PATH", str(tmp_path / "none"))
    inventory = load(InventorySources(config_file="none"))
    assert (inventory.machines, inventory.problems) == ((), ())
    assert list(tmp_path.iterdir()) == []


def test_the_usual_places_are_those_of_docker_machine_and_of_mooring(
    own_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder, name in ((own_home / ".docker" / "machine", "athome"), (tmp_path / "elsewhere", "elsewhere")):
        directory = folder / "machines" / name
        directory.mkdir(parents=True)
        (directory / "config.json").write_text(json.dumps(STORE_ENTRY))
    own = own_home / ".config" / "mooring" / "machines.toml"
    own.parent.mkdir(parents=True)
    own.write_text('[[machine]]\nname = "mine"\n')
    usual = InventorySources(config_file="none")
    assert [machine.name for machine in load(usual).machines] == ["athome", "mine"]
    monkeypatch.setenv("MACHINE_STORAGE_PATH", str(tmp_path / "elsewhere"))
    assert [machine.name for machine in load(usual).machines] == ["elsewhere", "mine"]
