"""Packages whose parts are loaded when they are asked for: who needs one part does not wait for all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module


def parts_of(package: str, homes: Mapping[str, str]) -> Callable[[str], object]:
    """Return a `__getattr__` for a package (PEP 562); `homes` has the module, below the package, of each part.

    For packages of the application, too. What it returns raises AttributeError for other names, as every module does.
    """

    def part(name: str) -> object:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return getattr(import_module(f"{package}.{homes[name]}"), name)

    return part
