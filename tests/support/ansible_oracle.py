"""The real `ansible-inventory`, asked what it makes of an inventory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ANSIBLE_INVENTORY = Path(sys.executable).with_name("ansible-inventory")
"""Installed with the tests' other requirements."""


@dataclass(frozen=True)
class AnsibleView:
    """What Ansible sees: the variables of each host, and for each group all hosts in it, at whatever depth."""

    variables: dict[str, dict[str, object]]
    members: dict[str, frozenset[str]]

    def groups_of(self, host: str) -> frozenset[str]:
        """The groups of a host, without the two that are always there."""
        return frozenset(group for group, hosts in self.members.items() if host in hosts) - {"all", "ungrouped"}


def environment(folder: Path) -> dict[str, str]:
    """For Ansible: files of its own in `folder`, no colours, and nothing of the person's configuration."""
    configuration = folder / "ansible.cfg"
    configuration.touch()
    return {
        **os.environ,
        "ANSIBLE_HOME": str(folder / "ansible"),
        "ANSIBLE_CONFIG": str(configuration),
        "ANSIBLE_NOCOLOR": "1",
        "LC_ALL": "C.UTF-8",
    }


def ask_ansible(source: Path, folder: Path) -> AnsibleView:
    """Let Ansible read a file or run a program; one that it can't read is an error here."""
    words = [str(ANSIBLE_INVENTORY), "-i", str(source), "--list"]
    run = subprocess.run(
        words,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
        env={**environment(folder), "ANSIBLE_INVENTORY_UNPARSED_FAILED": "1"},
    )
    assert run.returncode == 0, run.stderr
    found = json.loads(run.stdout)
    variables = dict(found.pop("_meta")["hostvars"])
    found.pop("profile", None)
    members = {name: _members(found, name) for name in found}
    for host in members.get("all", ()):
        variables.setdefault(host, {})
    return AnsibleView(variables, members)


def _members(groups: dict[str, dict[str, list[str]]], name: str) -> frozenset[str]:
    group = groups.get(name, {})
    inner = [_members(groups, child) for child in group.get("children", ())]
    return frozenset(group.get("hosts", ())).union(*inner)
