"""Our machines for others: Ansible and ssh reach by what we print the very hosts that Mooring reaches."""

from __future__ import annotations

import json
import shlex
import subprocess
from pathlib import Path

import pytest

from mooring.inventory import InventorySources, further_sources, load
from mooring.model.machine import Machine
from mooring.store import Paths, load_settings
from mooring.system_ssh import command
from support.ansible_oracle import ANSIBLE_INVENTORY, ask_ansible, environment
from support.command_line import MOORING, run_mooring
from support.programs import require_program

CONFIG = """
Host known
    HostName 192.0.2.1
    User ops
Host dev
    Port 4000
Host *.internal
    ProxyJump bastion
    User inside
Host *
    ServerAliveInterval 7
"""

OWN = """
[[machine]]
name = "db.internal"
host = "192.0.2.5"
groups = ["production", "all"]
tags = ["db"]
guard = true
notes = "Mind the gap."

[[machine]]
name = "odd"
host = "%h.example.com"
user = "o p"
key = "~/.ssh/id work"
jump = "me@bastion:2200"
options = {SendEnv = "A B", ServerAliveInterval = 3}
group = "staging"

[[machine]]
name = "known"
port = 99

[[machine]]
name = "broken"
port = "x"

[[machine]]
name = "all*"
"""

LISTING = {
    "_meta": {
        "hostvars": {
            "rented": {
                "ansible_host": "192.0.2.7",
                "ansible_port": 2022,
                "ansible_user": "cloud",
                "ansible_ssh_private_key_file": "~/.ssh/rented",
                "ansible_ssh_common_args": "-J me@bastion:2200 -o ServerAliveInterval=11",
            }
        }
    },
    "hired": {"hosts": ["rented"]},
}

COMPARED = ("hostname", "user", "port", "identityfile", "identitiesonly", "hostkeyalias", "proxyjump", "sendenv",
            "serveraliveinterval")  # fmt: skip


@pytest.fixture
def machines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Machine]:
    """Machines of every kind of source, as everything in this test sees them."""
    config = tmp_path / "config"
    config.write_text(CONFIG)
    config.chmod(0o600)
    own = Paths.of_this_person().machines_file
    own.parent.mkdir(parents=True)
    own.write_text(OWN)
    own.chmod(0o600)
    for name in ("dev", "default"):
        folder = tmp_path / "store" / "machines" / name
        folder.mkdir(parents=True)
        driver = {"IPAddress": "192.0.2.9", "SSHUser": "docker", "SSHPort": 2222, "StorePath": str(tmp_path / "store")}
        (folder / "config.json").write_text(json.dumps({"DriverName": "amazonec2", "Driver": driver}))
    monkeypatch.setenv("MACHINE_STORAGE_PATH", str(tmp_path / "store"))
    listing = tmp_path / "listing.json"
    listing.write_text(json.dumps(LISTING))
    prints_it = json.dumps(shlex.join(["sh", "-c", f"cat {shlex.quote(str(listing))}"]))
    paths = Paths.of_this_person()
    paths.settings_file.write_text(f'[[source]]\nname = "cloud"\ncommand = {prints_it}\n')
    paths.settings_file.chmod(0o600)
    further = further_sources(load_settings(paths.settings_file).settings, paths, str(config))
    inventory = load(InventorySources(config_file=str(config), further=further))
    return {machine.name: machine for machine in inventory.machines}


def used(words: list[str]) -> dict[str, list[str]]:
    """What ssh would use for a command line."""
    run = subprocess.run([require_program("ssh"), "-G", *words], capture_output=True, text=True, timeout=20, check=True)
    found: dict[str, list[str]] = {keyword: [] for keyword in COMPARED}
    for line in run.stdout.splitlines():
        keyword, _space, value = line.partition(" ")
        if keyword in found:
            # Ansible writes the home folder out.
            found[keyword].append(value.replace("~", str(Path.home())))
    return found


def mooring(folder: Path, *words: str) -> str:
    run = run_mooring("-F", folder / "config", *words)
    assert run.returncode == 0
    return run.stdout.decode()


def test_ansible_goes_where_mooring_goes(tmp_path: Path, machines: dict[str, Machine]) -> None:
    """The real Ansible runs a task; the ssh that it starts writes down its words."""
    script = tmp_path / "inventory"
    script.write_text(f'#!/bin/sh\nexec {shlex.join([*MOORING, "-F", str(tmp_path / "config")])} inventory "$@"\n')
    ssh = tmp_path / "ssh"
    ssh.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > "$(mktemp {tmp_path}/words-XXXXXX)"\n')
    for program in (script, ssh):
        program.chmod(0o755)

    view = ask_ansible(script, tmp_path)
    usable = {name for name, machine in machines.items() if machine.problem is None}
    assert set(view.variables) == usable == {"db.internal", "odd", "known", "all*", "dev", "default", "rented"}
    assert view.groups_of("db.internal") == {"production"}
    assert view.members["docker-machine"] == {"dev", "default"}
    assert view.members["hired"] == {"rented"}
    assert view.variables["db.internal"] == {
        "ansible_host": "192.0.2.5",
        "ansible_user": "inside",
        "ansible_ssh_common_args": f"-F {tmp_path}/config -o ProxyJump=bastion",
        "mooring_sources": ["mooring"],
        "mooring_address": "192.0.2.5",
        "mooring_tags": ["db"],
        "mooring_notes": "Mind the gap.",
        "mooring_guard": True,
    }

    # Which of its hosts Ansible takes for a pattern is its own business.
    reached = usable - {"all*"}
    subprocess.run(
        [ANSIBLE_INVENTORY.with_name("ansible"), ",".join(reached), "-i", script, "-m", "raw", "-a", "true"],
        env={**environment(tmp_path), "ANSIBLE_SSH_EXECUTABLE": str(ssh)},
        capture_output=True,
        timeout=100,
        check=True,
    )
    started = [path.read_text().splitlines() for path in tmp_path.glob("words-*")]
    assert len(started) == len(reached)
    # Each ends with `-tt HOST COMMAND`; what Ansible says about sharing connections is its own.
    seen = [used(words[:-3] + words[-2:-1]) for words in started]
    for name in reached:
        assert used(command(machines[name].target)[1:]) in seen, name


def test_one_host_is_told_as_in_the_list_and_a_slip_is_said(tmp_path: Path, machines: dict[str, Machine]) -> None:
    listed = json.loads(mooring(tmp_path, "inventory", "--list"))["_meta"]["hostvars"]
    assert json.loads(mooring(tmp_path, "inventory", "--host", "odd")) == listed["odd"]
    for words, said in (
        (("--host", "od"), b"there is no machine called od\nDid you mean odd?"),
        (("--host", "broken"), b"broken can't be used: "),
        ((), b"one of --list and --host NAME is needed"),
        (("--list", "--host", "odd"), b"one of --list and --host NAME is needed"),
    ):
        run = run_mooring("-F", tmp_path / "config", "inventory", *words)
        assert run.returncode != 0
        assert run.stdout == b""
        assert said in run.stderr
    assert b"broken is left out: " in run_mooring("-F", tmp_path / "config", "inventory", "--list").stderr


def test_ssh_reaches_by_the_blocks_what_mooring_reaches(tmp_path: Path, machines: dict[str, Machine]) -> None:
    blocks = mooring(tmp_path, "ssh-config")
    config = tmp_path / "with-blocks"
    (tmp_path / "blocks").write_text(blocks)
    (tmp_path / "blocks").chmod(0o600)
    config.write_text(f"Include {tmp_path}/blocks\n{CONFIG}")
    listed = [line.removeprefix("Host ") for line in blocks.splitlines() if line.startswith("Host ")]
    assert listed == ["db.internal", "default", "odd", "rented"]
    for name in listed:
        assert used(["-F", str(config), name]) == used(command(machines[name].target)[1:])


def test_what_was_included_is_still_printed_the_next_time(tmp_path: Path, machines: dict[str, Machine]) -> None:
    blocks = mooring(tmp_path, "ssh-config")
    (tmp_path / "blocks").write_text(blocks)
    (tmp_path / "blocks").chmod(0o600)
    (tmp_path / "config").write_text(f"Include {tmp_path}/blocks\n{CONFIG}")
    assert mooring(tmp_path, "ssh-config") == blocks


def test_blocks_can_be_selected_and_a_pattern_is_never_a_name(tmp_path: Path, machines: dict[str, Machine]) -> None:
    assert mooring(tmp_path, "ssh-config", "staging", "known").count("Host ") == 1
    run = run_mooring("-F", tmp_path / "config", "ssh-config", "all*")
    assert b"Host " not in run.stdout
    assert b"all* is left out: a Host line would take it for a pattern" in run.stderr
    run = run_mooring("-F", tmp_path / "config", "ssh-config", "stagign")
    assert (run.returncode, run.stdout) == (255, b"")
    assert b"Did you mean staging?" in run.stderr
    run = run_mooring("-F", tmp_path / "config", "ssh-config", "known")
    assert run.returncode == 0
    assert b"ssh knows them all already" in run.stderr
