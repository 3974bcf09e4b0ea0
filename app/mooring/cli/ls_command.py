"""`mooring ls`: every machine there is, for people and for programs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mooring.cli.errors import printable, say, told
from mooring.cli.ls_filters import Filters
from mooring.cli.machine_data import STATE_FIELDS, as_json_data, row
from mooring.cli.machines import load_machines
from mooring.cli.options import GlobalOptions
from mooring.cli.states import Found, find_states
from mooring.cli.table import columns
from mooring.inventory import Inventory
from mooring.model.machine import Machine
from mooring.sshconfig import user_file

if TYPE_CHECKING:
    from mooring.cli.template import Template

_HEADINGS = ("NAME", "STATE", "ADDRESS", "USER", "PORT", "DRIVER", "GROUP", "TAGS", "SOURCE")


@dataclass(frozen=True, slots=True)
class Listing:
    """What is wanted: which machines (`filters` as written), in which form, and how long to wait for states."""

    filters: tuple[str, ...] = ()
    quiet: bool = False
    as_json: bool = False
    template: str | None = None
    probe: bool = False
    timeout: float = 10.0


def run_ls(options: GlobalOptions, listing: Listing) -> int:
    """Print the machines on standard output, problems of their sources on standard error; the status is 0.

    Raises UsageError for a filter or a template that means nothing.
    """
    filters = Filters(listing.filters)
    template = None if listing.template is None else _read_template(listing.template)
    inventory = load_machines(options)
    for problem in inventory.problems:
        say(f"mooring: {told(problem)}")
    machines = filters.without_state(inventory.machines)
    for machine in machines:
        for warning in machine.warnings:
            say(f"mooring: machine {machine.name}: {warning}")
    states: Mapping[str, Found] = {}
    asks = template is not None and not template.fields.isdisjoint(STATE_FIELDS)
    if listing.probe or filters.asks_for_state or asks:
        states = find_states(machines, limit=listing.timeout)
        machines = filters.by_state(machines, states)
    if listing.as_json:
        print(json.dumps([as_json_data(machine, states.get(machine.name)) for machine in machines], indent=2))
    elif listing.quiet:
        for machine in machines:
            print(printable(machine.name))
    elif template is not None:
        _print_filled(template, [row(machine, states.get(machine.name), options.machine_store) for machine in machines])
    elif machines:
        _print_table(inventory, machines, states)
    elif inventory.machines:
        say("No machine fits these filters.")
    elif inventory.problems:
        say("No machine could be read.")
    else:
        place = user_file(options.config_file)
        say(f"There are no machines yet. Add `Host` entries to {place}, or look around with `mooring --demo`.")
    return 0


def _read_template(text: str) -> Template:
    # Most lists are printed without.
    from mooring.cli.template import Template

    return Template(text)


def _print_filled(template: Template, rows: Sequence[Mapping[str, object]]) -> None:
    lines = [printable(template.fill(each)) for each in rows]
    if template.is_table:
        cells = [line.split("\t") for line in (template.headings, *map(_one_line_of_cells, lines))]
        width = max(map(len, cells))
        lines = [line.rstrip() for line in columns([[*row, *[""] * (width - len(row))] for row in cells])]
    for line in lines:
        print(line)


def _print_table(inventory: Inventory, machines: Sequence[Machine], states: Mapping[str, Found]) -> None:
    for source in inventory.sources:
        for remark in source.remarks:
            say(f"mooring: {source.name}: {remark}")
    for line in _table(machines, states):
        print(line)


def _table(machines: Sequence[Machine], states: Mapping[str, Found]) -> list[str]:
    """Columns as wide as what is in them, in cells; columns with nothing in them are left out."""
    rows = [_row(machine, states.get(machine.name)) for machine in machines]
    used = [index for index in range(len(_HEADINGS)) if index == 0 or any(row[index] for row in rows)]
    lines = columns([[row[index] for index in used] for row in (_HEADINGS, *rows)])
    for number, machine in enumerate(machines, start=1):
        found = states.get(machine.name)
        problem = machine.problem or ("" if found is None else found.reason)
        if problem:
            lines[number] += f"  Error: {_one_line(problem)}"
    return [line.rstrip() for line in lines]


def _row(machine: Machine, found: Found | None) -> tuple[str, ...]:
    values = (
        machine.name,
        "" if found is None else str(found.state),
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


def _one_line_of_cells(text: str) -> str:
    return text.replace("\n", "^J")
