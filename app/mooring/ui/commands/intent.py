"""What a person is about to do with a command, and what was decided in the end. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto

from mooring.fleet.plan import RunPlan
from mooring.fleet.run import RunOptions
from mooring.model.machine import Machine
from mooring.model.saved_command import SavedCommand


class Way(Enum):
    """What is done with a command."""

    RUN = auto()
    TYPE = auto()
    TYPE_AND_ENTER = auto()


@dataclass(frozen=True, slots=True)
class Intent:
    """What is about to be done: `command` is a saved one, or a line as it was typed. `values` are given already.

    `in_tab` has a run go to a tab of its own though it is for one machine.
    """

    command: SavedCommand | str
    machines: tuple[Machine, ...]
    way: Way = Way.RUN
    values: Mapping[str, str] = field(default_factory=dict)
    sudo: bool | None = None
    in_tab: bool = False

    @property
    def saved(self) -> SavedCommand | None:
        """The saved command, if it is one."""
        return self.command if isinstance(self.command, SavedCommand) else None

    @property
    def title(self) -> str:
        """What it is called."""
        return self.command.name if isinstance(self.command, SavedCommand) else self.command

    @property
    def guarded(self) -> tuple[str, ...]:
        """The machines that must not be touched unawares."""
        return tuple(machine.name for machine in self.machines if machine.guard)

    @property
    def has_to_be_asked(self) -> bool:
        """Whether the person has to see it before anything is sent."""
        saved = self.saved
        if saved is not None and (saved.asks_first or saved.parameters):
            return True
        return self.way is Way.RUN and (len(self.machines) > 1 or bool(self.guarded))


@dataclass(frozen=True, slots=True)
class Decision:
    """The plan that was decided on, and its bounds."""

    plan: RunPlan
    options: RunOptions
