"""Our machines as an Ansible inventory: what `--list` and `--host` of a dynamic inventory print.

A machine that ssh_config names is left to ssh: it gets no `ansible_host`, since an address would no longer fit the
`Host` block. What Mooring knows beyond that goes into `ansible_ssh_common_args` as `-o`, which is how Ansible passes on
what it has no variable for.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator

from mooring.inventory.ansible.document import ROOT, UNGROUPED
from mooring.inventory.merge import SSH_CONFIG
from mooring.model.errors import ConfigError
from mooring.model.machine import Machine, OptionSetting
from mooring.sshconfig import options_for_ssh, winning_fallbacks

_META = "_meta"
_RESERVED = frozenset({ROOT, UNGROUPED, _META})
_TOKENS = frozenset("%${\\")
_PROXIES = frozenset({"proxyjump", "proxycommand"})


def exported_inventory(machines: Iterable[Machine]) -> dict[str, object]:
    """The answer to `--list`. Machines that can't be used are left out: Ansible would try them."""
    usable = [machine for machine in machines if machine.problem is None]
    groups: dict[str, list[str]] = {}
    alone: list[str] = []
    for machine in usable:
        names = [group for group in machine.groups if group not in _RESERVED]
        for group in names:
            groups.setdefault(group, []).append(machine.name)
        if not names:
            alone.append(machine.name)
    answer: dict[str, object] = {_META: {"hostvars": {machine.name: host_variables(machine) for machine in usable}}}
    answer[ROOT] = {"children": [UNGROUPED, *groups]}
    answer[UNGROUPED] = {"hosts": alone}
    answer.update((group, {"hosts": names}) for group, names in groups.items())
    return answer


def host_variables(machine: Machine) -> dict[str, object]:
    """The answer to `--host`: how to reach a machine, and what we know of it under names of our own."""
    variables: dict[str, object] = {}
    settings = list(options_for_ssh(machine.target))
    if SSH_CONFIG in machine.sources:
        settings += _fallbacks(machine)
    else:
        variables.update(_reached(machine, settings))
    words = [] if machine.target.config_file is None else ["-F", machine.target.config_file]
    words += [word for setting in settings for word in ("-o", str(setting))]
    if words:
        variables["ansible_ssh_common_args"] = shlex.join(words)
    variables.update(_known(machine))
    return variables


def _reached(machine: Machine, settings: list[OptionSetting]) -> Iterator[tuple[str, object]]:
    """Ansible's own variables for a machine that ssh does not know; the settings that they stand for are taken out.

    `Host` patterns that fit the name may not fit the address, so a jump that they give is said again.
    """
    if machine.address:
        yield "ansible_host", machine.address
        _take_out(settings, "hostname")
    if machine.port is not None:
        yield "ansible_port", machine.port
        _take_out(settings, "port")
    if machine.user and _TOKENS.isdisjoint(machine.user):
        yield "ansible_user", machine.user
        _take_out(settings, "user")
    keys = [setting.value for setting in settings if setting.keyword.lower() == "identityfile"]
    if len(keys) == 1 and _TOKENS.isdisjoint(keys[0]):
        yield "ansible_ssh_private_key_file", keys[0].strip('"')
        _take_out(settings, "identityfile")
    if machine.jump not in ("", "none") and not any(setting.keyword.lower() in _PROXIES for setting in settings):
        settings.append(OptionSetting("ProxyJump", machine.jump, machine.origin))


def _take_out(settings: list[OptionSetting], keyword: str) -> None:
    settings[:] = [setting for setting in settings if setting.keyword.lower() != keyword]


def _fallbacks(machine: Machine) -> tuple[OptionSetting, ...]:
    """What other sources say and no `Host` block of the machine's name beats; `Match exec` is not run for it."""
    if not machine.target.fallbacks:
        return ()
    try:
        return winning_fallbacks(machine.target, run_match_exec=False)
    except ConfigError:
        # ssh reads the same file when Ansible connects, and says so.
        return ()


def _known(machine: Machine) -> Iterator[tuple[str, object]]:
    """What Ansible has no variable for. A source of ours reads most of it back."""
    facts: tuple[tuple[str, object], ...] = (
        ("mooring_sources", list(machine.sources)),
        ("mooring_address", machine.address),
        ("mooring_driver", machine.driver),
        ("mooring_tags", list(machine.tags)),
        ("mooring_notes", machine.notes),
        ("mooring_colour", machine.colour),
        ("mooring_guard", machine.guard),
    )
    return ((name, value) for name, value in facts if value)
