"""`Match localnetwork`: CIDR lists, and whether an address of this machine lies in one."""

from __future__ import annotations

import ipaddress

from mooring.sshconfig.interfaces import interface_addresses

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class NetworkListError(ValueError):
    """A list of networks that ssh refuses; the text is its message."""


def parse_networks(text: str) -> list[Network]:
    """Read a comma-separated list of networks in CIDR form (addrmatch.c); raises `NetworkListError`."""
    networks: list[Network] = []
    for entry in text.split(","):
        if not entry:
            raise NetworkListError(f'addr_match_cidr_list: empty entry in list "{text[:100]}"')
        if len(entry) > 49:
            raise NetworkListError(f'addr_match_cidr_list: list entry "{entry[:100]}" too long')
        if entry.strip("0123456789abcdefABCDEF.:/"):
            invalid = f'addr_match_cidr_list: list entry "{entry[:100]}" contains invalid characters'
            raise NetworkListError(f'{invalid}\nInvalid network entry "{entry[:100]}"')
        address, slash, length = entry.partition("/")
        try:
            ipaddress.ip_address(address)
        except ValueError:
            raise NetworkListError(f'Invalid network entry "{entry[:100]}"') from None
        try:
            networks.append(ipaddress.ip_network(entry if slash else address))
        except ValueError:
            reason = "Inconsistent mask length for" if length.isdigit() else "Invalid"
            kind = "network" if length.isdigit() else "network entry"
            raise NetworkListError(f'{reason} {kind} "{entry[:100]}"') from None
    return networks


def on_local_network(networks: list[Network]) -> bool:
    """Whether an address of an interface that is up lies in one of `networks`; False where none can be asked for."""
    return any(
        address in network
        for _interface, address in interface_addresses()
        for network in networks
        if address.version == network.version
    )
