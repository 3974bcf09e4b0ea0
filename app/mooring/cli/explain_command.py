"""`mooring explain`: what a machine resolves to, from which line of which file, and what native can't do of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from mooring.cli.errors import printable, say
from mooring.cli.options import GlobalOptions
from mooring.cli.ssh_command import find_errand
from mooring.explanation import HopExplanation, WayExplanation, explain_way
from mooring.inventory import did_you_mean
from mooring.limits import Severity
from mooring.model.errors import UsageError
from mooring.model.ssh_arguments import parse
from mooring.system_ssh import shell_line

_USAGE = "usage: mooring explain [--json] [SSH OPTIONS] [MACHINE [COMMAND ...]]"
_SIGNS = {Severity.REFUSED: "✕", Severity.WARNED: "!", Severity.NOTED: "·"}
_SEVERITIES = {
    Severity.REFUSED: "refused",
    Severity.WARNED: "said at each connection, which goes on",
    Severity.NOTED: "ssh goes another way here",
}


def run_explain(options: GlobalOptions, *, as_json: bool) -> int:
    """Explain the machine that `options.ssh_words` name, on standard output; the status is 0.

    Raises MooringError for a machine that can't be resolved.
    """
    arguments = parse(options.ssh_words)
    if arguments.query is not None:
        raise UsageError(f"There is nothing to explain about -{arguments.query.letter}.", hint=_USAGE)
    errand = find_errand(arguments, options)
    way = explain_way(errand.target, errand.arguments)
    if errand.machine is None:
        say(f"{errand.target.host} is no machine in the list, and taken for a host name, as `mooring ssh` does.")
        if question := did_you_mean(errand.target.host, errand.machine_names):
            say(question)
    for text in way.warnings:
        say(text)
    if as_json:
        print(json.dumps(_as_data(way), indent=2))
    else:
        print("\n".join(printable(line) for line in _lines(way)))
    return 0


def _lines(way: WayExplanation) -> Iterator[str]:
    yield f"{way.machine.name} is {way.machine.address}"
    yield from _settings(way.machine)
    for jump in way.jumps:
        yield ""
        yield f"on the way: {jump.name} is {jump.address}"
        yield from _settings(jump)
    findings = [finding for hop in (way.machine, *way.jumps) for finding in hop.findings]
    if findings:
        yield ""
        yield "What the native client can't do of it:"
    for finding in findings:
        hop = "" if finding.hop == way.machine.name else f"{finding.hop}: "
        yield f"  {_SIGNS[finding.severity]} {hop}{_shorten_home(str(finding))} ({_SEVERITIES[finding.severity]})"
    yield ""
    yield "The same with the system's ssh:"
    yield f"  {shell_line(way.ssh_words)}"


def _settings(hop: HopExplanation) -> Iterator[str]:
    """A line for each value: keyword, place, and the value, which may be long."""
    if not hop.settings:
        yield "  nothing is set but the defaults"
    places = [_shorten_home(str(setting.origin)) for setting in hop.settings]
    keywords = _width(setting.keyword for setting in hop.settings)
    width = _width(places)
    for setting, place in zip(hop.settings, places, strict=True):
        yield f"  {setting.keyword:<{keywords}}  {place:<{width}}  {_one_line(setting.value)}"


def _width(texts: Iterable[str]) -> int:
    return max(map(len, texts), default=0)


def _one_line(text: str) -> str:
    return printable(text).replace("\n", "^J").replace("\t", "^I")


def _shorten_home(text: str) -> str:
    return text.replace(f"{Path.home()}/", "~/")


def _as_data(way: WayExplanation) -> dict[str, object]:
    return {
        "machine": _hop_as_data(way.machine),
        "jumps": [_hop_as_data(jump) for jump in way.jumps],
        "ssh": {"line": shell_line(way.ssh_words), "words": list(way.ssh_words)},
    }


def _hop_as_data(hop: HopExplanation) -> dict[str, object]:
    return {
        "name": hop.name,
        "user": hop.user,
        "hostname": hop.hostname,
        "port": hop.port,
        "settings": [
            {
                "keyword": setting.keyword,
                "value": setting.value,
                "file": setting.origin.path,
                "line": setting.origin.line,
            }
            for setting in hop.settings
        ],
        "native_limits": [
            {
                "option": finding.option,
                "severity": str(finding.severity),
                "what": finding.what,
                "why": finding.why,
                "file": finding.origin.path,
                "line": finding.origin.line,
            }
            for finding in hop.findings
        ],
    }
