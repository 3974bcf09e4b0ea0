"""The options that say how answers are shown, which running and looking again have in common."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from mooring.cli.fleet.request import Form, View

_MASKS = ("numbers", "times", "addresses")


def view_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command these options."""
    options = (
        click.option(
            "--by-machine", "form", flag_value="by machine", help="Show each machine's answer apart, in order."
        ),
        click.option("--json", "form", flag_value="json", help="Print all of it as one JSON document."),
        click.option("--diff", is_flag=True, help="Gather, and show how each group differs from the largest one."),
        click.option("--side-by-side", is_flag=True, help="The same with both answers next to each other."),
        click.option(
            "--mask",
            "masks",
            multiple=True,
            type=click.Choice(_MASKS),
            help="What is not to count when answers are compared; may be given again.",
        ),
        click.option(
            "--export",
            type=click.Path(path_type=Path),
            metavar="PLACE",
            help="Also write the answers to a file (.json or .md), or to a new folder with a file each.",
        ),
    )
    for option in reversed(options):
        function = option(function)
    return function


def view_of(
    form: str | None, diff: bool, side_by_side: bool, masks: tuple[str, ...], export: Path | None, usual: Form
) -> View:
    """What they say; `usual` is the form where none is named."""
    compares = diff or side_by_side
    if form not in (None, Form.GATHER) and compares:
        raise click.UsageError("--diff and --side-by-side gather; they can't be had with another form")
    chosen = Form(form) if form is not None else Form.GATHER if compares else usual
    return View(chosen, diff, side_by_side, masks, export)
