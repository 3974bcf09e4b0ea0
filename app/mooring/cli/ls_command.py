"""`mooring ls`: every machine there is, for people and for programs."""

from __future__ import annotations

import json
from collections.abc import Sequence

from mooring.cli.errors import printable, say, told
from mooring.cli.machines import load_machines
from mooring.cli.options import GlobalOptions
from mooring.cli.table import columns
from mooring.model.machine import Machine

_HEADINGS = ("NAME", "ADDRESS", "USER", "PORT", "DRIVER", "GROUP", "TAGS", "SOURCE")


def run_ls(options: GlobalOptions, *, quiet: bool, as_json: bool) -> int:
    """Print the machines on standard output, problems of their sources on standard error; the status is 0."""
    inventory = load_machines(options)
    for problem in inventory.problems:
        say(f"mooring: {told(problem)}")
    for machine in inventory.machines:
        for warning in machine.warnings:
            say(f"mooring: machine {machine.name}: {warning}")
    if as_json:
        print(json.dumps([_as_data(machine) for machine in inventory.machines], indent=2))
    elif quiet:
        for machine in inventory.machines:
            print(printable(machine.name))
    elif inventory.machines:
        for source in inventory.sources:
            for remark in source.remarks:
                say(f"mooring: {source.name}: {remark}")
        for line in _table(inventory.machines):
            print(line)
    else:
        say("There are no machines yet. Add `Host` entries to ~/.ssh/config, or look around with `mooring --demo`.")
    return 0


def _as_data(machine: Machine) -> dict[str, object]:
    return {
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
        "sources": list(machine.sources),
        "origin": str(machine.origin),
        "problem": machine.problem,
        "warnings": list(machine.warnings),
    }


def _table(machines: Sequence[Machine]) -> list[str]:
    """Columns as wide as what is in them, in cells; columns with nothing in them are left out."""
    rows = [_row(machine) for machine in machines]
    used = [index for index in range(len(_HEADINGS)) if index == 0 or any(row[index] for row in rows)]
    lines = columns([[row[index] for index in used] for row in (_HEADINGS, *rows)])
    for number, machine in enumerate(machines, start=1):
        if machine.problem is not None:
            lines[number] += f"  Error: {_one_line(machine.problem)}"
    return [line.rstrip() for line in lines]


def _row(machine: Machine) -> tuple[str, ...]:
    values = (
        machine.name,
        machine.address,
        machine.user,
        "" if machine.port is None else str(machine.port),
        machine.driver,
        ",".join(machine.groups),
        ",".join(machine.tags),
        ",".join(machine.sources),
    )
    return tuple(_one_line(value) for value in values)


def _one_line(text: str) -> str:
    return printable(text).replace("\n", "^J").replace("\t", "^I")
