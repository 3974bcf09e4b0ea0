"""`mooring doctor`."""

from __future__ import annotations

import click

from mooring.cli.options import GlobalOptions


@click.command()
@click.option("--json", "as_json", is_flag=True, help="A list of all findings, as JSON.")
@click.pass_obj
def command(options: GlobalOptions, as_json: bool) -> int:
    """Look for what is in the way, and say what helps.

    \b
    mooring doctor
    mooring doctor --json | jq -r '.[] | select(.level == "problem") | .what'

    The terminal is asked what it can do: colours, keys, mouse, clipboard. Then come ssh and Mooring's own SSH, the
    agent, every file of the configuration with its mistakes and their lines, the sources of machines, the permissions
    of keys and folders, and the engine. Nothing is changed, and no machine is connected to; programs that name machines
    are run.

    Signs: ✓ fine, · worth knowing, ! could be better, ✕ does not work. The status is 1 where something does not work.
    """
    from mooring.cli.demo import with_demo
    from mooring.cli.doctor_command import run_doctor

    return with_demo(options, lambda of: run_doctor(of, as_json=as_json))
