"""`Match localnetwork`: the addresses of this machine's interfaces, and CIDR lists."""

from __future__ import annotations

import ctypes
import ctypes.util
import ipaddress
import socket
import sys
from collections.abc import Iterator

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_INTERFACE_UP = 1


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
            raise NetworkListError(f'addr_match_cidr_list: list entry "{entry[:100]}" contains invalid characters')
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
        for address in interface_addresses()
        for network in networks
        if address.version == network.version
    )


def interface_addresses() -> Iterator[Address]:
    """The addresses of the interfaces that are up, by getifaddrs(3)."""
    library = ctypes.CDLL(ctypes.util.find_library("c"), use_errno=True)
    first = ctypes.POINTER(_InterfaceAddress)()
    if library.getifaddrs(ctypes.byref(first)) != 0:
        return
    try:
        entry = first
        while _is_set(entry):
            if entry.contents.flags & _INTERFACE_UP and entry.contents.address:
                found = _address(entry.contents.address)
                if found is not None:
                    yield found
            entry = entry.contents.next
    finally:
        library.freeifaddrs(first)


class _InterfaceAddress(ctypes.Structure):
    """`struct ifaddrs`, as far as it is the same on Linux, macOS and the BSDs."""


_InterfaceAddress._fields_ = [
    ("next", ctypes.POINTER(_InterfaceAddress)),
    ("name", ctypes.c_char_p),
    ("flags", ctypes.c_uint),
    ("address", ctypes.c_void_p),
    ("netmask", ctypes.c_void_p),
    ("destination", ctypes.c_void_p),
    ("data", ctypes.c_void_p),
]


def _is_set(pointer: object) -> bool:
    """Whether a ctypes pointer points anywhere; its type hints don't know that it has a truth value."""
    return bool(pointer)


def _address(pointer: int) -> Address | None:
    """Read a `struct sockaddr`: the family is a short on Linux, a byte behind the length on the BSDs."""
    raw = ctypes.string_at(pointer, 2)
    family = int.from_bytes(raw, sys.byteorder) if sys.platform == "linux" else raw[1]
    if family == socket.AF_INET:
        return ipaddress.IPv4Address(ctypes.string_at(pointer + 4, 4))
    if family == socket.AF_INET6:
        return ipaddress.IPv6Address(ctypes.string_at(pointer + 8, 16))
    return None
