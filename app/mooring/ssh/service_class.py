"""IPQoS: the class of service that a connection's packets ask of the network (packet.c, ssh_packet_set_tos)."""

from __future__ import annotations

import socket
from contextlib import suppress

from mooring.ssh.client_connection import ClientConnection
from mooring.sshconfig import ResolvedHost
from mooring.sshconfig.values.service import class_number


def mark_packets(connection: ClientConnection, resolved: ResolvedHost, *, interactive: bool) -> None:
    """Mark a connection for a session: `interactive` ones have a terminal. "none" leaves the choice to the system.

    Behind a jump host or a ProxyCommand there is no socket of ours. What can't be marked works all the same.
    """
    number = class_number(resolved.words("ipqos")[0 if interactive else 1])
    connected = connection.get_extra_info("socket")
    if number is None or connected is None or not connection.peer.is_reached_directly:
        return
    is_version_6 = connected.family == socket.AF_INET6
    level, option = (socket.IPPROTO_IPV6, socket.IPV6_TCLASS) if is_version_6 else (socket.IPPROTO_IP, socket.IP_TOS)
    with suppress(OSError):
        connected.setsockopt(level, option, number)
