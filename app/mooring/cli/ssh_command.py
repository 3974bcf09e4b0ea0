"""`mooring ssh`: finds the machine, and leaves the rest to the system's `ssh` or to the native client."""

from __future__ import annotations

import contextlib
import os
import socket
from dataclasses import dataclass, replace

from mooring.cli.machines import load_machines, suggestion
from mooring.cli.options import GlobalOptions
from mooring.model.errors import ConfigError, MooringError, NameResolutionError, UsageError
from mooring.model.machine import Machine, Target
from mooring.model.ssh_arguments import USAGE, Destination, SshArguments, parse
from mooring.store import Paths, RecentFile
from mooring.system_ssh import command, find_ssh, replace_process, run_in_foreground

DEFAULT_MACHINE = "default"
"""The machine that `mooring ssh` means when it is not told one, as with docker-machine."""

_NOT_INTERACTIVE = frozenset("NWfGOTnsq")


@dataclass(frozen=True, slots=True)
class Errand:
    """What is to be done: the arguments, the machine where one has that name, and the target that both give.

    `target` holds what the machine's source says and the file to read, not the arguments' own settings.
    """

    arguments: SshArguments
    target: Target
    machine: Machine | None = None
    machine_names: tuple[str, ...] = ()

    @property
    def interactive(self) -> bool:
        """Whether a person is about to see a shell: then a splash is in place, on standard error."""
        arguments = self.arguments
        wants_shell = not arguments.command and not any(
            option.letter in _NOT_INTERACTIVE for option in arguments.options
        )
        return wants_shell and os.isatty(0) and os.isatty(2)


def run_ssh(options: GlobalOptions) -> int:
    """Do what the words of `options.ssh_words` ask for; returns the status, or never (the process becomes ssh)."""
    ssh = None if options.native else find_ssh()
    try:
        arguments = parse(options.ssh_words)
    except UsageError:
        if ssh is None:
            raise
        # Nobody can say better than the installed ssh what it does not understand, and it may know more than we do.
        replace_process([ssh, *_file_words(options), *options.ssh_words])
    if ssh is not None and (arguments.query is not None or arguments.count("O")):
        replace_process([ssh, *_file_words(options), *options.ssh_words])
    if arguments.query is not None:
        from mooring.cli.native.queries import answer

        return answer(arguments.query)
    errand = find_errand(arguments, options)
    _remember(errand, options, "native" if ssh is None else "ssh")
    if ssh is None:
        from mooring.cli.native.client import run_native

        return run_native(errand)
    return _run_system(ssh, errand, stay=options.demo)


def find_errand(arguments: SshArguments, options: GlobalOptions) -> Errand:
    """Look the destination up among the machines; raises MooringError for one that can't be used as it stands."""
    config_file = arguments.last("F") or options.config_file
    inventory = load_machines(options, config_file=config_file)
    if arguments.destination is None:
        if inventory.find(DEFAULT_MACHINE) is None:
            raise UsageError(f"There is no machine called {DEFAULT_MACHINE}, and no other was named.", hint=USAGE)
        arguments = replace(arguments, destination=Destination(DEFAULT_MACHINE, DEFAULT_MACHINE))
    assert arguments.destination is not None
    host = arguments.destination.host
    machine = inventory.find(host)
    names = tuple(each.name for each in inventory.machines)
    if machine is None:
        return Errand(arguments, Target(host=host, config_file=config_file), machine_names=names)
    if machine.problem is not None:
        raise MooringError(f"mooring: {machine.name} can't be used: {machine.problem}", hint=f"See {machine.origin}.")
    return Errand(arguments, replace(machine.target, config_file=config_file), machine, names)


def _remember(errand: Errand, options: GlobalOptions, how: str) -> None:
    """Note the connection for the order by use; where nothing can be written, it is not worth a word."""
    if errand.machine is not None:
        paths = options.paths or Paths.of_this_person()
        with contextlib.suppress(OSError):
            RecentFile(paths.recent_file).record(errand.machine.name, how)


def _run_system(ssh: str, errand: Errand, *, stay: bool) -> int:
    """Become ssh, or wait for it where something of ours has to outlive it (`stay`)."""
    if errand.machine is None:
        _check_resolves(errand)
    elif errand.interactive:
        _show_splash(errand.machine, errand)
    words = command(errand.target, errand.arguments, program=ssh)
    if not stay:
        replace_process(words)
    return run_in_foreground(words).exit_code


def _file_words(options: GlobalOptions) -> list[str]:
    return [] if options.config_file is None else ["-F", options.config_file]


def _check_resolves(errand: Errand) -> None:
    """Raise NameResolutionError where a word is neither a machine nor a host, but near the name of a machine.

    Only then: ssh itself says the rest, and a name that only a proxy knows is none of our business.
    """
    hint = suggestion(errand.target.host, errand.machine_names)
    if hint is None:
        return
    from mooring.sshconfig import resolve

    try:
        resolved = resolve(errand.target, run_match_exec=False)
    except ConfigError:
        # ssh reads the same file and will say so itself.
        return
    if any(resolved.text(keyword) not in ("", "none") for keyword in ("proxycommand", "proxyjump")):
        return
    if resolved.text("canonicalizehostname") in ("yes", "always"):
        return
    hostname = resolved.text("hostname")
    try:
        socket.getaddrinfo(hostname, None, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        message = f"ssh: Could not resolve hostname {hostname}: {error.strerror}"
        raise NameResolutionError(message, hop=hostname, hint=hint) from error


def _show_splash(machine: Machine, errand: Errand) -> None:
    """Say where one is going, as far as the files tell; settings can turn it off."""
    from mooring.cli.splash import show_splash
    from mooring.model.connection import ConnectionFacts
    from mooring.model.ssh_argument_settings import with_arguments
    from mooring.sshconfig import resolve

    try:
        resolved = resolve(with_arguments(errand.target, errand.arguments, {}), run_match_exec=False)
    except (ConfigError, UsageError):
        # ssh reads the same words and will say so itself.
        return
    show_splash(
        machine,
        ConnectionFacts(
            user=resolved.text("user"),
            address=resolved.text("hostname"),
            port=resolved.integer("port"),
            key_type="",
            fingerprint="",
            implementation="system ssh",
        ),
    )
