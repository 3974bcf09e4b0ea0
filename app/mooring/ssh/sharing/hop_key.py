"""What makes two hops one connection: the settings that decide on it, and the hops that lead there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from mooring.sshconfig import ResolvedHost

_OF_THE_SESSION = frozenset({
    "requesttty", "remotecommand", "sessiontype", "stdinnull", "forkafterauthentication", "sendenv", "setenv",
    "escapechar", "enableescapecommandline", "localcommand", "permitlocalcommand", "localforward", "remoteforward",
    "dynamicforward", "clearallforwardings", "exitonforwardfailure", "gatewayports", "streamlocalbindmask",
    "streamlocalbindunlink", "permitremoteopen",
})  # fmt: skip
"""What is done on a connection, which is each user's own."""

_OF_THE_ATTEMPT = frozenset({
    "connecttimeout", "connectionattempts", "numberofpasswordprompts", "visualhostkey", "loglevel", "logverbose",
    "syslogfacility", "controlmaster", "controlpath", "controlpersist",
})  # fmt: skip
"""How a connection is made and talked about: nothing is left of that once it stands. BatchMode is not among them,
since whoever may be asked must not be given the failure of one who may not."""

_OF_THE_NAME = frozenset({
    "host", "tag", "proxyjump", "canonicalizehostname", "canonicaldomains", "canonicalizemaxdots",
    "canonicalizefallbacklocal", "canonicalizepermittedcnames", "ignoreunknown",
})  # fmt: skip
"""How a name became an address, and a ProxyJump the hops before this one."""

_IGNORED = _OF_THE_SESSION | _OF_THE_ATTEMPT | _OF_THE_NAME


@dataclass(frozen=True, slots=True)
class HopKey:
    """Equal for hops that may share a connection. `ordinal` counts the connections where one is not enough."""

    via: HopKey | None
    settings: tuple[tuple[str, tuple[str, ...]], ...]
    expanded: tuple[object, ...]
    ordinal: int = 0

    def next(self) -> HopKey:
        """The key of one more connection to the same place."""
        return replace(self, ordinal=self.ordinal + 1)


def hop_key(resolved: ResolvedHost, via: HopKey | None) -> HopKey:
    """The key of a resolved host that is reached through `via` (None: directly, or by a ProxyCommand).

    ssh's own ControlPath looks at user, host, port and jumps alone (`%C`); here every setting counts that could make a
    difference on the wire or in what is trusted, so that nobody shares what he could not have made himself.
    """
    settings = tuple(
        sorted((name, setting.values) for name, setting in resolved.settings.items() if name not in _IGNORED)
    )
    expanded = (
        resolved.proxy_command,
        resolved.identity_files,
        resolved.certificate_files,
        resolved.agent_socket,
        resolved.forward_agent_socket if resolved.forward_agent else None,
    )
    return HopKey(via, settings, expanded)


def way_key(way: Sequence[ResolvedHost]) -> HopKey:
    """The key of the last host of a way; `way` has one host at least."""
    key: HopKey | None = None
    for resolved in way:
        key = hop_key(resolved, key)
    if key is None:
        raise ValueError("a way without hosts")
    return key
