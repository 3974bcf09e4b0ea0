"""Adding lines to known_hosts, with the bytes that ssh itself would write."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from mooring.ssh.known_hosts.names import hash_name
from mooring.ssh.public_key import PublicKey


def append_host(path: str, names: Sequence[str], key: PublicKey, *, hashed: bool) -> None:
    """Make a host known: one line for all `names`, or one line a name where they are hashed (HashKnownHosts).

    The lines go out in one write, so that programs that append at the same time do not mix; the file keeps its mode
    and owner. A missing `~/.ssh` is made with mode 0700, as ssh does, and no other folder. Raises OSError.
    """
    lowered = [name.lower() for name in names]
    fields = [hash_name(name) for name in lowered] if hashed else [",".join(lowered)]
    lines = "".join(f"{field} {key.encoded}\n" for field in fields).encode("utf-8", "surrogateescape")
    _make_user_folder(Path(path))
    # 0644 below the person's own umask is what ssh's `umask(022 | umask(077))` comes to.
    descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        size = os.fstat(descriptor).st_size
        if size and os.pread(descriptor, 1, size - 1) != b"\n":
            lines = b"\n" + lines
        written = os.write(descriptor, lines)
        if written != len(lines):
            raise OSError(f"only {written} of {len(lines)} bytes were written to {path}")
    finally:
        os.close(descriptor)


def _make_user_folder(path: Path) -> None:
    folder = Path.home() / ".ssh"
    if path.parent == folder and not folder.is_dir():
        folder.mkdir(mode=0o700, exist_ok=True)
