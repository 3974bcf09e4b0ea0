"""`mooring doctor`: every examination in turn, for people and as JSON."""

from __future__ import annotations

import json
import os
import shutil
import sys
import textwrap
from collections.abc import Iterator

import click

from mooring.cli.doctor.configuration import examine_configuration, examine_machines
from mooring.cli.doctor.engines import examine_engines
from mooring.cli.doctor.finding import Finding, Level
from mooring.cli.doctor.permissions import examine_permissions
from mooring.cli.doctor.ssh import examine_agent, examine_ssh
from mooring.cli.doctor.terminal import examine_terminal
from mooring.cli.errors import printable
from mooring.cli.options import GlobalOptions
from mooring.store import Paths

_SIGNS = {Level.FINE: "✓", Level.NOTE: "·", Level.WARNING: "!", Level.PROBLEM: "✕"}
_COLOURS = {Level.FINE: "green", Level.NOTE: None, Level.WARNING: "yellow", Level.PROBLEM: "red"}
_PROBLEMS = 1


def run_doctor(options: GlobalOptions, *, as_json: bool) -> int:
    """Print what was found, part by part; the status is 1 where something is a problem, else 0."""
    found: list[tuple[str, Finding]] = []
    for part, findings in _examinations(options):
        if not as_json:
            _echo(click.style(part, bold=True))
        for finding in findings:
            found.append((part, finding))
            if not as_json:
                _print(finding)
    if as_json:
        print(json.dumps([_as_data(part, finding) for part, finding in found], indent=2, ensure_ascii=False))
    else:
        _echo(_summary([finding for _part, finding in found]))
    return _PROBLEMS if any(finding.level is Level.PROBLEM for _part, finding in found) else 0


def _examinations(options: GlobalOptions) -> Iterator[tuple[str, Iterator[Finding]]]:
    paths = options.paths or Paths.of_this_person()
    yield "Terminal", examine_terminal(os.environ)
    yield "SSH", examine_ssh(os.environ)
    yield "Agent", examine_agent(os.environ)
    yield "Configuration", examine_configuration(paths)
    yield "Machines", examine_machines(options, paths)
    yield "Permissions", examine_permissions(paths)
    yield "Engine", examine_engines(paths)


def _print(finding: Finding) -> None:
    place = f"{finding.origin}: " if finding.origin is not None and finding.origin.path not in finding.what else ""
    sign = click.style(_SIGNS[finding.level], fg=_COLOURS[finding.level])
    first, *more = _lines(f"{place}{finding.what}", indent=4)
    _echo(f"  {sign} {first}")
    for line in more:
        _echo(f"    {line}")
    if finding.remedy:
        first, *more = _lines(finding.remedy, indent=6)
        _echo(f"    → {first}")
        for line in more:
            _echo(f"      {line}")


def _lines(text: str, *, indent: int) -> list[str]:
    """The lines of a text; where a person looks at them, as long as fit behind the indentation. Paths stay whole."""
    lines = printable(text).splitlines() or [""]
    if not sys.stdout.isatty():
        return lines
    room = max(shutil.get_terminal_size().columns - indent, 20)
    return [
        part
        for line in lines
        for part in textwrap.wrap(line, room, break_long_words=False, break_on_hyphens=False) or [""]
    ]


def _echo(text: str) -> None:
    """Print a line, in colours where a person looks at it who wants them."""
    click.echo(text, color=False if os.environ.get("NO_COLOR") else None)


def _summary(findings: list[Finding]) -> str:
    counts = {level: sum(finding.level is level for finding in findings) for level in Level}
    told = [
        f"{counts[level]} {level}{'' if counts[level] == 1 else 's'}"
        for level in (Level.PROBLEM, Level.WARNING)
        if counts[level]
    ]
    return f"\n{' and '.join(told)} found." if told else "\nNothing is in the way."


def _as_data(part: str, finding: Finding) -> dict[str, object]:
    return {
        "part": part.casefold(),
        "level": finding.level,
        "what": finding.what,
        "remedy": finding.remedy or None,
        "file": finding.origin.path if finding.origin else None,
        "line": finding.origin.line if finding.origin else None,
    }
