"""`mooring ls`."""

from __future__ import annotations

import click

from mooring.cli.options import GlobalOptions


@click.command()
@click.option("-q", "--quiet", is_flag=True, help="Names alone, one on a line.")
@click.option(
    "--filter",
    "filters",
    multiple=True,
    metavar="KEY=VALUE",
    help="Only machines that fit; may be given again. Keys: driver, state, name, label (or tag), group, source, user.",
)
@click.option("-f", "--format", "template", metavar="TEMPLATE", help="Print a line of your own for each machine.")
@click.option("--json", "as_json", is_flag=True, help="All that is known, as JSON.")
@click.option("--probe", is_flag=True, help="Knock at each machine, and show whether it can be reached.")
@click.option(
    "-t",
    "--timeout",
    type=click.FloatRange(0, 600, min_open=True),
    default=10.0,
    metavar="SECONDS",
    help="How long to wait for a machine's answer to that (10).",
)
@click.pass_obj
def command(
    options: GlobalOptions,
    quiet: bool,
    filters: tuple[str, ...],
    template: str | None,
    as_json: bool,
    probe: bool,
    timeout: float,
) -> int:
    """List the machines.

    \b
    mooring ls
    mooring ls --filter driver=virtualbox --filter driver=generic --filter name=^web
    mooring ls --filter state=Running -q
    mooring ls -f '{{.Name}}: {{.DriverName}} {{.Address}}'
    mooring ls -f 'table {{.Name}}\\t{{.State}}\\t{{.ResponseTime}}'
    mooring ls --json | jq -r '.[] | select(.guard) | .name'

    They are sorted by name, with numbers in it counted as numbers. Columns with nothing in them are left out. ADDRESS,
    USER and PORT are what the sources say; `mooring explain` resolves the rest. SOURCE tells where a machine comes
    from, the one that wins first. STATE is there after --probe, or where a filter or a template asks for it: Running
    (its SSH server answers), Stopped (refused, no route, no address), Timeout, Error, and Unknown where finding out
    would need an answer of yours or run a program. Nobody logs in for it.

    Of filters with one key any may fit, and of each key one has to. `name` is a regular expression, other values may be
    globs; `state` also takes the words of the screens (up, refused, down).

    Templates are Go's, as with docker-machine: fields .Name .Active .DriverName .State .URL .Error .ResponseTime, and
    .Reach .Address .User .Port .Jump .Groups .Tags .Sources .Origin .Notes .Colour .Favourite .Guard; functions json,
    prettyjson, upper, lower, title, join, split, index, len, print, eq, ne, not, and, or; {{if}}, {{else}}, {{range}},
    {{end}}.
    """
    if quiet + as_json + (template is not None) > 1:
        raise click.UsageError("-q, --json and --format exclude each other")
    from mooring.cli.demo import with_demo
    from mooring.cli.ls_command import Listing, run_ls

    listing = Listing(filters, quiet, as_json, template, probe, timeout)
    return with_demo(options, lambda of: run_ls(of, listing))
