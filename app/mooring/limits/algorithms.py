"""Algorithm lists that name what the native path's SSH library does not have."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from mooring.limits.finding import Finding, Severity
from mooring.sshconfig import ResolvedHost
from mooring.sshconfig.values.algorithms import KINDS

SupportedAlgorithms = Callable[[str], Collection[str] | None]
"""Gives the names that the library has for a keyword. It is `mooring.ssh.supported.supported_algorithms`, which takes a
while to load: called only for a list that something set."""

LISTS = {
    "ciphers": "Ciphers",
    "hostkeyalgorithms": "HostKeyAlgorithms",
    "kexalgorithms": "KexAlgorithms",
    "macs": "MACs",
    "pubkeyacceptedalgorithms": "PubkeyAcceptedAlgorithms",
}
"""The keywords that are looked at, with the manual's spelling."""


def find_missing_algorithms(resolved: ResolvedHost, supported: SupportedAlgorithms) -> Iterator[Finding]:
    """Find the names that are left out of a list, and lists of which nothing is left.

    What is in OpenSSH's own list goes without saying where a list only adds to that (`+`, `-` and `^`).
    """
    for keyword, spelled in LISTS.items():
        origin = resolved.setting(keyword).origin
        if origin is None:
            continue
        wanted = resolved.words(keyword)
        have = frozenset(supported(keyword) or ())
        usual = frozenset(KINDS[keyword].default)
        unknown = [name for name in wanted if name not in have and not (name in usual and usual <= frozenset(wanted))]
        hop = resolved.target.host
        if wanted and have.isdisjoint(wanted):
            what, why = "nothing in it can be offered", f"the native path does not have {', '.join(wanted)}"
            yield Finding(hop, spelled, what, why, Severity.REFUSED, origin)
        elif unknown:
            what, why = "some of it is left out", f"the native path does not have {', '.join(unknown)}"
            yield Finding(hop, spelled, what, why, Severity.WARNED, origin)
