"""OpenSSH's configuration (ssh_config(5)), read as OpenSSH reads it, with the place of every value.

The core is synchronous and pure: `resolve` answers what ssh would do with a target, `list_hosts` names the hosts that
files know, `dump` writes what `ssh -G` writes. `ssh` itself is never run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mooring_widgets.facade import parts_of

if TYPE_CHECKING:
    from mooring.sshconfig.collected import Setting
    from mooring.sshconfig.dumping import dump
    from mooring.sshconfig.explaining import Explanation, Resolver, explain, explained, resolve_way
    from mooring.sshconfig.files import ConfigurationFiles, user_file
    from mooring.sshconfig.jump_command import options_for_ssh
    from mooring.sshconfig.listing import ListedHost, Listing, list_hosts
    from mooring.sshconfig.person import Person
    from mooring.sshconfig.read_before import FileMemory
    from mooring.sshconfig.resolved import ResolvedHost
    from mooring.sshconfig.resolver import resolve, winning_fallbacks
    from mooring.sshconfig.values.forwards import ForwardKind, PlacedForward

__all__ = [
    "ConfigurationFiles",
    "Explanation",
    "FileMemory",
    "ForwardKind",
    "ListedHost",
    "Listing",
    "Person",
    "PlacedForward",
    "ResolvedHost",
    "Resolver",
    "Setting",
    "dump",
    "explain",
    "explained",
    "list_hosts",
    "options_for_ssh",
    "resolve",
    "resolve_way",
    "user_file",
    "winning_fallbacks",
]

_HOMES = {
    "ConfigurationFiles": "files",
    "Explanation": "explaining",
    "FileMemory": "read_before",
    "ForwardKind": "values.forwards",
    "ListedHost": "listing",
    "Listing": "listing",
    "Person": "person",
    "PlacedForward": "values.forwards",
    "ResolvedHost": "resolved",
    "Resolver": "explaining",
    "Setting": "collected",
    "dump": "dumping",
    "explain": "explaining",
    "explained": "explaining",
    "list_hosts": "listing",
    "options_for_ssh": "jump_command",
    "resolve": "resolver",
    "resolve_way": "explaining",
    "user_file": "files",
    "winning_fallbacks": "resolver",
}
"""The module of each of them."""

if not TYPE_CHECKING:
    __getattr__ = parts_of(__name__, _HOMES)
