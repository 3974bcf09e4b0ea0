"""Several sources made into one list: a name is one machine, whoever mentions it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from mooring.inventory.natural_order import natural_key
from mooring.model.machine import Machine, OptionSetting, Target

SSH_CONFIG = "ssh_config"
"""The source whose values are read again by whoever connects: what stands below it are fallbacks."""


def merge(found: Sequence[Sequence[Machine]]) -> tuple[Machine, ...]:
    """Join the machines of sources that are given in order of precedence, and sort them naturally by name.

    Each value comes from the first source that has it; groups and tags are joined. A source's problem makes the machine
    unusable when it is the first that names it; below that, it is a warning.
    """
    by_name: dict[str, list[Machine]] = {}
    for machines in found:
        for machine in machines:
            by_name.setdefault(machine.name, []).append(machine)
    merged = [_merge_one(same) for same in by_name.values()]
    merged.sort(key=lambda machine: natural_key(machine.name))
    return tuple(merged)


def _merge_one(same: list[Machine]) -> Machine:
    first = same[0]
    if len(same) == 1:
        return first
    unusable = [f"{machine.origin}: {machine.problem}" for machine in same[1:] if machine.problem is not None]
    usable = [first, *(machine for machine in same[1:] if machine.problem is None)]
    return replace(
        first,
        sources=_unique(source for machine in same for source in machine.sources),
        target=_target(usable),
        address=next((machine.address for machine in usable if machine.address), ""),
        user=next((machine.user for machine in usable if machine.user), ""),
        port=next((machine.port for machine in usable if machine.port is not None), None),
        jump=next((machine.jump for machine in usable if machine.jump), ""),
        driver=next((machine.driver for machine in usable if machine.driver), ""),
        groups=_unique(group for machine in usable for group in machine.groups),
        tags=_unique(tag for machine in usable for tag in machine.tags),
        notes=next((machine.notes for machine in usable if machine.notes), ""),
        colour=next((machine.colour for machine in usable if machine.colour), ""),
        favourite=any(machine.favourite for machine in usable),
        guard=any(machine.guard for machine in usable),
        on_connect=next((machine.on_connect for machine in usable if machine.on_connect), ()),
        record=next((machine.record for machine in usable if machine.record), None),
        warnings=(*(warning for machine in same for warning in machine.warnings), *unusable),
    )


def _target(same: list[Machine]) -> Target:
    """Join options by keyword: a keyword that a source sets hides it in those below, however often it may occur."""
    options: list[OptionSetting] = []
    fallbacks: list[OptionSetting] = []
    place = options
    taken: set[str] = set()
    for machine in same:
        if SSH_CONFIG in machine.sources:
            place = fallbacks
        added = [setting for setting in machine.target.options if setting.keyword.lower() not in taken]
        place += added
        taken.update(setting.keyword.lower() for setting in added)
    commands = (machine.target.password_command for machine in same)
    password_command = next((command for command in commands if command), ())
    return replace(
        same[0].target, options=tuple(options), fallbacks=tuple(fallbacks), password_command=password_command
    )


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
