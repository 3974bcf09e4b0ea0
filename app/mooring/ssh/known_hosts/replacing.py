"""Rewriting a known_hosts file in which a host's keys have changed with the host's own word for it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from mooring.model.origin import Origin
from mooring.ssh.known_hosts.entry import Entry, Marker, parse_entry
from mooring.ssh.known_hosts.names import hash_name
from mooring.ssh.public_key import PublicKey


def replace_entries(path: str, name: str, keys: Sequence[PublicKey], *, hashed: bool) -> bool:
    """Give `name` exactly `keys`: lines with other keys of it go, missing ones are added at the end.

    The file is written anew beside the old one and renamed, so a reader never sees half of it, and the old content
    stays as `path.old`, as ssh leaves it. Returns whether anything changed. Raises OSError.
    """
    file = Path(path)
    content = file.read_bytes().decode("utf-8", "surrogateescape")
    kept: list[str] = []
    present: set[PublicKey] = set()
    changed = False
    for number, line in enumerate(content.splitlines(keepends=True), start=1):
        entry = _own_entry(line, Origin(path, number), name)
        if entry is None:
            kept.append(line)
        elif entry.key in keys:
            kept.append(line)
            present.add(entry.key)
        else:
            changed = True
    if kept and not kept[-1].endswith("\n"):
        kept[-1] += "\n"
    for key in keys:
        if key not in present:
            field = hash_name(name) if hashed else name
            kept.append(f"{field} {key.encoded}\n")
            changed = True
    if changed:
        _write(file, "".join(kept).encode("utf-8", "surrogateescape"))
    return changed


def forget_host(path: str, name: str) -> bool:
    """Remove every key of `name` from the file, as `ssh-keygen -R` does; marked lines stay.

    `name` has the form of `names.bracketed`. Returns whether there was any. Raises OSError.
    """
    return replace_entries(path, name, (), hashed=False)


def _own_entry(line: str, origin: Origin, name: str) -> Entry | None:
    try:
        entry = parse_entry(line, origin)
    except ValueError:
        return None
    if entry is None or entry.marker is not Marker.NONE or not entry.covers(name):
        return None
    return entry


def _write(file: Path, content: bytes) -> None:
    mode = file.stat().st_mode & 0o777
    descriptor, temporary = tempfile.mkstemp(prefix=file.name + ".", dir=file.parent)
    try:
        with os.fdopen(descriptor, "wb") as out:
            out.write(content)
            os.fchmod(out.fileno(), mode)
        backup = file.with_name(file.name + ".old")
        backup.unlink(missing_ok=True)
        backup.hardlink_to(file)
        Path(temporary).replace(file)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
