"""What a distribution's ssh does otherwise than OpenSSH's own: on that distribution it is *the* ssh.

Debian's and Ubuntu's ssh_config(5) tells these differences too, as "Debian-specific".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType

from mooring.sshconfig.directive import Values


@dataclass(frozen=True, slots=True)
class Vendor:
    """One build of ssh. `defaults` are set where nothing else is, before OpenSSH's own.

    `batch_alive_interval` is ServerAliveInterval under BatchMode, in seconds; None leaves it as it is. `quiet` is what
    `ssh -G` calls the log level QUIET.
    """

    defaults: Mapping[str, Values] = field(default_factory=dict)
    batch_alive_interval: int | None = None
    quiet: str = "QUIET"


OPENSSH = Vendor()
DEBIAN = Vendor(
    defaults=MappingProxyType(
        {
            "forwardx11trusted": ("yes",),
            "gssapikeyexchange": ("no",),
            "gssapitrustdns": ("no",),
            "gssapirenewalforcesrekey": ("no",),
            "gssapikexalgorithms": (
                "gss-group14-sha256-,gss-group16-sha512-,gss-nistp256-sha256-,gss-curve25519-sha256-,"
                "gss-group14-sha1-,gss-gex-sha1-",
            ),
        }
    ),
    batch_alive_interval=300,
    quiet="SILENT",
)


@cache
def vendor_here() -> Vendor:
    """Whose ssh this system would run: Debian's on Debian and its descendants, else OpenSSH's own."""
    return DEBIAN if Path("/etc/debian_version").exists() else OPENSSH
