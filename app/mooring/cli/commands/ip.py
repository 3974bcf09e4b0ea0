"""`mooring ip`."""

from __future__ import annotations

import click

from mooring.cli.options import GlobalOptions


@click.command()
@click.argument("names", nargs=-1, metavar="[MACHINE...]")
@click.pass_obj
def command(options: GlobalOptions, names: tuple[str, ...]) -> int:
    """Print the IP address of each machine, one on a line.

    \b
    mooring ip web-1
    mooring ip web-1 web-2
    curl "http://$(mooring ip web-1):8080/"

    A host name is looked up, by the HostName that ssh would use. Without a name it is the machine `default`.
    """
    from mooring.cli.demo import with_demo
    from mooring.cli.machine_commands import print_addresses

    return with_demo(options, lambda of: print_addresses(of, names))
