"""`mooring explain`."""

from __future__ import annotations

import click

from mooring.cli.options import GlobalOptions


@click.command(options_metavar="[--json] [SSH OPTIONS] [MACHINE [COMMAND...]]")
@click.option("--json", "as_json", is_flag=True, help="The same as JSON.")
@click.pass_obj
def command(options: GlobalOptions, as_json: bool) -> int:
    """Say what a machine resolves to.

    \b
    mooring explain web-1
    mooring explain -J bastion web-1
    mooring explain --json web-1 | jq .machine.settings

    Each option that something other than a default sets, with its file and line, for the machine and for every host on
    the way to it; what the native client can't do of it; and the same as a command line of ssh. Nothing is connected
    to; commands of `Match exec` are run.
    """
    from mooring.cli.demo import with_demo
    from mooring.cli.explain_command import run_explain

    return with_demo(options, lambda of: run_explain(of, as_json=as_json))
