"""`mooring commands`."""

from __future__ import annotations

import click

from mooring.cli.options import GlobalOptions


@click.command()
@click.option("--json", "as_json", is_flag=True, help="All that is known of them, as JSON.")
@click.pass_obj
def command(options: GlobalOptions, as_json: bool) -> int:
    """List the saved commands, with what they do.

    \b
    mooring commands
    mooring commands --json | jq -r '.[].name'

    They are your own, and those of the project around this folder: read from commands.toml in Mooring's configuration
    folder, and from .mooring/commands.toml in this folder or the nearest one above it. `mooring run --saved NAME` runs
    one; in the screens `c` shows them, and `n` there writes one. What is wrong in a file is said with its line.
    """
    from mooring.cli.demo import with_demo
    from mooring.cli.fleet.commands_command import run_commands

    return with_demo(options, lambda of: run_commands(of, as_json=as_json))
