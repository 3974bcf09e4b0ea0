"""Paths as bytes: putting them together so that no name leads out of its folder."""

from __future__ import annotations

import posixpath


def is_name(name: bytes) -> bool:
    """Whether this can be a name in a folder. A server may send anything: `..`, or a whole path."""
    return name not in (b"", b".", b"..") and b"/" not in name and b"\0" not in name


def join(folder: bytes, name: bytes) -> bytes:
    """The path of a name in a folder. Raises ValueError for what is no name."""
    if not is_name(name):
        raise ValueError(f"{name!r} is no name in a folder")
    return posixpath.join(folder, name)


def last_part(path: bytes) -> bytes:
    """The name that a path ends with; b"" for the root and for what ends with a dot or two."""
    name = posixpath.basename(path.rstrip(b"/"))
    return name if is_name(name) else b""


def shown(path: bytes) -> str:
    """A path as text; what is no UTF-8 in it becomes U+FFFD. Control characters stay: who shows it deals with them."""
    return path.decode("utf-8", "replace")
