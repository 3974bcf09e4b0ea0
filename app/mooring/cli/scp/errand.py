"""What is to be copied, as the command line says it, and by whom."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass

from mooring.cli.errors import say
from mooring.cli.machines import load_machines
from mooring.cli.options import GlobalOptions
from mooring.cli.scp.places import Place, find_place
from mooring.model.errors import MooringError, UsageError
from mooring.model.ssh_arguments import GivenOption, SshArguments
from mooring.system_ssh import find_ssh, replace_process, run_in_foreground


@dataclass(frozen=True, slots=True)
class CopyRequest:
    """The words behind `mooring scp`, cut apart."""

    words: tuple[str, ...]
    recursive: bool = False
    delta: bool = False
    quiet: bool = False
    resume: bool = False
    preserve: bool = False
    connecting: tuple[GivenOption, ...] = ()
    """Options of ssh(1) that hold for each machine."""


@dataclass(frozen=True, slots=True)
class Errand:
    """A request with its places found."""

    request: CopyRequest
    sources: tuple[Place, ...]
    target: Place
    machine_names: tuple[str, ...]


def run_copy(request: CopyRequest, options: GlobalOptions) -> int:
    """Copy, and return the status: 0, 1 where files could not be copied, 255 where a machine could not be reached."""
    if len(request.words) < 2:
        raise UsageError("mooring scp: it takes what is to be copied, and where to: MACHINE:PATH or a path here.")
    inventory = load_machines(options)
    connecting = SshArguments(before=request.connecting)
    *sources, target = (
        place.reached_by(connecting, os.environ)
        for place in (find_place(word, inventory, options.config_file) for word in request.words)
    )
    if target.target is None and any(source.target is None for source in sources):
        raise UsageError("mooring scp: one side has to be on a machine, as MACHINE:PATH; cp copies here.")
    errand = Errand(request, tuple(sources), target, tuple(machine.name for machine in inventory.machines))
    words = None if options.native or request.resume else _system_words(errand)
    if words is None:
        if request.delta:
            raise MooringError(
                "mooring scp: sending only differences takes rsync and the system's ssh.", hint="Leave -d out."
            )
        from mooring.cli.scp.native import copy_natively

        return copy_natively(errand)
    if not options.demo:
        replace_process(words)
    return run_in_foreground(words).exit_code


def _system_words(errand: Errand) -> list[str] | None:
    """The command line of the system's scp or rsync; None where there is none, or it could not do this."""
    from mooring.system_ssh.copying import CannotCopyError, CopyFlags, copy_words, delta_words

    ssh, request = find_ssh(), errand.request
    program = shutil.which("rsync" if request.delta else "scp")
    if ssh is None or program is None:
        return None
    targets = [place.target for place in (*errand.sources, errand.target) if place.target is not None]
    places = [place.words for place in (*errand.sources, errand.target)]
    flags = CopyFlags(recursive=request.recursive, quiet=request.quiet, preserve=request.preserve)
    if request.delta:
        if errand.target.target is not None and any(source.target is not None for source in errand.sources):
            raise UsageError("mooring scp: -d copies between a machine and here, not from machine to machine.")
        return delta_words(program, ssh, targets, places, flags)
    try:
        return copy_words(program, ssh, targets, places, flags)
    except CannotCopyError as error:
        if not request.quiet:
            say(f"mooring scp: {error.message}: Mooring's own SSH copies.")
        return None
