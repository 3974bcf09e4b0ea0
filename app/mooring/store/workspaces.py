"""workspaces.toml: the workspaces that a person saved, read with every fault told, written with comments kept.

Each is a `[[workspace]]` with a name, the number of its `active` tab (from 1), and its tabs:

    [[workspace.tab]]
    title = "deploy"
    columns = ["web-1", {lines = ["db-1", "db-2"], shares = [2, 1]}]

A tab, and each part of a divided one, is one of `machine = "NAME"` (in an array the name alone), `columns = [...]` and
`lines = [...]`; `shares` are the parts' shares of the room.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from mooring.model.errors import ConfigError
from mooring.model.workspace import PanePlan, Plan, SplitPlan, TabPlan, Workspace
from mooring.store.entry_editor import EntryEditor
from mooring.store.entry_file import EntryFile, RawEntry
from mooring.store.read import read_text_file

TABLE = "workspace"
MOST_PANES = 4
"""Sessions in one tab."""

_LIMIT = 4 * 1024 * 1024
_ENTRY_KEYS = frozenset({"name", "active", "tab"})
_TAB_KEYS = frozenset({"title", "machine", "columns", "lines", "shares"})


@dataclass(frozen=True, slots=True)
class SavedWorkspaces:
    """What the file gave, in its order, and what was wrong with it; a workspace with a fault is left out."""

    workspaces: tuple[Workspace, ...] = ()
    problems: tuple[ConfigError, ...] = ()

    def find(self, name: str) -> Workspace | None:
        """The workspace of exactly that name."""
        return next((workspace for workspace in self.workspaces if workspace.name == name), None)


class WorkspaceFile:
    """Reads and writes one workspaces.toml. Blocks while it does."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> SavedWorkspaces:
        """Read all of them; bad input is told in the result, and nothing is raised for it."""
        try:
            text = read_text_file(self.path, limit=_LIMIT)
        except FileNotFoundError:
            return SavedWorkspaces()
        except ConfigError as error:
            return SavedWorkspaces(problems=(error,))
        file = EntryFile(str(self.path), TABLE)
        file.read(text)
        problems = list(file.problems)
        found: dict[str, Workspace] = {}
        for entry in file.entries:
            try:
                workspace = _workspace(entry)
            except _FaultError as fault:
                problems.append(ConfigError(f"this workspace {fault}", entry.origin))
                continue
            if workspace.name in found:
                problems.append(ConfigError(f"workspace `{workspace.name}` is there twice", entry.origin))
            found.setdefault(workspace.name, workspace)
        return SavedWorkspaces(tuple(found.values()), tuple(problems))

    def save(self, workspace: Workspace) -> None:
        """Write a workspace in the place of the one that has its name, or behind all others.

        Raises ConfigError for a file that is broken, which is then left as it is, and OSError where writing fails.
        """
        editor, values = EntryEditor(self.path, TABLE), _values(workspace)
        if workspace.name in editor.read():
            editor.change(workspace.name, values)
        else:
            editor.add(values)

    def remove(self, name: str) -> None:
        """Take a workspace out. Raises as `save` does, and UsageError for a name that is not there."""
        EntryEditor(self.path, TABLE).remove(name)


class _FaultError(Exception):
    """What is wrong with a workspace, to be read behind "this workspace"."""


def _workspace(entry: RawEntry) -> Workspace:
    values = entry.values
    name, tabs, active = values.get("name"), values.get("tab", []), values.get("active", 1)
    if not isinstance(name, str) or not name.strip():
        raise _FaultError("has no name")
    _refuse_unknown(values, _ENTRY_KEYS)
    if not isinstance(tabs, list) or not tabs or not all(isinstance(tab, dict) for tab in tabs):
        raise _FaultError("has no tabs: each is a table headed [[workspace.tab]]")
    if not isinstance(active, int) or not 1 <= active <= len(tabs):
        raise _FaultError(f"has no tab with the number that `active` says, {active!r}")
    return Workspace(name, tuple(_tab(tab) for tab in tabs), active)


def _tab(values: Mapping[str, object]) -> TabPlan:
    _refuse_unknown(values, _TAB_KEYS)
    title = values.get("title", "")
    if not isinstance(title, str):
        raise _FaultError("has a title that is no text")
    return TabPlan(_plan({key: value for key, value in values.items() if key != "title"}, depth=0), title)


def _plan(value: object, depth: int) -> Plan:
    if isinstance(value, str) and value:
        return PanePlan(value)
    if isinstance(value, dict) and depth < MOST_PANES:
        _refuse_unknown(value, _TAB_KEYS - {"title"})
        match value:
            case {"machine": str(machine), **rest} if machine and not rest:
                return PanePlan(machine)
            case {"columns": list(parts), **rest} if len(parts) > 1 and not rest.keys() - {"shares"}:
                return SplitPlan("columns", tuple(_plan(part, depth + 1) for part in parts), _shares(value, parts))
            case {"lines": list(parts), **rest} if len(parts) > 1 and not rest.keys() - {"shares"}:
                return SplitPlan("lines", tuple(_plan(part, depth + 1) for part in parts), _shares(value, parts))
    raise _FaultError("has a tab that is none of machine = NAME, columns = [...] and lines = [...]")


def _shares(value: Mapping[str, object], parts: list[object]) -> tuple[float, ...]:
    shares = value.get("shares", [1] * len(parts))
    if (
        not isinstance(shares, list)
        or len(shares) != len(parts)
        or not all(isinstance(share, int | float) and 0 < share < 1e6 for share in shares)
    ):
        raise _FaultError("has `shares` that are not one positive number for each part")
    return tuple(map(float, shares))


def _refuse_unknown(values: Mapping[str, object], known: frozenset[str]) -> None:
    unknown = sorted(values.keys() - known)
    if unknown:
        raise _FaultError(f"has a key that means nothing here: {', '.join(unknown)}")


def _values(workspace: Workspace) -> dict[str, object]:
    values: dict[str, object] = {"name": workspace.name}
    if workspace.active != 1:
        values["active"] = workspace.active
    values["tab"] = [_tab_values(tab) for tab in workspace.tabs]
    return values


def _tab_values(tab: TabPlan) -> dict[str, object]:
    plan = {"machine": tab.plan.machine} if isinstance(tab.plan, PanePlan) else _split_values(tab.plan)
    return {"title": tab.title, **plan} if tab.title else dict(plan)


def _split_values(plan: SplitPlan) -> dict[str, object]:
    parts = [part.machine if isinstance(part, PanePlan) else _split_values(part) for part in plan.parts]
    values: dict[str, object] = {plan.axis: parts}
    if len(set(plan.shares)) > 1:
        values["shares"] = [_plain_number(share) for share in plan.shares]
    return values


def _plain_number(share: float) -> int | float:
    return int(share) if share == int(share) else round(share, 3)
