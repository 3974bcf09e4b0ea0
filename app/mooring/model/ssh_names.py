"""Which words ssh takes for a host and for a user on its command line.

Both reach shells, through ProxyCommand and `Match exec`, so nothing that a shell or an option parser acts on may stand
in them (valid_hostname in ssh.c, ssh_valid_ruser in readconf.c).
"""

from __future__ import annotations

import re

_NOT_IN_A_HOST = re.compile(r"""['`"$\\;&<>|(){},\s\x00-\x1f\x7f]""")
_NOT_IN_A_USER = re.compile(r"""[\x00-\x1f\x7f'`";&<>|(){}]|\s-|\\\Z""")


def valid_host_name(name: str) -> bool:
    """Whether ssh takes this word as a host."""
    return bool(name) and not name.startswith("-") and _NOT_IN_A_HOST.search(name) is None


def valid_user_name(name: str) -> bool:
    """Whether ssh takes this as a remote user: blanks are allowed, but none before a `-`."""
    return not name.startswith("-") and _NOT_IN_A_USER.search(name) is None
