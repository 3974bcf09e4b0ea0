"""`mooring open`."""

from __future__ import annotations

import click

from mooring.cli.options import GlobalOptions


@click.command(name="open")
@click.argument("names", nargs=-1, required=True, metavar="WORKSPACE | MACHINE...")
@click.pass_obj
def command(options: GlobalOptions, names: tuple[str, ...]) -> int:
    """Start the screens with a workspace or machines open.

    \b
    mooring open morning
    mooring open web-1 db-1
    mooring open tag:web

    A single name is that of a workspace where there is one; else names are machines, groups, tag:TAG and globs.
    """
    from mooring.cli.screens import run_screens

    return run_screens(options, to_open=names)
