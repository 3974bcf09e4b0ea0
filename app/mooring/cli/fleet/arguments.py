"""The command lines of `mooring run`, `mooring history` and `mooring commands`, as click reads them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from mooring.cli.fleet.request import Form, RunRequest, View
from mooring.cli.options import GlobalOptions

_MASKS = ("numbers", "times", "addresses")


def _view_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say how answers are shown, which running and looking again have in common."""
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


def _view(
    form: str | None, diff: bool, side_by_side: bool, masks: tuple[str, ...], export: Path | None, usual: Form
) -> View:
    compares = diff or side_by_side
    if form not in (None, Form.GATHER) and compares:
        raise click.UsageError("--diff and --side-by-side gather; they can't be had with another form")
    chosen = Form(form) if form is not None else Form.GATHER if compares else usual
    return View(chosen, diff, side_by_side, masks, export)


@click.command(name="run", context_settings={"allow_interspersed_args": False}, options_metavar="[OPTIONS]")
@click.option(
    "--on",
    "patterns",
    multiple=True,
    metavar="WHERE",
    help="A machine, a group, tag:TAG, a glob, or names folded as `web-[01-12]`. May be given again.",
)
@click.option(
    "--saved", metavar="NAME", help="A saved command, in place of one behind --. Without --on it runs where it is for."
)
@click.option(
    "-p",
    "--param",
    "parameters",
    multiple=True,
    metavar="KEY=VALUE",
    help="A value for the saved command. Secrets are asked for.",
)
@click.option("--sudo", is_flag=True, help="Run it as root; sudo's password is asked for once.")
@click.option("-j", "--at-once", type=click.IntRange(1), metavar="N", help="How many machines at one time (100).")
@click.option(
    "--timeout",
    type=click.FloatRange(0, min_open=True),
    metavar="S",
    help="Seconds for each machine, from the first step towards it.",
)
@click.option(
    "--total-timeout", type=click.FloatRange(0, min_open=True), metavar="S", help="Seconds for the whole run."
)
@click.option(
    "--stop-after", type=click.IntRange(1), metavar="N", help="After N failures, begin with no further machine."
)
@click.option(
    "--canary",
    is_flag=True,
    help="The first machine alone; the others when its answer is confirmed (with --yes: when it ended with 0).",
)
@click.option("--one-password", is_flag=True, help="Take all machines' password prompts for the same one.")
@click.option("-y", "--yes", is_flag=True, help="Confirm guarded machines and commands that ask first.")
@click.option("-n", "--no-stdin", is_flag=True, help="Send nothing: standard input is not read.")
@click.option("--preview", is_flag=True, help="Print what would run on each machine, and run nothing.")
@click.option(
    "--rerun-failed",
    "rerun",
    is_flag=False,
    flag_value="last",
    metavar="[RUN]",
    help="The same as in an earlier run (the last), where it did not end well.",
)
@click.option("--no-history", is_flag=True, help="Keep nothing of this run.")
@click.option(
    "--stream",
    "form",
    flag_value="stream",
    help="Show each line as it comes, behind its machine's name. This is usual.",
)
@click.option(
    "--gather",
    "form",
    flag_value="gather",
    help="Show equal answers once, with the names of all who gave them; the fewest first.",
)
@_view_options
@click.argument("words", nargs=-1, type=click.UNPROCESSED, metavar="-- COMMAND...")
@click.pass_obj
def run_command(
    options: GlobalOptions,
    /,
    form: str | None,
    diff: bool,
    side_by_side: bool,
    masks: tuple[str, ...],
    export: Path | None,
    **wanted: Any,
) -> int:
    """Run one command on many machines.

    \b
    mooring run --on production -- uptime
    mooring run --on 'web-*' --on tag:db --gather -- uname -r
    mooring run --on web --diff --mask times -- cat /etc/hosts
    mooring run --saved 'restart unit' -p unit=nginx --canary
    mooring run --on web-[01-12] --sudo -- systemctl restart nginx
    mooring run --on '*' --timeout 20 --json -- df -P / > disks.json
    tar c site | mooring run --on web -- tar x -C /srv
    mooring run --rerun-failed

    The words behind -- are joined by blanks and read by each machine's own shell, as with ssh; nothing in them is
    replaced here. Standard input, where it is no terminal, goes to every machine. Host keys are checked and logins are
    asked for as ssh does; a question that many machines have in common is asked once. Machines that are marked as
    guarded are named before anything is sent.

    The first ^C ends what runs and shows what has come; the second hangs up on everybody.

    The status is the highest of all machines' own; 255 where a machine could not be reached, ran out of time or was
    cancelled; 130 after ^C.
    """
    view = _view(form, diff, side_by_side, masks, export, Form.STREAM)
    request = RunRequest(view=view, **wanted)
    from mooring.cli.demo import with_demo
    from mooring.cli.fleet.run_command import run_run

    return with_demo(options, lambda of: run_run(of, request))


@click.command(name="history")
@click.argument("name", required=False, metavar="[RUN]")
@click.option("--search", "text", metavar="TEXT", help="Only the lines that hold it, with their machines.")
@_view_options
@click.pass_obj
def history_command(
    options: GlobalOptions,
    name: str | None,
    text: str | None,
    form: str | None,
    diff: bool,
    side_by_side: bool,
    masks: tuple[str, ...],
    export: Path | None,
) -> int:
    """List the runs that were, or show the answers of one again: RUN is `last`, or how its id begins.

    \b
    mooring history
    mooring history last --diff
    mooring history 20260314-0930 --search 'out of memory'
    mooring history last --export report.md

    The last fifty runs are kept, with all that machines wrote, readable by you alone.
    """
    from mooring.cli.fleet.history_command import run_history

    view = _view(form, diff, side_by_side, masks, export, Form.GATHER)
    return run_history(options, name=name, view=view, text=text)


@click.command(name="commands")
@click.option("--json", "as_json", is_flag=True, help="All that is known of them, as JSON.")
@click.pass_obj
def commands_command(options: GlobalOptions, as_json: bool) -> int:
    """List the saved commands: your own, and those of the project around this folder.

    They are read from commands.toml in Mooring's configuration folder, and from .mooring/commands.toml in this folder
    or the nearest one above it. What is wrong in a file is said with its line.
    """
    from mooring.cli.fleet.commands_command import run_commands

    return run_commands(options, as_json=as_json)
