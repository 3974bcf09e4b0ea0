"""UpdateHostKeys: learning a server's further keys, and forgetting those it no longer has (clientloop.c)."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import asyncssh

from mooring.model.prompts import ConfirmationQuestion, Notice, Prompter
from mooring.ssh.host_keys import HostKeyOptions
from mooring.ssh.known_hosts import Entry, Lines, Marker
from mooring.ssh.known_hosts.replacing import replace_entries
from mooring.ssh.public_key import PublicKey, algorithm_kind

_PREAMBLE = "The server has updated its host keys.\nThese changes were verified by the server's existing trusted key."
_QUESTION = "Accept updated hostkeys? (yes/no): "


class HostKeyUpdates:
    """Takes the list of keys that a server proved to have, once, after a login that its known key vouched for."""

    def __init__(self, hop: str, options: HostKeyOptions, prompter: Prompter) -> None:
        self._hop = hop
        self._options = options
        self._prompter = prompter
        self._name: str | None = None
        self._asking: asyncio.Task[None] | None = None

    def start(self, name: str) -> None:
        """Allow updates of the lines about `name`, now that its key is known or was accepted by the person."""
        self._name = name

    async def close(self) -> None:
        """Withdraw a question that was not answered."""
        if self._asking is not None:
            self._asking.cancel()
            await asyncio.gather(self._asking, return_exceptions=True)

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
        keys = [key for key in (PublicKey(key.public_data) for key in added) if self._is_wanted(key)]
        lines = Lines.of_files(self._options.user_files)
        own = lines.about(name)
        if not keys or not _may_replace(name, lines, own, keys) or {entry.key for entry in own} == set(keys):
            return
        if self._options.update == "ask":
            # In a task of its own: asyncssh answers nothing that the server asks while this one is at work.
            self._asking = asyncio.create_task(self._ask(name, own, keys), name="updated host keys")
        else:
            self._replace(name, keys)

    def _is_wanted(self, key: PublicKey) -> bool:
        if key.short_name == "RSA" and key.bits < self._options.smallest_rsa:
            return False
        return key.short_name != "UNKNOWN" and algorithm_kind(key.algorithm) in self._options.algorithms

    async def _ask(self, name: str, own: Sequence[Entry], keys: Sequence[PublicKey]) -> None:
        known = [entry.key for entry in own]
        digest = self._options.digest
        about = [f"Learned new hostkey: {key.short_name} {key.fingerprint(digest)}" for key in keys if key not in known]
        about += [
            f"Deprecating obsolete hostkey: {key.short_name} {key.fingerprint(digest)}"
            for key in known
            if key not in keys
        ]
        question = ConfirmationQuestion(self._hop, _QUESTION, (*_PREAMBLE.splitlines(), *about))
        if await self._prompter.ask(question) == ("yes",):
            self._replace(name, keys)

    def _replace(self, name: str, keys: Sequence[PublicKey]) -> None:
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
