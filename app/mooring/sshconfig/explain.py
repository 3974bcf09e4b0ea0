"""`explain`: which options something other than a default set, and where, hop by hop."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mooring.model.errors import ConfigError
from mooring.model.machine import Target
from mooring.model.origin import COMMAND_LINE, Origin
from mooring.sshconfig.dump import KEYWORDS, printed_values
from mooring.sshconfig.files import ConfigurationFiles
from mooring.sshconfig.person import Person
from mooring.sshconfig.resolved import ResolvedHost
from mooring.sshconfig.resolver import resolve

_MOST_HOPS = 16


@dataclass(frozen=True, slots=True)
class Explanation:
    """One value of an option: `hop` is the host whose option it is, `keyword` and `value` are as in `ssh -G`."""

    hop: str
    keyword: str
    value: str
    origin: Origin


def resolve_way(
    target: Target,
    *,
    command: str = "",
    run_match_exec: bool = True,
    environment: Mapping[str, str] | None = None,
    files: ConfigurationFiles | None = None,
    person: Person | None = None,
) -> tuple[ResolvedHost, ...]:
    """Resolve a target and every hop before it, in the order in which they are connected to; the target is last.

    A first hop may have a ProxyJump of its own configuration, and so on; a way that comes back to itself, which ssh
    would follow until processes run out, is a `ConfigError`. Raises as `resolve` does.
    """

    def answer(of: Target, remote_command: str = "") -> ResolvedHost:
        return resolve(
            of,
            command=remote_command,
            run_match_exec=run_match_exec,
            environment=environment,
            files=files,
            person=person,
        )

    way = [answer(target, command)]
    while way[0].hops:
        hops = [answer(hop) for hop in way[0].hops]
        places = {(host.hostname, host.port, host.user) for host in way}
        for host in hops:
            if (host.hostname, host.port, host.user) in places or len(way) + len(hops) > _MOST_HOPS:
                origin = way[0].setting("proxyjump").origin
                raise ConfigError(f"jumphost loop via {host.hostname}", origin or COMMAND_LINE)
        way = [*hops, *way]
    return tuple(way)


def explain(
    target: Target,
    *,
    command: str = "",
    run_match_exec: bool = True,
    environment: Mapping[str, str] | None = None,
    files: ConfigurationFiles | None = None,
    person: Person | None = None,
) -> tuple[Explanation, ...]:
    """Say for every option that isn't OpenSSH's default what it is and where it was set, first hop first.

    Raises as `resolve` does.
    """
    way = resolve_way(
        target,
        command=command,
        run_match_exec=run_match_exec,
        environment=environment,
        files=files,
        person=person,
    )
    return tuple(explanation for resolved in way for explanation in explained(resolved))


def explained(resolved: ResolvedHost) -> tuple[Explanation, ...]:
    """The same for one host that is resolved already, in the order of `ssh -G`."""
    found: list[Explanation] = []
    hop = resolved.target.host
    for keyword in KEYWORDS:
        setting = resolved.setting(keyword)
        if setting.origin is None:
            continue
        values = printed_values(resolved, keyword) or setting.values or ("none",)
        origins = setting.origins if len(setting.origins) == len(values) else (setting.origin,) * len(values)
        found.extend(
            Explanation(hop, keyword, value, origin or setting.origin)
            for value, origin in zip(values, origins, strict=True)
        )
    return tuple(found)
