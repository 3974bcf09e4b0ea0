"""What a run is going to do, machine by machine, before anything is sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from mooring.model.command_template import CommandTemplate
from mooring.model.errors import MooringError, UsageError
from mooring.model.machine import Machine
from mooring.model.saved_command import SavedCommand
from mooring.sshconfig import resolve


@dataclass(frozen=True, slots=True)
class Job:
    """One machine's share: the command exactly as it is sent, and the lines of secrets that it reads first.

    `command` holds no secret: it can be shown, and is what a preview shows.
    """

    machine: Machine
    command: str
    secret_lines: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class RunPlan:
    """A run that has been thought through. `line` is the command as the person wrote it, or as it is saved.

    `saved` is the saved command's name, `values` what it was given, without its secrets (for another run like it).
    `timeout` is the saved command's own, in seconds. `asks_first`: the command wants to be confirmed.
    """

    line: str
    jobs: tuple[Job, ...]
    sudo: bool = False
    saved: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    timeout: float | None = None
    asks_first: bool = False

    @property
    def guarded(self) -> tuple[str, ...]:
        """The machines that must not be touched unawares."""
        return tuple(job.machine.name for job in self.jobs if job.machine.guard)

    def only(self, names: Sequence[str]) -> RunPlan:
        """The same on some of its machines."""
        wanted = set(names)
        jobs = tuple(job for job in self.jobs if job.machine.name in wanted)
        return replace(self, jobs=jobs)


def plan_line(command: str, machines: Sequence[Machine], *, sudo: bool = False) -> RunPlan:
    """Plan a command as it was typed: nothing in it is a place for a value."""
    if "\0" in command:
        raise UsageError("A command can't hold a null character.")
    return RunPlan(command, tuple(Job(machine, command) for machine in machines), sudo)


def plan_saved(
    command: SavedCommand, machines: Sequence[Machine], given: Mapping[str, str], *, sudo: bool | None = None
) -> RunPlan:
    """Plan a saved command with the values `given`, completed by its defaults.

    Blocks where a machine's user or port has to be resolved. Raises UsageError for values that are missing or wrong,
    and ConfigError for a machine that can't be resolved.
    """
    values = command.values(dict(given))
    template = CommandTemplate(command.command, frozenset(each.name for each in command.parameters if each.raw))
    secrets = frozenset(each.name for each in command.parameters if each.secret)
    jobs = []
    for machine in machines:
        own = machine_values(machine) if template.names_machines else {}
        rendered = template.render({**values, **own}, secrets)
        jobs.append(Job(machine, rendered.command, rendered.secret_lines))
    return RunPlan(
        line=command.command,
        jobs=tuple(jobs),
        sudo=command.sudo if sudo is None else sudo,
        saved=command.name,
        values={name: value for name, value in values.items() if name not in secrets},
        timeout=command.timeout,
        asks_first=command.asks_first,
    )


def machine_values(machine: Machine) -> dict[str, str]:
    """What `{{machine.name}}` and its like stand for; what no source says is resolved as ssh would."""
    host, user, port = machine.address, machine.user, machine.port
    if not (host and user and port) and machine.problem is None:
        try:
            resolved = resolve(machine.target, run_match_exec=False)
        except MooringError as error:
            raise UsageError(f"{machine.name}: {error.message}", hint=error.hint) from error
        host, user, port = resolved.hostname, resolved.user, resolved.port
    return {
        "machine.name": machine.name,
        "machine.host": host,
        "machine.user": user,
        "machine.port": "" if port is None else str(port),
    }
