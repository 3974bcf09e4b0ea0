"""`mooring url`."""

from __future__ import annotations

import click

from mooring.cli.options import GlobalOptions


@click.command()
@click.argument("name", required=False, metavar="[MACHINE]")
@click.pass_obj
def command(options: GlobalOptions, name: str | None) -> int:
    """Print the URL of a machine's Docker engine.

    \b
    mooring url dev
    DOCKER_HOST="$(mooring url dev)" docker ps

    Only machines of docker-machine's store have one. For others it is said, with the DOCKER_HOST=ssh://... that does
    the same. Without a name it is the machine `default`.
    """
    from mooring.cli.demo import with_demo
    from mooring.cli.machine_commands import print_url

    return with_demo(options, lambda of: print_url(of, name))
