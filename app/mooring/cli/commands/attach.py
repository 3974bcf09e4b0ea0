"""`mooring attach`, as click knows it."""

from __future__ import annotations

import click

from mooring.cli.options import GlobalOptions


@click.command(name="attach")
@click.argument("engine", type=int, required=False)
@click.option("--take-over", is_flag=True, help="Send another mooring away that is showing the sessions.")
@click.pass_obj
def command(options: GlobalOptions, engine: int | None, take_over: bool) -> int:
    """Take sessions up again that were left running.

    \b
    mooring attach
    mooring attach --take-over
    mooring attach 4711

    They come with everything that stood on them. `mooring` alone does so too where there are some. ENGINE is the
    process id that `mooring sessions` shows, for one of several; without it the sessions that were left last are meant.
    """
    from mooring.cli.sessions_command import run_attach

    return run_attach(options, engine=engine, take_over=take_over)
