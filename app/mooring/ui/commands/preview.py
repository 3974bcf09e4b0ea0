"""What exactly will run where, in words: equal commands once, with the machines' names folded. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mooring.fleet.folding import fold
from mooring.fleet.plan import RunPlan

MOST_COMMANDS = 20
"""Different commands that are shown; the others are counted."""


@dataclass(frozen=True, slots=True)
class PreviewPart:
    """One command as it is sent, and the machines that get it."""

    machines: tuple[str, ...]
    command: str

    @property
    def names(self) -> str:
        """The machines' names, folded."""
        return fold(self.machines)


def preview_of(plan: RunPlan) -> tuple[PreviewPart, ...]:
    """The commands of a plan in its order, each once."""
    same: dict[str, list[str]] = {}
    for job in plan.jobs:
        same.setdefault(job.command, []).append(job.machine.name)
    return tuple(PreviewPart(tuple(names), command) for command, names in same.items())


def preview_lines(plan: RunPlan) -> list[str]:
    """The preview as lines of text; a command for all machines stands without their names."""
    parts = preview_of(plan)
    lines: list[str] = []
    lead = "sudo: " if plan.sudo else ""
    for part in parts[:MOST_COMMANDS]:
        if len(parts) > 1:
            lines.append(f"{part.names}:")
        lines += _indented(f"{lead}{part.command}", indent="  " if len(parts) > 1 else "")
    if len(parts) > MOST_COMMANDS:
        lines.append(f"… and {len(parts) - MOST_COMMANDS} more that differ")
    return lines


def _indented(command: str, *, indent: str) -> Sequence[str]:
    return [f"{indent}{line}" for line in command.rstrip("\n").split("\n")]
