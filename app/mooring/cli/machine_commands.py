"""`mooring status`, `ip`, `url` and `inspect`: one thing about a machine, for scripts that docker-machine served."""

from __future__ import annotations

import ipaddress
import json
import socket
from collections.abc import Sequence

from mooring.cli.errors import printable, say, told
from mooring.cli.machine_data import engine_url, inspection, stored_address
from mooring.cli.machines import load_machines
from mooring.cli.options import GlobalOptions
from mooring.cli.states import find_states
from mooring.cli.template import Template
from mooring.inventory import did_you_mean
from mooring.model.errors import MooringError, NameResolutionError, UsageError
from mooring.model.machine import Machine

DEFAULT_MACHINE = "default"


def print_status(options: GlobalOptions, name: str | None, *, limit: float) -> int:
    """Print the machine's state, and on standard error why it is not Running; the status is 0 all the same."""
    (machine,) = _machines(options, [name] if name else [])
    found = find_states([machine], limit=limit)[machine.name]
    print(found.state)
    if found.reason:
        say(f"{machine.name}: {found.reason}")
    return 0


def print_addresses(options: GlobalOptions, names: Sequence[str]) -> int:
    """Print the IP address of each machine. Raises NameResolutionError where there is none to be found."""
    for machine in _machines(options, names):
        print(stored_address(machine, options.machine_store) or _ip_address(machine))
    return 0


def print_url(options: GlobalOptions, name: str | None) -> int:
    """Print where the machine's Docker engine listens. Raises MooringError for machines that docker-machine has not."""
    (machine,) = _machines(options, [name] if name else [])
    url = engine_url(machine, options.machine_store)
    if not url:
        user = f"{machine.user}@" if machine.user else ""
        port = f":{machine.port}" if machine.port else ""
        raise MooringError(
            f"mooring: {machine.name} has no URL: it is not of docker-machine's store, and is reached by SSH.",
            hint=f"Where it has Docker, this will do: DOCKER_HOST=ssh://{user}{machine.address or machine.name}{port}",
        )
    print(url)
    return 0


def inspect(options: GlobalOptions, name: str | None, template: str | None) -> int:
    """Print all that is known of a machine as JSON, or a template filled with it."""
    filler = None if template is None else Template(template)
    (machine,) = _machines(options, [name] if name else [], usable=False)
    data = inspection(machine, options.machine_store)
    print(json.dumps(data, indent=4, ensure_ascii=False) if filler is None else printable(filler.fill(data)))
    return 0


def _machines(options: GlobalOptions, names: Sequence[str], *, usable: bool = True) -> list[Machine]:
    """The machines of these names, of none the default one; raises MooringError for one that is not there."""
    inventory = load_machines(options)
    for problem in inventory.problems:
        say(f"mooring: {told(problem)}")
    if not names and inventory.find(DEFAULT_MACHINE) is None:
        raise UsageError(f'mooring: no machine was named, and there is no "{DEFAULT_MACHINE}" machine')
    found: list[Machine] = []
    for name in names or (DEFAULT_MACHINE,):
        machine = inventory.find(name)
        if machine is None:
            hint = did_you_mean(name, (each.name for each in inventory.machines))
            raise UsageError(
                f'mooring: there is no machine "{name}"', hint=hint or 'Use "mooring ls" to list the machines.'
            )
        if usable and machine.problem is not None:
            raise MooringError(f"mooring: {name} can't be used: {machine.problem}", hint=f"See {machine.origin}.")
        found.append(machine)
    return found


def _ip_address(machine: Machine) -> str:
    from mooring.sshconfig import resolve

    resolved = resolve(machine.target, run_match_exec=False)
    host = resolved.text("hostname")
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        pass
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no host name"
        hint = None
        if any(resolved.text(keyword) not in ("", "none") for keyword in ("proxyjump", "proxycommand")):
            hint = "It is reached through another host, which may know the name."
        message = f"mooring: {machine.name}: no address for {host}: {reason}"
        raise NameResolutionError(message, hop=host, hint=hint) from error
    return str(found[0][4][0])
