"""`mooring history`."""

from __future__ import annotations

from pathlib import Path

import click

from mooring.cli.fleet.request import Form
from mooring.cli.fleet.view_options import view_of, view_options
from mooring.cli.options import GlobalOptions


@click.command()
@click.argument("name", required=False, metavar="[RUN]")
@click.option("--search", "text", metavar="TEXT", help="Only the lines that hold it, with their machines.")
@view_options
@click.pass_obj
def command(
    options: GlobalOptions,
    name: str | None,
    text: str | None,
    form: str | None,
    diff: bool,
    side_by_side: bool,
    masks: tuple[str, ...],
    export: Path | None,
) -> int:
    """List earlier runs, or show one's answers again.

    \b
    mooring history
    mooring history last --diff
    mooring history 20260314-0930 --search 'out of memory'
    mooring history last --export report.md

    RUN is `last`, or how the id of a run begins. The last fifty are kept, with all that machines wrote, readable by you
    alone.
    """
    from mooring.cli.fleet.history_command import run_history

    view = view_of(form, diff, side_by_side, masks, export, Form.GATHER)
    return run_history(options, name=name, view=view, text=text)
