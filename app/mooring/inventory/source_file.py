"""A source that is one text file: noted before it is read, and what can't be read is a problem."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from mooring.inventory.looks import Looks
from mooring.inventory.source import SourceResult
from mooring.model.errors import ConfigError
from mooring.model.origin import Origin
from mooring.store.read import read_text_file

LIMIT = 64 * 1024 * 1024
"""Bytes that such a file may have."""

Take = Callable[[str, Looks], SourceResult]
"""Makes a result of the file's text, and notes what else it reads. It may raise ConfigError for the file as a whole."""


def read_source_file(file: Path, take: Take, *, required: bool = False) -> SourceResult:
    """Read `file` by `take`. No file is an empty result, and a problem where it is `required`."""
    looks = Looks()
    looks.note(file)
    try:
        result = take(read_text_file(file, limit=LIMIT), looks)
    except FileNotFoundError:
        missing = ConfigError("is not there", Origin(str(file)))
        result = SourceResult(problems=(missing,) if required else ())
    except ConfigError as error:
        result = SourceResult(problems=(error,))
    return replace(result, looks=looks.states)
