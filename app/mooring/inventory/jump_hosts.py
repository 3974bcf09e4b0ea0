"""Jumps through machines that ssh does not know: their targets go along with those that jump through them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from mooring.inventory.merge import SSH_CONFIG
from mooring.model.machine import Machine, Target
from mooring.sshconfig.values.jumps import parse_destination


def with_jump_hosts(machines: Iterable[Machine]) -> tuple[Machine, ...]:
    """Give each target the machines that its ProxyJump names, and those that theirs name, as its `jump_hosts`.

    Of a jump that only ssh_config knows of nothing is said: ssh reads it again, and would not find our machines.
    """
    found = tuple(machines)
    unknown = {
        machine.name: machine.target
        for machine in found
        if machine.target.options and machine.problem is None and SSH_CONFIG not in machine.sources
    }
    if not unknown:
        return found
    ways: dict[str, tuple[Target, ...]] = {}
    return tuple(_with_jump_hosts(machine, unknown, ways) if machine.jump else machine for machine in found)


def _with_jump_hosts(machine: Machine, unknown: Mapping[str, Target], ways: dict[str, tuple[Target, ...]]) -> Machine:
    jump = _jump(machine.target)
    if jump is None:
        return machine
    if jump not in ways:
        ways[jump] = _passed(jump, unknown)
    if not ways[jump]:
        return machine
    return replace(machine, target=replace(machine.target, jump_hosts=ways[jump]))


def _passed(jump: str, unknown: Mapping[str, Target]) -> tuple[Target, ...]:
    """The machines on a way, at whatever distance; each once, so that a circle ends."""
    passed: dict[str, Target] = {}
    waiting = [jump]
    while waiting:
        for hop in map(parse_destination, waiting.pop().split(",")):
            if hop is None or hop.host in passed or (target := unknown.get(hop.host)) is None:
                continue
            passed[hop.host] = target
            if (further := _jump(target)) is not None:
                waiting.append(further)
    return tuple(passed.values())


def _jump(target: Target) -> str | None:
    """The ProxyJump that counts, None where there is none or a ProxyCommand comes first."""
    for option in target.options:
        match option.keyword.lower():
            case "proxyjump":
                return option.value
            case "proxycommand":
                return None
    return None
