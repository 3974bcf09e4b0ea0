"""The files by which a client finds the demo fleet: ssh_config, known_hosts, machines.toml, a docker-machine store;
and its saved commands."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import asyncssh
import tomlkit

from mooring.demo.credentials import Credentials, public_key_text
from mooring.demo.roster import DemoMachine, Listing, Login
from mooring.demo.saved_commands import COMMANDS_TOML
from mooring.demo.server import INNER_PORT
from mooring.demo.site_network import inner_host_name
from mooring.inventory.machine_store import MachineStoreSource
from mooring.store.paths import Paths


@dataclass(frozen=True, slots=True)
class FleetFiles:
    """Where everything lies in the demo's folder."""

    folder: Path

    @property
    def config_file(self) -> Path:
        return self.folder / "ssh_config"

    @property
    def known_hosts(self) -> Path:
        return self.folder / "known_hosts"

    @property
    def machines_file(self) -> Path:
        return self.folder / "machines.toml"

    @property
    def commands_file(self) -> Path:
        return Paths.inside(self.folder / "mooring").commands_file

    @property
    def machine_store(self) -> Path:
        return self.folder / "machine"

    @property
    def client_key(self) -> Path:
        return self.folder / "id_ed25519"

    def home_of(self, machine: DemoMachine) -> Path:
        """The machine's home directory, which its shells start in and its SFTP does not leave."""
        return self.folder / "homes" / machine.name


def write_fleet_files(
    files: FleetFiles,
    machines: tuple[DemoMachine, ...],
    credentials: Mapping[str, Credentials],
    client_key: asyncssh.SSHKey,
    ports: Mapping[str, int],
) -> None:
    """Write all files. The docker-machine store comes first: known_hosts needs the names that its machines go by."""
    _write_key(files.client_key, client_key)
    for machine in machines:
        if machine.listing is Listing.MACHINE_STORE:
            _write_store_entry(files, machine, credentials[machine.name], ports[machine.name])
    _write_private(files.config_file, _ssh_config(files, machines, ports))
    _write_private(files.machines_file, _machines_toml(machines, credentials, ports))
    _write_private(files.known_hosts, _known_hosts(files, machines, credentials, ports))
    files.commands_file.parent.mkdir(parents=True, mode=0o700)
    _write_private(files.commands_file, COMMANDS_TOML)


def _ssh_config(files: FleetFiles, machines: tuple[DemoMachine, ...], ports: Mapping[str, int]) -> str:
    lines = ["# Machines of Mooring's demo. They and this file are gone when it ends.", ""]
    for machine in machines:
        if machine.listing is not Listing.SSH_CONFIG:
            continue
        lines.append(f"Host {machine.name}")
        if machine.jump:
            lines += [f"    HostName {inner_host_name(machine)}", f"    Port {INNER_PORT}"]
            lines.append(f"    ProxyJump {machine.jump}")
        else:
            lines += ["    HostName 127.0.0.1", f"    Port {ports[machine.name]}"]
        lines += [f"    User {machine.user}", ""]
    lines += [
        "Host *",
        f'    IdentityFile "{files.client_key}"',
        "    IdentitiesOnly yes",
        "    IdentityAgent none",
        f'    UserKnownHostsFile "{files.known_hosts}"',
        "    GlobalKnownHostsFile /dev/null",
        "    ServerAliveInterval 15",
    ]
    return "\n".join(lines) + "\n"


def _machines_toml(
    machines: tuple[DemoMachine, ...], credentials: Mapping[str, Credentials], ports: Mapping[str, int]
) -> str:
    document = tomlkit.document()
    document.add(
        tomlkit.comment("What ssh_config can't say of the demo's machines, and three that only Mooring knows.")
    )
    entries = tomlkit.aot()
    for machine in machines:
        entry = tomlkit.table()
        entry["name"] = machine.name
        if machine.listing is Listing.OWN:
            entry["host"] = "127.0.0.1"
            entry["port"] = ports[machine.name]
            entry["user"] = machine.user
        if machine.listing is not Listing.MACHINE_STORE:
            entry["driver"] = machine.driver
            entry["group"] = machine.group
        if machine.tags:
            entry["tags"] = list(machine.tags)
        if notes := _notes(machine, credentials[machine.name]):
            entry["notes"] = notes
        if machine.guard:
            entry["guard"] = True
        if len(entry) > 1:
            entries.append(entry)
    document["machine"] = entries
    return tomlkit.dumps(document)


def _notes(machine: DemoMachine, credentials: Credentials) -> str:
    """The person's notes, with what they have to type in this run."""
    notes = [machine.notes] if machine.notes else []
    if machine.login is not Login.KEY:
        notes.append(f"Password: {credentials.password}")
    if machine.login is Login.SECOND_FACTOR:
        notes.append(f"Verification code: {credentials.code}")
    return "\n".join(notes)


def _write_store_entry(files: FleetFiles, machine: DemoMachine, credentials: Credentials, port: int) -> None:
    directory = files.machine_store / "machines" / machine.name
    directory.mkdir(parents=True, mode=0o700)
    _write_key(directory / "id_rsa", credentials.client_key)
    config = {
        "ConfigVersion": 3,
        "Driver": {
            "IPAddress": "192.168.99.100" if machine.driver == "virtualbox" else "127.0.0.1",
            "MachineName": machine.name,
            "SSHUser": machine.user,
            "SSHPort": port,
            "SSHKeyPath": "",
            "StorePath": str(files.machine_store),
        },
        "DriverName": machine.driver,
        "HostOptions": {"Driver": "", "Memory": 0, "Disk": 0},
        "Name": machine.name,
    }
    _write_private(directory / "config.json", json.dumps(config, indent=4) + "\n")


def _known_hosts(
    files: FleetFiles,
    machines: tuple[DemoMachine, ...],
    credentials: Mapping[str, Credentials],
    ports: Mapping[str, int],
) -> str:
    store = {machine.name: machine for machine in MachineStoreSource(files.machine_store).read().machines}
    lines: list[str] = []
    for machine in machines:
        key = credentials[machine.name].recorded_key
        if key is None:
            continue
        if machine.name in store:
            options = store[machine.name].target.options
            name = next(option.value for option in options if option.keyword == "HostKeyAlias")
        elif machine.jump:
            name = inner_host_name(machine)
        else:
            name = f"[127.0.0.1]:{ports[machine.name]}"
        lines.append(f"{name} {public_key_text(key)}\n")
    return "".join(lines)


def _write_key(path: Path, key: asyncssh.SSHKey) -> None:
    _write_private(path, key.export_private_key("openssh").decode("ascii"))
    _write_private(path.with_name(path.name + ".pub"), key.export_public_key("openssh").decode("ascii"))


def _write_private(path: Path, text: str) -> None:
    path.touch(mode=0o600)
    path.write_text(text, encoding="utf-8")
