"""`mooring scp`."""

from __future__ import annotations

import click

from mooring.cli.options import GlobalOptions


@click.command(options_metavar="[OPTIONS]")
@click.option("-r", "--recursive", is_flag=True, help="Copy folders with all that is in them.")
@click.option("-d", "--delta", is_flag=True, help="Send only what differs; takes rsync on both sides.")
@click.option("-q", "--quiet", is_flag=True, help="No progress, and no warnings of ssh's.")
@click.option(
    "-c",
    "--continue",
    "resume",
    is_flag=True,
    help="Go on with files that broke off, and leave out those that are there whole; by Mooring's own SSH.",
)
@click.argument("places", nargs=-1, metavar="SOURCE... TARGET")
@click.pass_obj
def command(
    options: GlobalOptions, *, recursive: bool, delta: bool, quiet: bool, resume: bool, places: tuple[str, ...]
) -> int:
    """Copy files to and from machines, and between them.

    \b
    mooring scp -r dev:/etc/nginx .
    mooring scp notes.txt ops@web-1:
    mooring scp -d -r site web-1:/srv/site
    mooring scp --continue db-1:dump.sql.gz web-1:/tmp

    SOURCE and TARGET are paths here, or MACHINE:PATH and USER@MACHINE:PATH. A path on a machine begins in the home
    folder there. From machine to machine the files go through here.

    The system's scp copies where there is one, Mooring's own SSH otherwise, and where two machines need options that
    scp would give to both. The status is 1 when files could not be copied, and 255 when a machine can't be reached.
    """
    from mooring.cli.demo import with_demo
    from mooring.cli.scp.errand import CopyRequest, run_copy

    request = CopyRequest(places, recursive, delta, quiet, resume)
    return with_demo(options, lambda each: run_copy(request, each))
