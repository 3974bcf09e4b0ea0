"""`mooring scp`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from mooring.cli.options import GlobalOptions
from mooring.model.errors import UsageError
from mooring.model.ssh_arguments import GivenOption

_OF_SSH = {"port": "p", "identity": "i", "jump": "J", "option": "o", "ipv4": "4", "ipv6": "6", "compress": "C"}
"""Which option of ssh(1) says what each of ours does."""

_NOT_HERE = {
    "-l": "a limit on the rate",
    "-D": "another SFTP server",
    "-S": "another program than ssh",
    "-X": "an option of SFTP's",
}
_FLAGS_NOT_HERE = {
    "-O": "the old protocol of scp",
    "-R": "a connection from one machine to the other",
    "-T": "names that were not asked for",
}
"""Options of scp(1) that are not taken: with what they are about, since `no such option` is no answer to somebody who
knows them."""


def _refused(context: click.Context, parameter: click.Parameter, value: object) -> None:
    """Say which of scp's options is not here, and who has it."""
    if value:
        name = parameter.opts[0]
        about = _NOT_HERE.get(name) or _FLAGS_NOT_HERE[name]
        raise UsageError(
            f"mooring scp: {name} ({about}) is an option of scp's that Mooring does not take.",
            hint="For a machine that ssh knows, scp itself has it.",
        )


def _with_options_of_scp(command: Callable[..., Any]) -> Callable[..., Any]:
    """Take scp's options that are refused, and `-3`, which is how it is done anyway."""
    for name in _NOT_HERE:
        command = click.option(name, f"refused_{name[1]}", hidden=True, expose_value=False, callback=_refused)(command)
    for name in _FLAGS_NOT_HERE:
        command = click.option(
            name, f"refused_{name[1]}", is_flag=True, hidden=True, expose_value=False, callback=_refused
        )(command)
    return click.option("-3", "through_here", is_flag=True, hidden=True, expose_value=False)(command)


@click.command(options_metavar="[OPTIONS]")
@click.option("-r", "--recursive", is_flag=True, help="Copy folders with all that is in them.")
@click.option("-p", "--preserve", is_flag=True, help="Keep times and permissions.")
@click.option("-d", "--delta", is_flag=True, help="Send only what differs; takes rsync on both sides.")
@click.option("-q", "--quiet", is_flag=True, help="No progress, and no warnings of ssh's.")
@click.option(
    "-c",
    "--continue",
    "resume",
    is_flag=True,
    help="Go on with files that broke off, and leave out those that are there whole; by Mooring's own SSH.",
)
@click.option("-P", "--port", metavar="PORT", help="The port of the machines.")
@click.option("-i", "--identity", metavar="FILE", multiple=True, help="A private key, as for ssh.")
@click.option("-J", "--jump", metavar="HOST", help="The hosts to go through, as for ssh.")
@click.option("-o", "--option", metavar="OPTION", multiple=True, help="An option of ssh_config, as for ssh.")
@click.option("-C", "--compress", is_flag=True, help="Compress what is sent.")
@click.option("-4", "ipv4", is_flag=True, help="IPv4 addresses only.")
@click.option("-6", "ipv6", is_flag=True, help="IPv6 addresses only.")
@click.option("-B", "--batch", is_flag=True, help="Ask nothing.")
@_with_options_of_scp
@click.argument("places", nargs=-1, metavar="SOURCE... TARGET")
@click.pass_obj
def command(
    options: GlobalOptions,
    /,
    *,
    recursive: bool,
    preserve: bool,
    delta: bool,
    quiet: bool,
    resume: bool,
    batch: bool,
    places: tuple[str, ...],
    **connecting: str | bool | tuple[str, ...] | None,
) -> int:
    """Copy files to and from machines, and between them.

    \b
    mooring scp -r dev:/etc/nginx .
    mooring scp -p notes.txt ops@web-1:
    mooring scp -d -r site web-1:/srv/site
    mooring scp --continue db-1:dump.sql.gz web-1:/tmp

    SOURCE and TARGET are paths here, or MACHINE:PATH and USER@MACHINE:PATH. A path on a machine begins in the home
    folder there. From machine to machine the files go through here.

    The system's scp copies where there is one, Mooring's own SSH otherwise, and where two machines need options that
    scp would give to both. The status is 1 when files could not be copied, and 255 when a machine can't be reached.
    """
    from mooring.cli.demo import with_demo
    from mooring.cli.scp.errand import CopyRequest, run_copy

    given = [GivenOption("o", "BatchMode=yes")] if batch else []
    for name, value in connecting.items():
        values = value if isinstance(value, tuple) else (value,)
        given += [GivenOption(_OF_SSH[name], each if isinstance(each, str) else None) for each in values if each]
    request = CopyRequest(places, recursive, delta, quiet, resume, preserve, tuple(given))
    return with_demo(options, lambda each: run_copy(request, each))
