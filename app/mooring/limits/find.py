"""`find_limits`: from what is asked for to what will not happen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mooring.limits.algorithms import SupportedAlgorithms, find_missing_algorithms
from mooring.limits.finding import Finding, Severity
from mooring.limits.rules import RULES, TAB_RULES
from mooring.model.errors import UnsupportedError
from mooring.model.origin import COMMAND_LINE
from mooring.model.ssh_arguments import SshArguments
from mooring.sshconfig import ResolvedHost

_WEIGHTS = tuple(Severity)


def find_limits(
    resolved: ResolvedHost,
    supported: SupportedAlgorithms,
    *,
    arguments: SshArguments | None = None,
    in_tab: bool = False,
) -> tuple[Finding, ...]:
    """Say what the native path can't honour for one resolved host, what matters most first.

    Only what something other than a default asks for counts. `arguments` are those of the command line where there is
    one; `in_tab` says that the session is to be a tab of the screen, which honours less. Raises UsageError for an
    argument that ssh refuses.
    """
    found = [
        *_refused_flags(resolved.target.host, arguments or SshArguments()),
        *_ruled_out(resolved, in_tab=in_tab),
        *find_missing_algorithms(resolved, supported),
    ]
    return tuple(sorted(found, key=lambda finding: _WEIGHTS.index(finding.severity)))


def refuse(findings: Iterable[Finding], *, hint: str) -> None:
    """Raise UnsupportedError with every finding that forbids a connection, if there is one; `hint` is the next step."""
    refused = [str(finding) for finding in findings if finding.is_refused]
    if refused:
        raise UnsupportedError("\n".join(refused), hint=hint)


def warnings(findings: Iterable[Finding]) -> tuple[str, ...]:
    """What has to be said before connecting, a line each."""
    return tuple(str(finding) for finding in findings if finding.severity is Severity.WARNED)


def _ruled_out(resolved: ResolvedHost, *, in_tab: bool) -> Iterator[Finding]:
    rules = [*RULES.values(), *(TAB_RULES.values() if in_tab else ())]
    for rule in rules:
        origin = resolved.setting(rule.keyword).origin
        if origin is not None and rule.asked(resolved):
            yield Finding(resolved.target.host, rule.keyword, rule.what, rule.why, rule.weigh(origin), origin)


def _refused_flags(hop: str, arguments: SshArguments) -> Iterator[Finding]:
    """The flags of ssh(1) that are no setting; the others are found by the keyword that they set."""

    def refused(flag: str, what: str, why: str) -> Finding:
        return Finding(hop, flag, what, why, Severity.REFUSED, COMMAND_LINE)

    if arguments.count("O"):
        yield refused("-O", "there is no master to command", "the native path makes a connection for each session")
