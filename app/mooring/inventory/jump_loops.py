"""Jump hosts that lead in a circle, which ssh would follow until processes run out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from mooring.model.machine import Machine
from mooring.sshconfig.values.jumps import parse_destination

_SHOWN = 6


def mark_jump_loops(machines: Iterable[Machine]) -> tuple[Machine, ...]:
    """Give each machine whose way never ends a problem that shows the circle.

    Only the first host of a jump is followed: ssh reaches the further ones through it, whatever their own ProxyJump
    says (ssh.c, `-J`). Linear in the number of machines.
    """
    found = tuple(machines)
    jumps = {machine.name: host for machine in found if (host := _first_hop(machine.jump))}
    if not jumps:
        return found
    circles = _circles(jumps)
    return tuple(
        replace(machine, problem=f"its jump hosts lead in a circle: {circle}")
        if machine.problem is None and (circle := circles.get(machine.name))
        else machine
        for machine in found
    )


def _circles(jumps: dict[str, str]) -> dict[str, str]:
    """For each name whose way runs into a circle, the way as far as it is worth showing."""
    ends: set[str] = set()
    circles: dict[str, str] = {}
    for start in jumps:
        way: dict[str, None] = {}
        name = start
        while name in jumps and name not in way and name not in ends and name not in circles:
            way[name] = None
            name = jumps[name]
        if name in way or name in circles:
            circles.update((passed, _shown(passed, jumps)) for passed in way)
        else:
            ends.update(way)
    return circles


def _shown(start: str, jumps: dict[str, str]) -> str:
    names = [start]
    while jumps[names[-1]] not in names and len(names) < _SHOWN:
        names.append(jumps[names[-1]])
    following = jumps[names[-1]]
    return " → ".join([*names, following if following in names else "…"])


def _first_hop(jump: str) -> str | None:
    """The host that is connected to first; None where there is none, or where ssh would not understand it."""
    if not jump or jump.lower() == "none":
        return None
    destination = parse_destination(jump.partition(",")[0].strip())
    return None if destination is None else destination.host
