"""The environment of this process, changed for a while."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from os import environ


@contextmanager
def environment(**values: str) -> Iterator[None]:
    """Give variables these values, and what they had back in the end."""
    before = {name: environ.get(name) for name in values}
    environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del environ[name]
            else:
                environ[name] = value
