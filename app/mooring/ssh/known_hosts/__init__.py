"""known_hosts(5) in our own code: who is known, where that is written, and writing it as ssh does."""

from __future__ import annotations

from mooring.ssh.known_hosts.appending import append_host
from mooring.ssh.known_hosts.collection import KeyStatus, KnownHosts, Verdict
from mooring.ssh.known_hosts.entry import Entry, Marker, parse_entry
from mooring.ssh.known_hosts.lines import Lines, LinesMemory
from mooring.ssh.known_hosts.names import bracketed, hash_name, is_writable, matches
from mooring.ssh.known_hosts.replacing import forget_host, replace_entries
from mooring.ssh.known_hosts.revoked import RevokedKeys

__all__ = [
    "Entry",
    "KeyStatus",
    "KnownHosts",
    "Lines",
    "LinesMemory",
    "Marker",
    "RevokedKeys",
    "Verdict",
    "append_host",
    "bracketed",
    "forget_host",
    "hash_name",
    "is_writable",
    "matches",
    "parse_entry",
    "replace_entries",
]
