"""The command line that makes the system's `ssh` do what a `Target` says."""

from __future__ import annotations

import shlex
from collections.abc import Sequence

from mooring.model.machine import OptionSetting, Target
from mooring.model.ssh_arguments import Destination, SshArguments


def command(target: Target, arguments: SshArguments | None = None, *, program: str = "ssh") -> list[str]:
    """Return the argv that connects to `target`: a shell there, or what `arguments` ask for.

    The person's own words come first and win, as on any command line of ssh; what the machine's source says follows
    them, and all of it stands before the destination. Of the target's fallbacks only those are passed that no `Host`
    block of that name beats, since ssh knows no such rank.
    """
    given = arguments or SshArguments()
    settings = [*_options(target, program), *_winning_fallbacks(target)]
    words = [program]
    if target.config_file is not None and given.last("F") is None:
        words += ["-F", target.config_file]
    for option in given.before:
        words += option.words()
    if given.after or settings:
        destination = target.host if given.destination is None else given.destination.host
        # ssh takes user and port of a destination where it meets it: after the options before it, and before all else.
        words += _told_by(given.destination)
        for option in given.after:
            words += option.words()
        for setting in settings:
            words += ["-o", f"{setting.keyword}={setting.value}"]
    else:
        destination = target.host if given.destination is None else given.destination.word
    words.append(destination)
    if given.command:
        if given.command[0].startswith("-"):
            words.append("--")
        words += given.command
    return words


def target_words(target: Target, *, program: str = "ssh") -> list[str]:
    """The options by which ssh, scp and sftp connect to `target`, which `program` is to do; its host is not in them."""
    words = [] if target.config_file is None else ["-F", target.config_file]
    for setting in (*_options(target, program), *_winning_fallbacks(target)):
        words += ["-o", f"{setting.keyword}={setting.value}"]
    return words


def command_line(target: Target, arguments: SshArguments | None = None) -> str:
    """Return the same as one line for a shell, to be shown and copied."""
    return shell_line(command(target, arguments))


def shell_line(words: Sequence[str]) -> str:
    """Return `words` as a person would type them at a shell."""
    return shlex.join(words)


def _told_by(destination: Destination | None) -> list[str]:
    """The user and the port of `user@host` or a URI, as the options that mean the same."""
    if destination is None:
        return []
    user = [] if destination.user is None else ["-l", destination.user]
    return user if destination.port is None else [*user, "-p", str(destination.port)]


def _options(target: Target, program: str) -> tuple[OptionSetting, ...]:
    if not target.jump_hosts:
        return target.options
    from mooring.sshconfig import options_for_ssh

    return options_for_ssh(target, program)


def _winning_fallbacks(target: Target) -> tuple[OptionSetting, ...]:
    if not target.fallbacks:
        return ()
    from mooring.sshconfig import winning_fallbacks

    return winning_fallbacks(target)
