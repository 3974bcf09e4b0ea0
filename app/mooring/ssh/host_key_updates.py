"""UpdateHostKeys: learning a server's further keys, and forgetting those it no longer has (clientloop.c)."""

from __future__ import annotations

from collections.abc import Sequence

import asyncssh

from mooring.model.prompts import Notice, Prompter
from mooring.ssh.host_keys import HostKeyOptions
from mooring.ssh.known_hosts import Entry, Lines, Marker
from mooring.ssh.known_hosts.replacing import replace_entries
from mooring.ssh.public_key import PublicKey


class HostKeyUpdates:
    """Takes the list of keys that a server proved to have, once, after a login that its known key vouched for."""

    def __init__(self, hop: str, options: HostKeyOptions, prompter: Prompter) -> None:
        self._hop = hop
        self._options = options
        self._prompter = prompter
        self._name: str | None = None

    def start(self, name: str) -> None:
        """Allow updates of the lines about `name`, now that its key is known or was accepted by the person."""
        self._name = name

    def keys_received(
        self,
        added: Sequence[asyncssh.SSHKey],
        removed: Sequence[asyncssh.SSHKey],
        retained: Sequence[asyncssh.SSHKey],
        revoked: Sequence[asyncssh.SSHKey],
    ) -> None:
        """Called by asyncssh with the keys that the server proved to own; the other lists are not ours to fill."""
        name = self._name
        if name is None:
            return
        keys = [PublicKey(key.public_data) for key in added]
        keys = [key for key in keys if key.short_name != "UNKNOWN"]
        lines = Lines.of_files(self._options.user_files)
        own = lines.about(name)
        if not keys or not _may_replace(name, lines, own, keys) or {entry.key for entry in own} == set(keys):
            return
        for index, path in enumerate(self._options.user_files):
            try:
                replace_entries(path, name, keys if index == 0 else [], hashed=self._options.hash_names)
            except FileNotFoundError:
                continue
            except OSError as error:
                text = f"Could not update the list of known hosts ({path}): {error.strerror}"
                self._prompter.notify(Notice(self._hop, text))


def _may_replace(name: str, lines: Lines, own: Sequence[Entry], keys: Sequence[PublicKey]) -> bool:
    """ssh leaves lines alone that a person wrote, and keys that are known under other names too."""
    if any(entry.marker is not Marker.NONE or _is_complex(entry.names) for entry in own):
        return False
    concerned = {*keys, *(entry.key for entry in own)}
    return all(entry.covers(name) for key in concerned for entry in lines.with_key(key))


def _is_complex(names: str) -> bool:
    return "*" in names or "?" in names or names.count(",") > 1
