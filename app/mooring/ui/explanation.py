"""What a machine resolves to, ready to be shown: each value with the place it comes from, hop by hop."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from mooring.model.errors import ConfigError, MooringError
from mooring.model.machine import Machine


@dataclass(frozen=True, slots=True)
class ExplainedSetting:
    """One effective option; `origin` is `file:line` with the home folder as `~`."""

    keyword: str
    value: str
    origin: str


@dataclass(frozen=True, slots=True)
class ExplainedHop:
    """The machine itself, or a jump host on the way."""

    title: str
    settings: tuple[ExplainedSetting, ...]


@dataclass(frozen=True, slots=True)
class MachineExplanation:
    """Everything that the details show beside what the sources say; `problem` when it can't be resolved."""

    hops: tuple[ExplainedHop, ...] = ()
    ssh_line: str = ""
    note: str = ""
    problem: str | None = None
    hint: str | None = None


def explain_machine(machine: Machine, *, run_match_exec: bool) -> MachineExplanation:
    """Resolve a machine. Reads files, and runs the commands of `Match exec` where it may: call it in a thread."""
    # Heavy, and needed only when somebody looks.
    from mooring.system_ssh import command_line

    try:
        settings = tuple(
            ExplainedSetting(setting.keyword.lower(), setting.value, shorten_home(str(setting.origin)))
            for setting in (*machine.target.options, *machine.target.fallbacks)
        )
        return MachineExplanation((ExplainedHop("What its sources say", settings),), command_line(machine.target))
    except MooringError as error:
        where = f"{shorten_home(str(error.origin))}: " if isinstance(error, ConfigError) else ""
        return MachineExplanation(problem=f"{where}{error.message}", hint=error.hint)


def shorten_home(path: str) -> str:
    """Write the home folder as `~`, as people do."""
    home = str(Path.home())
    return f"~{path[len(home) :]}" if path == home or path.startswith(f"{home}/") else path
