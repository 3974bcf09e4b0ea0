"""What there is to say of a machine, as data: for JSON, and under docker-machine's names for templates."""

from __future__ import annotations

import json
import os
from pathlib import Path

from mooring.cli.states import Found
from mooring.inventory import usual_machine_store
from mooring.model.errors import ConfigError
from mooring.model.machine import Machine
from mooring.store.read import read_text_file

_STORE = "docker-machine"
_DOCKER_PORT = 2376
"""Where docker-machine has the engine listen (libmachine/engine)."""

_CONFIG_LIMIT = 4 * 1024 * 1024


def as_json_data(machine: Machine, found: Found | None = None) -> dict[str, object]:
    """All that the sources say of a machine, for programs; the state where it was looked for."""
    data: dict[str, object] = {
        "name": machine.name,
        "address": machine.address or None,
        "user": machine.user or None,
        "port": machine.port,
        "jump": None if machine.jump in ("", "none") else machine.jump,
        "driver": machine.driver or None,
        "groups": list(machine.groups),
        "tags": list(machine.tags),
        "favourite": machine.favourite,
        "colour": machine.colour or None,
        "guard": machine.guard,
        "notes": machine.notes or None,
        "on_connect": list(machine.on_connect),
        "record": machine.record,
        "sources": list(machine.sources),
        "origin": str(machine.origin),
        "problem": machine.problem,
        "warnings": list(machine.warnings),
    }
    if found is not None:
        data["state"] = {"state": found.state, "reach": found.reach, "reason": found.reason, "seconds": found.seconds}
    return data


STATE_FIELDS = frozenset({"State", "Reach", "ResponseTime", "Error"})
"""The fields of a row for which machines have to be knocked at."""


def row(machine: Machine, found: Found | None, store: Path | None) -> dict[str, object]:
    """A machine as the templates of `ls` see it: docker-machine's fields, and ours. `store` is its folder."""
    url = engine_url(machine, store)
    is_active = bool(url) and os.environ.get("DOCKER_HOST") == url
    seconds = None if found is None else found.seconds
    return {
        "Name": machine.name,
        "Active": "*" if is_active else "-",
        "ActiveHost": is_active,
        "DriverName": machine.driver,
        "State": "" if found is None else str(found.state),
        "URL": url,
        "Error": machine.problem or ("" if found is None else found.reason),
        "ResponseTime": "" if seconds is None else f"{seconds * 1000:.0f}ms",
        "Reach": "" if found is None else found.reach,
        "Address": machine.address,
        "User": machine.user,
        "Port": machine.port,
        "Jump": "" if machine.jump == "none" else machine.jump,
        "Groups": list(machine.groups),
        "Tags": list(machine.tags),
        "Sources": list(machine.sources),
        "Origin": str(machine.origin),
        "Notes": machine.notes,
        "Colour": machine.colour,
        "Favourite": machine.favourite,
        "Guard": machine.guard,
    }


def inspection(machine: Machine, store: Path | None) -> dict[str, object]:
    """What `inspect` prints: docker-machine's structure, and all that we know under `Mooring`.

    A machine of docker-machine's store has what its config.json says; of another, the part that means something for
    it.
    """
    basic: dict[str, object] = {
        "Driver": {
            "IPAddress": machine.address,
            "MachineName": machine.name,
            "SSHUser": machine.user,
            "SSHPort": machine.port or 22,
        },
        "DriverName": machine.driver,
        "Name": machine.name,
    }
    return {**basic, **_stored(machine, store), "Mooring": as_json_data(machine)}


def engine_url(machine: Machine, store: Path | None) -> str:
    """Where docker-machine says that the machine's Docker engine listens; "" for machines that are not of its store."""
    address = stored_address(machine, store)
    return f"tcp://{address}:{_DOCKER_PORT}" if address else ""


def stored_address(machine: Machine, store: Path | None) -> str:
    """The machine's own address in docker-machine's store, which SSH may not go to (virtualbox); else ""."""
    driver = _stored(machine, store).get("Driver")
    address = driver.get("IPAddress") if isinstance(driver, dict) else None
    return address if isinstance(address, str) else ""


def _stored(machine: Machine, store: Path | None) -> dict[str, object]:
    if _STORE not in machine.sources:
        return {}
    path = (store or usual_machine_store()) / "machines" / machine.name / "config.json"
    try:
        data = json.loads(read_text_file(path, limit=_CONFIG_LIMIT))
    except (FileNotFoundError, ConfigError, ValueError, RecursionError):
        # Such a machine is listed with its problem, which is in what we know of it.
        return {}
    return data if isinstance(data, dict) else {}
