"""An Ansible inventory apart from how it was written: hosts, groups in groups, and the variables of both."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from mooring.model.origin import Origin

Variables = Mapping[str, object]

ROOT = "all"
UNGROUPED = "ungrouped"

_PRIORITY = "ansible_group_priority"


@dataclass(slots=True)
class Group:
    """A group; `hosts` and `children` are sets that keep their order.

    `folder_variables` come from files beside the inventory. They beat those of all groups in the inventory itself.
    """

    name: str
    hosts: dict[str, None] = field(default_factory=dict)
    children: dict[str, None] = field(default_factory=dict)
    variables: dict[str, object] = field(default_factory=dict)
    folder_variables: dict[str, object] = field(default_factory=dict)


@dataclass(slots=True)
class Document:
    """Groups by name and hosts by name, in the order in which they were met.

    A host's variables may be a function, for formats in which they are many and wanted once.
    """

    groups: dict[str, Group] = field(default_factory=dict)
    hosts: dict[str, Variables | Callable[[], Variables]] = field(default_factory=dict)
    origins: dict[str, Origin] = field(default_factory=dict)

    def group(self, name: str) -> Group:
        """The group of that name, made where there is none yet."""
        found = self.groups.get(name)
        if found is None:
            found = self.groups[name] = Group(name)
        return found


@dataclass(frozen=True, slots=True)
class ResolvedHost:
    """A host with what holds for it: its own groups first, then those around them, without `all` and `ungrouped`."""

    name: str
    groups: tuple[str, ...]
    variables: Variables


@dataclass(frozen=True, slots=True)
class _Membership:
    groups: tuple[str, ...]
    variables: Variables


def resolved_hosts(document: Document) -> Iterator[ResolvedHost]:
    """Give each host with its groups and variables; linear in the hosts, since many are in the same groups.

    Nearer beats farther, as in Ansible: `all`, then groups by depth, priority and name, then the host itself
    (inventory/helpers.py and group.py of ansible-core).
    """
    order = _Order(document)
    groups_of: dict[str, list[str]] = {host: [] for host in document.hosts}
    for group in document.groups.values():
        for host in group.hosts:
            groups_of.setdefault(host, []).append(group.name)
    memberships: dict[tuple[str, ...], _Membership] = {}
    for host, direct in groups_of.items():
        key = tuple(direct)
        membership = memberships.get(key)
        if membership is None:
            membership = memberships[key] = order.membership(key)
        own = document.hosts.get(host, {})
        variables = own() if callable(own) else own
        yield ResolvedHost(host, membership.groups, {**membership.variables, **variables})


def groups_in_circles(document: Document) -> tuple[str, ...]:
    """The groups that contain themselves, and those inside them; Ansible takes no such inventory."""
    return _Order(document).unplaced


class _Order:
    """Groups by their distance from `all`; where they lead in a circle, the circle is not gone round twice."""

    def __init__(self, document: Document) -> None:
        self._groups = document.groups
        self._parents: dict[str, list[str]] = {name: [] for name in document.groups}
        for group in document.groups.values():
            for child in group.children:
                self._parents.setdefault(child, []).append(group.name)
        self.unplaced: tuple[str, ...] = ()
        self._depths = self._measure()

    def membership(self, direct: tuple[str, ...]) -> _Membership:
        """What holds for the hosts that are in exactly these groups."""
        around = self._around(direct)
        variables: dict[str, object] = {}
        ranked = [self._groups[name] for name in sorted({*around, ROOT}, key=self._rank) if name in self._groups]
        for group in ranked:
            variables.update(group.variables)
        for group in ranked:
            variables.update(group.folder_variables)
        variables.pop(_PRIORITY, None)
        return _Membership(tuple(name for name in around if name not in (ROOT, UNGROUPED)), variables)

    def _around(self, names: Iterable[str]) -> list[str]:
        """These groups, and all that they are in, nearest first."""
        found = dict.fromkeys(names)
        waiting = list(found)
        while waiting:
            following = [parent for name in waiting for parent in self._parents.get(name, ())]
            waiting = [name for name in dict.fromkeys(following) if name not in found]
            found.update(dict.fromkeys(waiting))
        return list(found)

    def _rank(self, name: str) -> tuple[int, int, str]:
        group = self._groups.get(name)
        priority = group.variables.get(_PRIORITY, 1) if group is not None else 1
        try:
            number = int(str(priority))
        except ValueError:
            number = 1
        return (0 if name == ROOT else self._depths.get(name, 1), number, name)

    def _measure(self) -> dict[str, int]:
        """The longest way from `all` to each group; Kahn's order, which leaves groups in a circle at depth 1."""
        missing = {name: sum(parent != ROOT for parent in parents) for name, parents in self._parents.items()}
        depths = dict.fromkeys(missing, 1)
        ready = [name for name, count in missing.items() if count == 0]
        while ready:
            name = ready.pop()
            group = self._groups.get(name)
            for child in group.children if group is not None and name != ROOT else ():
                depths[child] = max(depths[child], depths[name] + 1)
                missing[child] -= 1
                if missing[child] == 0:
                    ready.append(child)
        self.unplaced = tuple(name for name, count in missing.items() if count > 0)
        return depths
