"""Further sources of machines, as settings.toml names them."""

from __future__ import annotations

import os
import shlex
from collections.abc import Container, Mapping, Sequence
from typing import Annotated

import msgspec

from mooring.model.errors import ConfigError
from mooring.model.origin import Origin
from mooring.store.toml import KeyPath

_TAKEN = frozenset({"mooring", "ssh_config", "docker-machine", "known_hosts", "annotations"})
"""The names of the sources that are always there."""


class SourceSetting(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A `[[source]]`: a program that prints an Ansible inventory, or a file that holds one; exactly one of the two."""

    name: Annotated[str, msgspec.Meta(pattern=r"\A[A-Za-z0-9][A-Za-z0-9._-]{0,63}\Z")]
    """What the machines' source is called."""

    command: str = ""
    """A command line, which no shell sees; `--list` is added to it."""

    file: str = ""
    """A static inventory, INI or YAML."""

    timeout: Annotated[float, msgspec.Meta(gt=0, le=600)] = 30
    """Seconds that the program may take."""

    keep: Annotated[int, msgspec.Meta(ge=0, le=604_800)] = 300
    """Seconds for which its answer serves programs that start later; 0 asks it each time."""

    def words(self) -> tuple[str, ...]:
        """The command line as words, `~` replaced in them. Raises ValueError where quotes are left open."""
        return tuple(os.path.expanduser(word) for word in shlex.split(self.command))  # noqa: PTH111


def usable_sources(
    tables: Sequence[object], path: str, lines: Mapping[KeyPath, int]
) -> tuple[list[object], list[ConfigError]]:
    """Return the `[[source]]` tables that can be used, and what is wrong with the others."""
    good: dict[str, object] = {}
    problems: list[ConfigError] = []
    for index, table in enumerate(tables):
        try:
            setting = msgspec.convert(table, type=SourceSetting)
            reason = _wrong_with(setting, good)
        except msgspec.ValidationError as error:
            reason = f"{str(error)[:1].lower()}{str(error)[1:]}"
        else:
            if reason is None:
                good[setting.name] = table
        if reason is not None:
            problems.append(
                ConfigError(f"source number {index + 1}: {reason}", Origin(path, lines.get(("source", index))))
            )
    return list(good.values()), problems


def _wrong_with(setting: SourceSetting, others: Container[str]) -> str | None:
    """Say what the types alone don't, None when there is nothing."""
    if setting.name in others or setting.name in _TAKEN:
        return f"there is another source called `{setting.name}`"
    if bool(setting.command.strip()) == bool(setting.file.strip()):
        return "it needs a `command` or a `file`, and not both"
    try:
        setting.words()
    except ValueError as error:
        return f"`command` can't be read: {str(error).lower()}"
    return None
