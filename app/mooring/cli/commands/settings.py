"""`mooring settings`."""

from __future__ import annotations

import click

from mooring.cli.options import GlobalOptions


@click.command()
@click.option("--show", is_flag=True, help="List options, values, and where they are set: as without flags.")
@click.option("--path", is_flag=True, help="Print where settings.toml lies, or would lie.")
@click.option("--init", is_flag=True, help="Write settings.toml with every option explained; one that is there stays.")
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="With --show: as JSON, with defaults, descriptions, and from when on a change holds.",
)
@click.pass_obj
def command(options: GlobalOptions, show: bool, path: bool, init: bool, as_json: bool) -> int:
    """Show the settings, or begin a file of them.

    \b
    mooring settings                             # what holds, and which line says so
    mooring settings --init                      # begin a settings.toml
    ${EDITOR:-vi} "$(mooring settings --path)"   # edit it
    mooring settings --json | jq -r '.[] | select(.line) | .name'

    Without flags each option is listed with its value and the line of settings.toml that sets it, or "default". The
    file need not be there. In the screens `,` changes the same options, and gives actions other keys; a change of the
    file holds in screens that run as soon as it is saved, but for what has to wait for the next session or recording.

    What is wrong in settings.toml is said on standard error with its line and what may have been meant, be it an
    option, a theme or a key; the rest is used. The status is 1 then, and 0 otherwise. --init never writes over
    anything, and ends with 255 where something is there already.

    \b
    Files:
      settings.toml in ~/.config/mooring (--path says where): the options; nothing reads it but Mooring
      machines.toml, commands.toml, workspaces.toml and annotations.toml lie beside it
    """
    if show + path + init > 1:
        raise click.UsageError("--show, --path and --init exclude each other")
    if as_json and (path or init):
        raise click.UsageError("--json goes with --show")
    from mooring.cli import settings_command as of

    if path:
        return of.print_path(options)
    return of.create(options) if init else of.show(options, as_json=as_json)
