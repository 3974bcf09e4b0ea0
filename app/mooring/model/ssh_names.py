"""Which words ssh takes for a host, for a user and for a domain.

Hosts and users reach shells, through ProxyCommand and `Match exec`, so nothing that a shell or an option parser acts on
may stand in them (ssh_valid_hostname and ssh_valid_ruser in readconf.c).
"""

from __future__ import annotations

import re

_NOT_IN_A_HOST = re.compile(r"""['`"$\\;&<>|(){},\s\x00-\x1f\x7f]""")
_NOT_IN_A_USER = re.compile(r"""[\x00-\x1f\x7f'`";&<>|(){}]|\s-|\\\Z""")


def valid_host_name(name: str) -> bool:
    """Whether ssh takes this word as a host."""
    return not name.startswith("-") and _NOT_IN_A_HOST.search(name) is None


def valid_user_name(name: str) -> bool:
    """Whether ssh takes this as a remote user: blanks are allowed, but none before a `-`."""
    return not name.startswith("-") and _NOT_IN_A_USER.search(name) is None


def domain_complaint(name: str, *, lower: bool = False) -> str | None:
    """Why `name` can't be a domain name, in OpenSSH's words (misc.c, valid_domain); None where it can.

    With `lower` the name is put into lower case on the way, and the message shows how far that went.
    """
    if not name:
        return "empty domain name"
    if not re.match(r"[A-Za-z0-9_]", name):
        return f'domain name "{name[:100]}" starts with invalid character'
    fault = re.search(r"\.\.|[^A-Za-z0-9._-]", name)
    if fault is None:
        return None
    before = name[: fault.start()]
    shown = (before.lower() if lower else before) + name[fault.start() :]
    what = "consecutive separators" if fault[0] == ".." else "invalid characters"
    return f'domain name "{shown[:100]}" contains {what}'
