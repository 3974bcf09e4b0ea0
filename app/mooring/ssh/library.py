"""Loads asyncssh, before anything else of this package does, without a program being run for it.

While asyncssh is imported it looks for liboqs and nettle, which give it sntrup761 and UMAC (crypto/pq.py and
crypto/umac.py), through ctypes.util.find_library. On Linux that runs ldconfig, the C compiler and the linker, one after
the other and for each name: half a dozen programs that nobody asked for, and 40 ms of every start. asyncssh has no
setting for it, so find_library is another function for as long as the import takes: one that looks for the files where
the dynamic loader does.

It also loads fifty modules for X.509 certificates, only to go without them where pyOpenSSL is not installed. OpenSSH
has no such certificates: the modules are hidden from it, which is a tenth of its time.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import os
import sys
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import cast

_CERTIFICATES = "cryptography.x509"
_FOLDERS = ("/usr/local/lib", "/lib64", "/usr/lib64", "/lib", "/usr/lib")


def find_library(name: str) -> str | None:
    """The path of a shared library that can be loaded, by its name without `lib` and version; None for none."""
    for folder in _folders():
        # The shortest name is the one with the fewest numbers, which the others' links lead to as well.
        for file in sorted(folder.glob(f"lib{name}.so*"), key=lambda file: (len(file.name), file.name)):
            if _loads(file):
                return str(file)
    return None


def _folders() -> Iterator[Path]:
    yield from map(Path, filter(None, os.environ.get("LD_LIBRARY_PATH", "").split(":")))
    for folder in map(Path, _FOLDERS):
        yield folder
        # Debian and its descendants have a folder for each architecture; of another one nothing can be loaded.
        yield from folder.glob("*-linux-*")


def _loads(file: Path) -> bool:
    try:
        ctypes.CDLL(str(file))
    except OSError:
        return False
    return True


def _load() -> None:
    usual = ctypes.util.find_library
    if sys.platform.startswith("linux"):
        ctypes.util.find_library = find_library
    try:
        with _hidden(_CERTIFICATES):
            import asyncssh  # noqa: F401
    finally:
        ctypes.util.find_library = usual


@contextmanager
def _hidden(name: str) -> Iterator[None]:
    """Have imports of a module fail, unless it is loaded already: None in sys.modules is Python's own way for that."""
    modules = cast("MutableMapping[str, ModuleType | None]", sys.modules)
    if name in modules:
        yield
        return
    modules[name] = None
    try:
        yield
    finally:
        del modules[name]


_load()
