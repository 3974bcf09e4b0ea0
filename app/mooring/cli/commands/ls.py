"""`mooring ls`."""

from __future__ import annotations

import click

from mooring.cli.options import GlobalOptions


@click.command()
@click.option("-q", "--quiet", is_flag=True, help="Names alone, one on a line.")
@click.option("--json", "as_json", is_flag=True, help="All that is known, as JSON.")
@click.pass_obj
def command(options: GlobalOptions, quiet: bool, as_json: bool) -> int:
    """List the machines."""
    if quiet and as_json:
        raise click.UsageError("-q and --json exclude each other")
    from mooring.cli.demo import with_demo
    from mooring.cli.ls_command import run_ls

    return with_demo(options, lambda of: run_ls(of, quiet=quiet, as_json=as_json))
