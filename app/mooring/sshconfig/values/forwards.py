"""`LocalForward`, `RemoteForward` and `DynamicForward`: port forwards as a configuration writes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from mooring.model.forward_specification import ForwardSpecification, parse_forward
from mooring.model.origin import Origin
from mooring.sshconfig.directive import Directive
from mooring.sshconfig.tokens import ExpansionError, expand_environment, expand_percent

ForwardKind = Literal["localforward", "remoteforward", "dynamicforward"]

KINDS: tuple[ForwardKind, ...] = ("dynamicforward", "localforward", "remoteforward")
"""In the order in which `ssh -G` prints them."""
_LONGEST_LINE = 255
"""readconf.c builds the specification in a buffer of this size."""
_LONGEST_HOST = 1024
_LONGEST_PATH = 107
"""What fits into the sun_path of a socket's address on Linux."""


@dataclass(frozen=True, slots=True)
class PlacedForward:
    """A forward, and where it was written. A remote one without a target is dynamic, with the SOCKS server here."""

    kind: ForwardKind
    specification: ForwardSpecification
    origin: Origin

    @property
    def text(self) -> str:
        """Both sides, as `ssh -G` prints them."""
        listen = self.specification.listen
        return listen if self.kind == "dynamicforward" else f"{listen} {self.specification.connect or '[socks]:0'}"

    def same_as(self, other: PlacedForward) -> bool:
        """Whether both would listen at the same place and lead to the same one."""
        return (self.kind == "remoteforward") == (other.kind == "remoteforward") and (
            self.specification == other.specification
        )

    def expanded(self, tokens: Mapping[str, str]) -> PlacedForward:
        """The forward with the tokens in its paths replaced; raises `ExpansionError`."""
        specification = self.specification
        if specification.listen_path is not None:
            specification = replace(specification, listen_path=expand_percent(specification.listen_path, tokens))
        if specification.connect_path is not None:
            specification = replace(specification, connect_path=expand_percent(specification.connect_path, tokens))
        return replace(self, specification=specification)


def forward(directive: Directive) -> PlacedForward:
    """Parse the arguments of a forward; raises `BadDirectiveError`."""
    kind = next(kind for kind in KINDS if kind == directive.keyword)
    listen = directive.argument()
    connect = directive.arguments.next() if kind != "dynamicforward" else None
    if kind == "localforward" and not connect:
        raise directive.bad("Missing target argument.")
    text = f"{listen}:{connect}"[:_LONGEST_LINE] if connect else listen
    try:
        expand_environment(text, directive.environment)
    except ExpansionError as error:
        raise directive.bad("Bad forwarding specification.").after(*error.messages) from None
    found = parse_forward(text, directive.environment, dynamic=not connect, remote=kind == "remoteforward")
    if found is None or not _fits(found):
        raise directive.bad("Bad forwarding specification.")
    if kind == "dynamicforward" and not found.dynamic:
        kind = "localforward"
    return PlacedForward(kind, found, directive.origin)


def _fits(found: ForwardSpecification) -> bool:
    hosts = (found.listen_host or "", found.connect_host or "")
    paths = (found.listen_path or "", found.connect_path or "")
    return all(len(host) <= _LONGEST_HOST for host in hosts) and all(len(path) <= _LONGEST_PATH for path in paths)
