"""`mooring ssh-config`."""

from __future__ import annotations

import click

from mooring.cli.options import GlobalOptions


@click.command()
@click.argument("machines", nargs=-1)
@click.pass_obj
def command(options: GlobalOptions, machines: tuple[str, ...]) -> int:
    """Print the machines that ssh does not know yet as ssh_config blocks: [MACHINE | GROUP | tag:TAG | GLOB]...

    For scp, rsync, git and editors: `mooring ssh-config > ~/.ssh/mooring`, and `Include mooring` at the top of
    ~/.ssh/config.
    """
    from mooring.cli.demo import with_demo
    from mooring.cli.ssh_config_command import run_ssh_config

    return with_demo(options, lambda of: run_ssh_config(of, machines))
