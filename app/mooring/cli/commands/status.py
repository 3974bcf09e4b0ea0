"""`mooring status`."""

from __future__ import annotations

import click

from mooring.cli.options import GlobalOptions


@click.command()
@click.argument("name", required=False, metavar="[MACHINE]")
@click.option(
    "-t",
    "--timeout",
    type=click.FloatRange(0, 600, min_open=True),
    default=10.0,
    metavar="SECONDS",
    help="How long to wait for its answer (10).",
)
@click.pass_obj
def command(options: GlobalOptions, name: str | None, timeout: float) -> int:
    """Print whether a machine can be reached.

    \b
    mooring status web-1
    [ "$(mooring status web-1)" = Running ] && mooring ssh web-1 uptime

    It is one of Running, Stopped, Timeout, Error and Unknown. The words are docker-machine's; `mooring ls --help` has
    what they mean. Why a machine is not Running is said on standard error. The status is 0 whatever the state is, and
    255 where there is no such machine. Without a name it is the machine `default`.
    """
    from mooring.cli.demo import with_demo
    from mooring.cli.machine_commands import print_status

    return with_demo(options, lambda of: print_status(of, name, limit=timeout))
