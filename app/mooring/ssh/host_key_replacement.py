"""A changed host key: what a person has to see to put the new one on record, and doing that."""

from __future__ import annotations

from collections.abc import Sequence

from mooring.model.prompts import ChangedHostKeyQuestion, Notice, Prompter
from mooring.ssh.known_hosts import Entry, Lines, Marker, replace_entries
from mooring.ssh.known_hosts.names import is_hashed, is_plain
from mooring.ssh.public_key import PublicKey


class HostKeyReplacement:
    """Offers to replace what the person's own files say of a host.

    Only where that touches nothing else: a line with a pattern or with many names is about other hosts too, and a line
    of the system's files or of a KnownHostsCommand is not the person's.
    """

    def __init__(self, hop: str, files: Sequence[str], prompter: Prompter, *, digest: str, hashed: bool) -> None:
        self._hop = hop
        self._files = tuple(files)
        self._prompter = prompter
        self._digest = digest
        self._hashed = hashed

    async def offer(self, name: str, key: PublicKey, offending: Entry, lines: Lines) -> bool:
        """Ask, and replace where the answer is the name of the machine; whether the key is now the one on record.

        `lines` are those of all files; `name` is the name on record that they were searched for.
        """
        if not self._is_own((offending, *lines.about(name))):
            return False
        question = ChangedHostKeyQuestion(
            hop=self._hop,
            known_as=name,
            key_type=key.short_name,
            fingerprint=key.fingerprint(self._digest),
            randomart=key.randomart(self._digest),
            origin=str(offending.origin),
            known_key_type=offending.key.short_name,
            known_fingerprint=offending.key.fingerprint(self._digest),
            other_names=lines.other_names(key, name),
        )
        if await self._prompter.ask(question) != (self._hop,):
            return False
        return self._replace(name, key)

    def _is_own(self, entries: Sequence[Entry]) -> bool:
        return all(
            entry.marker is Marker.NONE and entry.origin.path in self._files and _is_about_one_host(entry.names)
            for entry in entries
        )

    def _replace(self, name: str, key: PublicKey) -> bool:
        for index, path in enumerate(self._files):
            try:
                replace_entries(path, name, [key] if index == 0 else [], hashed=self._hashed)
            except FileNotFoundError:
                continue
            except OSError as error:
                self._tell(f"Failed to replace the host key of {name} in {path}: {error.strerror}")
                return False
        self._tell(f"The {key.short_name} host key of {name} is now on record in {self._files[0]}.")
        return True

    def _tell(self, text: str) -> None:
        self._prompter.notify(Notice(self._hop, text))


def _is_about_one_host(names: str) -> bool:
    """A name, and perhaps its address, as ssh writes them; or one name, hashed."""
    return is_hashed(names) or (is_plain(names) and names.count(",") <= 1)
