"""The network interfaces of this machine: `Match localnetwork` looks at their addresses, BindInterface takes one."""

from __future__ import annotations

import ctypes
import ctypes.util
import ipaddress
import os
import socket
import sys
from collections.abc import Iterator

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_INTERFACE_UP = 1
_VERSIONS = {socket.AF_INET: 4, socket.AF_INET6: 6}


def address_of_interface(name: str, family: int) -> Address | None:
    """The address that a connection from an interface comes from; of several rather one that leads out of the machine.

    None where the interface is not up, or has no address of that family.
    """
    found = [address for interface, address in interface_addresses() if interface == name]
    fitting = [address for address in found if address.version == _VERSIONS.get(socket.AddressFamily(family))]
    return next((address for address in fitting if not _is_local(address)), next(iter(fitting), None))


def _is_local(address: Address) -> bool:
    if isinstance(address, ipaddress.IPv4Address):
        return address == ipaddress.IPv4Address("127.0.0.1")
    return address.is_loopback or address.is_link_local


def interface_addresses() -> Iterator[tuple[str, Address]]:
    """Names and addresses of the interfaces that are up, by getifaddrs(3); none where that fails."""
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
                    yield os.fsdecode(entry.contents.name), found
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
        address = ipaddress.IPv6Address(ctypes.string_at(pointer + 8, 16))
        scope = int.from_bytes(ctypes.string_at(pointer + 24, 4), sys.byteorder)
        return ipaddress.IPv6Address(f"{address}%{scope}") if scope else address
    return None
