"""`mooring ssh-config`: the machines that only Mooring knows, for ssh and all that reads its configuration."""

from __future__ import annotations

from collections.abc import Sequence

from mooring.cli.errors import say, told
from mooring.cli.machines import load_machines
from mooring.cli.options import GlobalOptions
from mooring.inventory import select
from mooring.inventory.host_blocks import HEAD, host_block, unknown_to_ssh


def run_ssh_config(options: GlobalOptions, patterns: Sequence[str]) -> int:
    """Print the blocks, of the machines that `patterns` select where there are any; the status is 0.

    Raises UsageError for patterns that select nothing.
    """
    inventory = load_machines(options)
    for problem in inventory.problems:
        say(f"mooring: {told(problem)}")
    # Before anything is printed: it may raise, and the output mostly goes to a file.
    wanted = select(inventory.machines, patterns) if patterns else inventory.machines
    unknown = tuple(unknown_to_ssh(wanted))
    print(HEAD, end="")
    if not unknown:
        say("mooring: ssh knows them all already" if wanted else "mooring: there are no machines")
    for machine in unknown:
        block = host_block(machine)
        if block is None:
            say(f"mooring: {machine.name} is left out: a Host line would take it for a pattern")
        else:
            print(f"\n{block}", end="")
    return 0
