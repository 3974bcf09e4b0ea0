"""`mooring inventory`."""

from __future__ import annotations

import click

from mooring.cli.options import GlobalOptions


@click.command()
@click.option("--list", "all_of_them", is_flag=True, help="All machines, with their variables.")
@click.option("--host", "name", metavar="NAME", help="The variables of one machine.")
@click.pass_obj
def command(options: GlobalOptions, all_of_them: bool, name: str | None) -> int:
    """Print the machines as an Ansible dynamic inventory, in JSON.

    \b
    mooring inventory --list
    mooring inventory --host web-1

    A script of two lines makes an inventory of it for `ansible -i`: `#!/bin/sh` and `exec mooring inventory "$@"`.
    """
    if all_of_them == (name is not None):
        raise click.UsageError("one of --list and --host NAME is needed")
    from mooring.cli.demo import with_demo
    from mooring.cli.inventory_command import run_inventory

    return with_demo(options, lambda of: run_inventory(of, name=name))
