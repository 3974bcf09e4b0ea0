"""The program `mooring`: its flags, its subcommands, and the status that it ends with.

Each command imports what it needs when it runs, so that `mooring ssh` does not wait for the screens' libraries.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from dataclasses import replace
from typing import NoReturn

import click

from mooring.cli.argv import cut
from mooring.cli.errors import INTERRUPTED, report
from mooring.cli.fleet.arguments import commands_command, history_command, run_command
from mooring.cli.options import GlobalOptions

_COMPLETION_VARIABLE = "_MOORING_COMPLETE"
"""click's own way to be asked for completions by a shell."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and end the process with its status; no exception leaves this function."""
    try:
        status = run(sys.argv[1:] if arguments is None else arguments)
        sys.stdout.flush()
    except SystemExit:
        raise
    except KeyboardInterrupt:
        _end_by_interrupt()
    except BaseException as error:  # noqa: BLE001 (the outermost place: whatever comes ends in words and a status)
        status = report(error)
    sys.exit(status)


def run(arguments: Sequence[str]) -> int:
    """Run the command line given by `arguments`, and return its status; errors are raised."""
    if _COMPLETION_VARIABLE in os.environ:
        program.main(prog_name="mooring")
    words = cut(arguments)
    # Not `main`, which would end the process by itself when nobody reads the output.
    with program.make_context("mooring", list(words.own), obj=GlobalOptions(ssh_words=words.ssh or ())) as context:
        result = program.invoke(context)
    return result if isinstance(result, int) else 0


def _end_by_interrupt() -> NoReturn:
    """End by the signal itself, so that a shell which runs us in a loop or a script sees the ^C too."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.raise_signal(signal.SIGINT)
    sys.exit(INTERRUPTED)


def _version(context: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
    if not wanted:
        return
    from importlib.metadata import version

    click.echo(f"mooring {version('mooring')}")
    context.exit()


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("-F", "--config", "config_file", metavar="FILE", help="An ssh_config to use instead of the usual ones.")
@click.option(
    "--native-ssh",
    "native",
    is_flag=True,
    envvar=["MOORING_NATIVE_SSH", "MACHINE_NATIVE_SSH"],
    help="Connect by Mooring's own SSH, also where there is an ssh program.",
)
@click.option("--demo", is_flag=True, help="Bring a small fleet of invented machines to try things on.")
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show the version.")
@click.pass_context
def program(context: click.Context, config_file: str | None, native: bool, demo: bool) -> int:
    """Every machine you look after in one terminal. Without a command: the screens."""
    options = replace(context.obj, config_file=config_file, native=native, demo=demo)
    context.obj = options
    if context.invoked_subcommand is not None:
        return 0
    from mooring.cli.screens import run_screens

    return run_screens(options)


@program.command(name="ssh", add_help_option=True, options_metavar="[SSH OPTIONS]")
@click.pass_obj
def ssh_command(options: GlobalOptions) -> int:
    """Log in to a machine, or run a command there: [SSH OPTIONS] [MACHINE [COMMAND...]].

    MACHINE is the name of a machine, else a host name; `default` when there is none. Options of ssh(1) stand on either
    side of it. The status is that of the remote command, and 255 when the connection fails.
    """
    from mooring.cli.demo import with_demo
    from mooring.cli.ssh_command import run_ssh

    return with_demo(options, run_ssh)


@program.command(name="ls")
@click.option("-q", "--quiet", is_flag=True, help="Names alone, one on a line.")
@click.option("--json", "as_json", is_flag=True, help="All that is known, as JSON.")
@click.pass_obj
def ls_command(options: GlobalOptions, quiet: bool, as_json: bool) -> int:
    """List the machines."""
    if quiet and as_json:
        raise click.UsageError("-q and --json exclude each other")
    from mooring.cli.demo import with_demo
    from mooring.cli.ls_command import run_ls

    return with_demo(options, lambda of: run_ls(of, quiet=quiet, as_json=as_json))


@program.command(name="explain", options_metavar="[--json] [SSH OPTIONS]")
@click.option("--json", "as_json", is_flag=True, help="The same as JSON.")
@click.pass_obj
def explain_command(options: GlobalOptions, as_json: bool) -> int:
    """Say what a machine resolves to: [SSH OPTIONS] [MACHINE [COMMAND...]].

    Each option that something other than a default sets, with its file and line, for the machine and for every host on
    the way to it; what the native client can't do of it; and the same as a command line of ssh. Nothing is connected
    to; commands of `Match exec` are run.
    """
    from mooring.cli.demo import with_demo
    from mooring.cli.explain_command import run_explain

    return with_demo(options, lambda of: run_explain(of, as_json=as_json))


program.add_command(run_command)
program.add_command(history_command)
program.add_command(commands_command)
