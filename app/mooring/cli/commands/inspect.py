"""`mooring inspect`."""

from __future__ import annotations

import click

from mooring.cli.options import GlobalOptions


@click.command()
@click.argument("name", required=False, metavar="[MACHINE]")
@click.option("-f", "--format", "template", metavar="TEMPLATE", help="Print this, filled in, in place of the JSON.")
@click.pass_obj
def command(options: GlobalOptions, name: str | None, template: str | None) -> int:
    """Print all that is known of a machine, as JSON.

    \b
    mooring inspect dev
    mooring inspect -f '{{.Driver.IPAddress}}' dev
    mooring inspect -f '{{json .Driver}}' dev
    mooring inspect -f '{{.Mooring.origin}}' web-1

    The form is docker-machine's: a machine of its store has what its config.json says, which may hold secrets of its
    driver. What Mooring knows stands under `Mooring`, as in `mooring ls --json`. Templates are as for `mooring ls`.
    Without a name it is the machine `default`.
    """
    from mooring.cli.demo import with_demo
    from mooring.cli.machine_commands import inspect

    return with_demo(options, lambda of: inspect(of, name, template))
