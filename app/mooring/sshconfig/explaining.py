"""`explain`: which options something other than a default set, and where, hop by hop."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from mooring.model.errors import ConfigError
from mooring.model.machine import Target
from mooring.model.origin import COMMAND_LINE, Origin
from mooring.sshconfig.dumping import KEYWORDS, printed_values
from mooring.sshconfig.resolved import ResolvedHost
from mooring.sshconfig.resolver import resolve

Resolver = Callable[[Target], ResolvedHost]
"""`resolve`, with its further arguments filled in."""

_DEEPEST = 16
"""How often a first hop may be reached through jump hosts of its own: more is a loop that never meets itself."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """One value of an option: `hop` is the host whose option it is, `keyword` and `value` are as in `ssh -G`."""

    hop: str
    keyword: str
    value: str
    origin: Origin


def resolve_way(target: Target, resolver: Resolver = resolve) -> tuple[ResolvedHost, ...]:
    """Resolve a target and every hop before it, in the order in which they are connected to; the target is last.

    A first hop may have a ProxyJump of its own configuration, and so on; a way that comes back to itself, which ssh
    would follow until processes run out, is a `ConfigError`. Raises as `resolver` does.
    """
    way = [resolver(target)]
    leading = way[0]
    passed = set[tuple[str, int, str]]()
    for _depth in range(_DEEPEST):
        first = way[0]
        place = (first.target.host, first.port, first.user)
        if not first.hops:
            return tuple(way)
        if place in passed:
            break
        passed.add(place)
        leading = first
        way = [*map(resolver, first.hops), *way]
    raise ConfigError(f"jumphost loop via {way[0].hostname}", leading.setting("proxyjump").origin or COMMAND_LINE)


def explain(target: Target, resolver: Resolver = resolve) -> tuple[Explanation, ...]:
    """Say for every option that isn't OpenSSH's default what it is and where it was set, first hop first.

    Raises as `resolve_way` does.
    """
    return tuple(explanation for resolved in resolve_way(target, resolver) for explanation in explained(resolved))


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
