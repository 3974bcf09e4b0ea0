"""What somebody may have meant by a word that is no command."""

from __future__ import annotations

from collections.abc import Iterable

from mooring.cli.options import GlobalOptions

_OF_DOCKER_MACHINE = {
    "env": "`mooring url MACHINE` prints what DOCKER_HOST wants.",
    "active": "`mooring ls -f '{{.Name}} {{.Active}}'` shows which machine DOCKER_HOST names.",
    "config": "`mooring explain MACHINE` says how a machine is reached.",
    **dict.fromkeys(
        (
            *("create", "kill", "mount", "provision", "regenerate-certs", "restart", "rm", "start", "stop"),
            "upgrade",
        ),
        "Mooring changes no machine: docker-machine does that.",
    ),
}


def meant_by(word: str, commands: Iterable[str], options: GlobalOptions) -> str:
    """Return the sentence that leads on: to a command of nearly that name, or to the machine that the word names."""
    from mooring.inventory import did_you_mean

    host = word.rpartition("@")[2]
    if "@" in word or host in _machine_names(options):
        return f"To log in: `mooring ssh {word}`."
    if word in _OF_DOCKER_MACHINE:
        return _OF_DOCKER_MACHINE[word]
    return did_you_mean(word, commands) or "`mooring --help` lists the commands, and `mooring ssh HOST` logs in."


def _machine_names(options: GlobalOptions) -> frozenset[str]:
    """The names in the person's files. No program is run for it, which might take its time."""
    from mooring.inventory import InventorySources, load

    sources = InventorySources(config_file=options.config_file, machines_file=options.machines_file)
    return frozenset(machine.name for machine in load(sources).machines)
