"""`mooring settings`."""

from __future__ import annotations

import click

from mooring.cli.options import GlobalOptions


@click.command()
@click.option("--show", is_flag=True, help="Each option with its value, and where that is set. So it is without flags.")
@click.option("--path", is_flag=True, help="Print where settings.toml lies, or would lie.")
@click.option("--init", is_flag=True, help="Write settings.toml with every option explained; one that is there stays.")
@click.option("--json", "as_json", is_flag=True, help="With --show: as JSON.")
@click.pass_obj
def command(options: GlobalOptions, show: bool, path: bool, init: bool, as_json: bool) -> int:
    """Show the settings, or begin a file of them.

    \b
    mooring settings
    mooring settings --init
    ${EDITOR:-vi} "$(mooring settings --path)"

    What is wrong in settings.toml is said on standard error with its line; the status is 1 then.
    """
    if show + path + init > 1:
        raise click.UsageError("--show, --path and --init exclude each other")
    if as_json and (path or init):
        raise click.UsageError("--json goes with --show")
    from mooring.cli import settings_command as of

    if path:
        return of.print_path(options)
    return of.create(options) if init else of.show(options, as_json=as_json)
