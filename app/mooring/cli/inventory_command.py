"""`mooring inventory`: our machines for Ansible, and for all that reads its inventories."""

from __future__ import annotations

import json

from mooring.cli.errors import say, told
from mooring.cli.machines import load_machines
from mooring.cli.options import GlobalOptions
from mooring.inventory import did_you_mean
from mooring.inventory.ansible.export import exported_inventory, host_variables
from mooring.model.errors import MooringError, UsageError


def run_inventory(options: GlobalOptions, *, name: str | None) -> int:
    """Print the inventory, or with `name` the variables of that machine; the status is 0.

    Problems of the sources, and machines that are left out for one, are said on standard error.
    """
    inventory = load_machines(options)
    for problem in inventory.problems:
        say(f"mooring: {told(problem)}")
    if name is None:
        for machine in inventory.machines:
            if machine.problem is not None:
                say(f"mooring: {machine.name} is left out: {machine.problem}")
        print(json.dumps(exported_inventory(inventory.machines), indent=2))
        return 0
    found = inventory.find(name)
    if found is None:
        hint = did_you_mean(name, (machine.name for machine in inventory.machines))
        raise UsageError(f"mooring: there is no machine called {name}", hint=hint)
    if found.problem is not None:
        raise MooringError(f"mooring: {found.name} can't be used: {found.problem}", hint=f"See {found.origin}.")
    print(json.dumps(host_variables(found), indent=2))
    return 0
