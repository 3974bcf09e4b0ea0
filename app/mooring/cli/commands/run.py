"""`mooring run`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from mooring.cli.fleet.request import Form, RunRequest
from mooring.cli.fleet.view_options import view_of, view_options
from mooring.cli.options import GlobalOptions


@click.command(context_settings={"allow_interspersed_args": False}, options_metavar="[OPTIONS]")
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
@view_options
@click.argument("words", nargs=-1, type=click.UNPROCESSED, metavar="-- COMMAND...")
@click.pass_obj
def command(
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
    view = view_of(form, diff, side_by_side, masks, export, Form.STREAM)
    request = RunRequest(view=view, **wanted)
    from mooring.cli.demo import with_demo
    from mooring.cli.fleet.run_command import run_run

    return with_demo(options, lambda of: run_run(of, request))
