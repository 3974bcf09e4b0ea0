"""The command lines that make the system's `scp` and `rsync` copy between machines that are told as `Target`s."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import dataclass

from mooring.model.errors import MooringError
from mooring.model.machine import Target
from mooring.system_ssh.command_words import target_words


class CannotCopyError(MooringError):
    """The system's program takes the options of one machine, and there are two."""


@dataclass(frozen=True, slots=True)
class CopyFlags:
    """Whole folders, nothing but errors, and times and permissions as they are."""

    recursive: bool = False
    quiet: bool = False
    preserve: bool = False


def copy_words(program: str, ssh: str, targets: Sequence[Target], places: Sequence[str], flags: CopyFlags) -> list[str]:
    """The argv of scp for `places`, the last of which is copied to. Raises CannotCopyError.

    From machine to machine it copies through here (`-3`), as docker-machine had it: they need not reach each other.
    """
    words = [program, *_one_set_of_options(ssh, targets)]
    for flag, wanted in (
        ("-3", len(targets) > 1),
        ("-r", flags.recursive),
        ("-p", flags.preserve),
        ("-q", flags.quiet),
    ):
        words += [flag] if wanted else []
    return [*words, "--", *places]


def delta_words(
    program: str, ssh: str, targets: Sequence[Target], places: Sequence[str], flags: CopyFlags
) -> list[str]:
    """The argv of rsync, which sends what differs. Raises CannotCopyError."""
    remote_shell = shlex.join([ssh, *_one_set_of_options(ssh, targets)])
    words = [program, "-z", "--partial", "-e", remote_shell]
    words += ["-r"] if flags.recursive else []
    words += ["--times", "--perms"] if flags.preserve else []
    return [*words, "-q" if flags.quiet else "--progress", "--", *places]


def _one_set_of_options(ssh: str, targets: Sequence[Target]) -> list[str]:
    sets = {tuple(target_words(target, program=ssh)) for target in targets}
    if len(sets) > 1:
        raise CannotCopyError("scp takes the options of one machine, and these need different ones")
    return list(sets.pop())
