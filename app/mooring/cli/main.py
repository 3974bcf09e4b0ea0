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
from mooring.cli.command_group import CommandGroup
from mooring.cli.errors import INTERRUPTED, report
from mooring.cli.options import GlobalOptions


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and end the process with its status; no exception leaves this function."""
    _open_closed_streams()
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
    words = cut(arguments)
    # Not `main`, which would end the process by itself when nobody reads the output.
    with program.make_context("mooring", list(words.own), obj=GlobalOptions(ssh_words=words.ssh or ())) as context:
        result = program.invoke(context)
    return result if isinstance(result, int) else 0


def _open_closed_streams() -> None:
    """Put nothing in the place of standard streams that whoever started us has closed: Python has None for them.

    Else the next file that is opened would be standard output, and be written to by whoever prints.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            # The lowest number that is free, which is this one.
            os.open(os.devnull, os.O_RDWR)
    sys.stdin = sys.stdin or open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stdout = sys.stdout or open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = sys.stderr or open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115


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


@click.group(cls=CommandGroup, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("-F", "--config", "config_file", metavar="FILE", help="An ssh_config to use instead of the usual ones.")
@click.option(
    "--native-ssh",
    "native",
    is_flag=True,
    envvar=["MOORING_NATIVE_SSH", "MACHINE_NATIVE_SSH"],
    help="Connect by Mooring's own SSH, also where there is an ssh program. So does MOORING_NATIVE_SSH=1.",
)
@click.option("--demo", is_flag=True, help="Bring a small fleet of invented machines to try things on.")
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show the version.")
@click.pass_context
def program(context: click.Context, config_file: str | None, native: bool, demo: bool) -> int:
    """Every machine you look after in one terminal. Without a command: the screens.

    \b
    mooring                              list the machines, and open sessions in tabs
    mooring --demo                       the same with invented machines, to look around
    mooring ssh web-1                    log in, as with ssh
    mooring ssh web-1 df -h              run a command there
    mooring run --on tag:web -- uptime   run one on many machines

    The status is that of the remote command, where there is one; 255 for whatever fails on the way, 2 for a wrong use
    of flags, and 130 after ^C. `mooring COMMAND --help` has each command's examples.

    Machines come from ~/.ssh/config, the docker-machine store, and machines.toml beside what `mooring settings --path`
    prints.
    """
    options = replace(context.obj, config_file=config_file, native=native, demo=demo)
    context.obj = options
    if context.invoked_subcommand is not None:
        return 0
    from mooring.cli.screens import run_screens

    return run_screens(options)
