"""`Include`: which files its patterns name."""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import PurePath

from mooring.sshconfig.person import Person
from mooring.sshconfig.tokens import ExpansionError, expand_home

USER_FOLDER = "~/.ssh"
SYSTEM_FOLDER = "/etc/ssh"
DEEPEST = 16
"""How deep files may include each other (readconf.c, READCONF_MAX_DEPTH)."""


def included_files(pattern: str, *, of_person: bool, person: Person, environment: Mapping[str, str]) -> list[str]:
    """The files that one argument of Include names, tokens already replaced, in the order of their bytes.

    `of_person` says whether the including file is the person's or the system's, which decides where a relative path
    begins. No file is no error.
    """
    path = _absolute(pattern, of_person, person, environment)
    if not glob.has_magic(path):
        literal = _unescaped(path)
        return [literal] if os.path.lexists(literal) else []
    # Path.glob can't start from an absolute pattern.
    return sorted(glob.glob(_brackets(path)), key=os.fsencode)  # noqa: PTH207


def places_of_inclusion(
    pattern: str, *, of_person: bool, person: Person, environment: Mapping[str, str]
) -> Iterator[str]:
    """What decides which files `included_files` finds: the file itself, or each folder in which names are compared."""
    path = _absolute(pattern, of_person, person, environment)
    if not glob.has_magic(path):
        yield _unescaped(path)
    for place in (PurePath(path), *PurePath(path).parents):
        if glob.has_magic(place.name):
            folder = str(place.parent)
            yield from glob.glob(_brackets(folder)) if glob.has_magic(folder) else [_unescaped(folder)]  # noqa: PTH207


def _absolute(pattern: str, of_person: bool, person: Person, environment: Mapping[str, str]) -> str:
    path = pattern
    if not path.startswith(("/", "~")):
        path = f"{USER_FOLDER if of_person else SYSTEM_FOLDER}/{path}"
    return _home(path, person, environment)


def _unescaped(path: str) -> str:
    return re.sub(r"\\(.)", r"\1", path)


def _home(path: str, person: Person, environment: Mapping[str, str]) -> str:
    """Replace `~`. Here, and only here, ssh asks $HOME first: it is glob(3) that does it."""
    head, slash, rest = path.partition("/")
    if head == "~" and environment.get("HOME"):
        return environment["HOME"] + slash + rest
    try:
        return expand_home(path, person) if path.startswith("~") else path
    except ExpansionError:
        return path


def _brackets(path: str) -> str:
    """Turn escapes, which Python's glob doesn't know, into one-character sets."""
    return re.sub(r"\\(.)", lambda match: glob.escape(match[1]) if match[1] in "*?[" else match[1], path)
