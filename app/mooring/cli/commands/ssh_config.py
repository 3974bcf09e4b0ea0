"""`mooring ssh-config`."""

from __future__ import annotations

import click

from mooring.cli.options import GlobalOptions


@click.command()
@click.argument("machines", nargs=-1, metavar="[MACHINE...]")
@click.pass_obj
def command(options: GlobalOptions, machines: tuple[str, ...]) -> int:
    """Print machines as ssh_config blocks.

    \b
    mooring ssh-config > ~/.ssh/mooring
    mooring ssh-config tag:web

    Those that ssh does not know yet: all of them, or what is named (MACHINE, GROUP, tag:TAG, globs). For scp, rsync,
    git and editors: `mooring ssh-config > ~/.ssh/mooring`, and `Include mooring` at the top of ~/.ssh/config.
    """
    from mooring.cli.demo import with_demo
    from mooring.cli.ssh_config_command import run_ssh_config

    return with_demo(options, lambda of: run_ssh_config(of, machines))
