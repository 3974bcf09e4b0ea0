"""The real `ssh -G` beside our `resolve`, on the same files, options and environment."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from mooring.model.errors import MooringError
from mooring.model.machine import OptionSetting, Target
from mooring.model.origin import COMMAND_LINE
from mooring.sshconfig import Person, dump, resolve
from support.programs import require_program

REAL_PERSON = Person.current()
"""Taken before any fixture moves the home: the real ssh always sees this one."""
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "SHELL": "/bin/sh", "LANG": "C.UTF-8", "FROM_OUTSIDE": "outside value"}


@dataclass(frozen=True)
class Answer:
    """How a resolution ended: the values by keyword, what was said about it, and the exit status."""

    values: dict[str, list[str]]
    messages: list[str]
    status: int


def ask_ssh(
    config: Path | str, host: str = "web", options: Sequence[str] = (), environment: Mapping[str, str] = ENVIRONMENT
) -> Answer:
    """Run the installed `ssh -G`; `options` are as after `-o`."""
    words = [word for option in options for word in ("-o", option)]
    result = subprocess.run(
        [require_program("ssh"), "-F", str(config), *words, "-G", host],
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=20,
        check=False,
    )
    errors = re.split(r"\r?\n", result.stderr.decode("utf-8", "surrogateescape"))[:-1]
    messages = [line for line in errors if not line.startswith(("Pseudo-terminal will not be allocated", "debug"))]
    return Answer(_by_keyword(result.stdout.decode("utf-8", "surrogateescape")), messages, result.returncode)


def ask_us(
    config: Path | str, host: str = "web", options: Sequence[str] = (), environment: Mapping[str, str] = ENVIRONMENT
) -> Answer:
    """Resolve the same with our own code."""
    settings = tuple(OptionSetting(*_cut(option), COMMAND_LINE) for option in options)
    target = Target(host, options=settings, config_file=str(config))
    try:
        resolved = resolve(target, environment=environment, person=REAL_PERSON)
    except MooringError as error:
        return Answer({}, error.message.split("\n"), 255)
    return Answer(_by_keyword(dump(resolved)), list(resolved.warnings), 0)


def differences(config: Path | str, host: str = "web", options: Sequence[str] = ()) -> dict[str, tuple[object, object]]:
    """What `ssh -G` (first) and we (second) don't agree on; {} is what is wanted.

    Where both print their own default nothing was set, and OpenSSH 10's differs from that of an older ssh.
    """
    theirs, ours = ask_ssh(config, host, options), ask_us(config, host, options)
    found: dict[str, tuple[object, object]] = {}
    if theirs.status != ours.status:
        return {"status": ((theirs.status, theirs.messages), (ours.status, ours.messages))}
    if theirs.messages != ours.messages:
        found["messages"] = (theirs.messages, ours.messages)
    their_defaults, our_defaults = _their_defaults(), _our_defaults()
    for keyword in {**theirs.values, **ours.values}:
        one, other = theirs.values.get(keyword), ours.values.get(keyword)
        defaults = (their_defaults.get(keyword), our_defaults.get(keyword))
        if one != other and (one, other) != defaults:
            found[keyword] = (one, other)
    return found


@cache
def _their_defaults() -> dict[str, list[str]]:
    return ask_ssh("none").values


@cache
def _our_defaults() -> dict[str, list[str]]:
    return ask_us("none").values


def _by_keyword(text: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in text.split("\n"):
        keyword, _space, value = line.partition(" ")
        if keyword:
            found.setdefault(keyword, []).append(value)
    return found


def _cut(option: str) -> tuple[str, str]:
    keyword, _equals, value = option.partition("=")
    return keyword, value
