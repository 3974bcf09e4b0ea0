"""workspaces.toml: what is saved is read back, what is written by hand is kept, and each fault is named."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mooring.model.errors import ConfigError
from mooring.model.workspace import PanePlan, Plan, SplitPlan, TabPlan, Workspace, keep_panes, panes_of
from mooring.store.workspaces import WorkspaceFile

names = st.text(min_size=1, max_size=12).filter(lambda name: bool(name.strip()))
panes: st.SearchStrategy[Plan] = st.builds(PanePlan, names)


def splits(parts: st.SearchStrategy[Plan]) -> st.SearchStrategy[Plan]:
    """Two parts with shares that are written as they are."""
    shares = st.tuples(st.integers(1, 200), st.integers(1, 200)).map(lambda both: (float(both[0]), float(both[1])))
    return st.builds(SplitPlan, st.sampled_from(["columns", "lines"]), st.tuples(parts, parts), shares)


plans = st.one_of(panes, splits(st.one_of(panes, splits(panes))))
shown = plans.map(lambda plan: _with_equal_shares(plan))


def _with_equal_shares(plan: Plan) -> Plan:
    """Equal shares are not written, whatever they were."""
    if isinstance(plan, PanePlan):
        return plan
    shares = plan.shares if len(set(plan.shares)) > 1 else (1.0,) * len(plan.shares)
    return SplitPlan(plan.axis, tuple(map(_with_equal_shares, plan.parts)), shares)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.builds(TabPlan, shown, st.one_of(st.just(""), names)), min_size=1, max_size=3), names, st.data())
def test_what_is_saved_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, tabs: list[TabPlan], name: str, data: st.DataObject
) -> None:
    workspace = Workspace(name, tuple(tabs), data.draw(st.integers(1, len(tabs))))
    file = WorkspaceFile(tmp_path_factory.mktemp("store") / "workspaces.toml")
    file.save(Workspace("another", (TabPlan(PanePlan("web-1")),)))
    file.save(workspace)
    assert file.read().problems == ()
    assert file.read().find(name) == workspace


TEXT = """# Mine.

[[workspace]]
name = "monday"   # the usual
[[workspace.tab]]
machine = "web-1"

[[workspace]]
name = "deploy"
active = 2
[[workspace.tab]]
machine = "web-1"
[[workspace.tab]]
title = "db"
columns = ["db-1", {lines = ["db-2", {machine = "db-3"}]}]
shares = [2, 1]
"""


def test_saving_again_replaces_and_leaves_the_rest_alone(tmp_path: Path) -> None:
    file = WorkspaceFile(tmp_path / "workspaces.toml")
    file.path.write_text(TEXT)
    deploy = file.read().find("deploy")
    assert deploy is not None
    assert deploy.machines == ("web-1", "db-1", "db-2", "db-3")
    assert deploy.tabs[1].plan == SplitPlan(
        "columns", (PanePlan("db-1"), SplitPlan("lines", (PanePlan("db-2"), PanePlan("db-3")), (1, 1))), (2, 1)
    )
    file.save(Workspace("deploy", (TabPlan(PanePlan("web-9")),)))
    text = file.path.read_text()
    assert text.startswith(TEXT.partition('[[workspace]]\nname = "deploy"')[0])
    assert [workspace.name for workspace in file.read().workspaces] == ["monday", "deploy"]
    file.remove("monday")
    assert [workspace.machines for workspace in file.read().workspaces] == [("web-9",)]
    assert file.path.stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize(
    ("broken", "fault"),
    [
        ('[[workspace]]\nname = "x"', "this workspace has no tabs: each is a table headed [[workspace.tab]]"),
        ("[[workspace]]\n[[workspace.tab]]\nmachine = 'a'", "this workspace has no name"),
        ('[[workspace]]\nname = "x"\nactive = 3\n[[workspace.tab]]\nmachine = "a"', "`active` says, 3"),
        ('[[workspace]]\nname = "x"\n[[workspace.tab]]\nmachin = "a"', "a key that means nothing here: machin"),
        ('[[workspace]]\nname = "x"\n[[workspace.tab]]\ncolumns = ["a"]', "none of machine = NAME"),
        ('[[workspace]]\nname = "x"\n[[workspace.tab]]\ncolumns = ["a", "b"]\nshares = [1]', "one positive number"),
        ('[[workspace]]\nname = "x"\n[[workspace.tab]]\nmachine = "a"\nlines = ["b", "c"]', "none of machine = NAME"),
        ('[[workspace]]\nname = "monday"\n[[workspace.tab]]\nmachine = "a"', "workspace `monday` is there twice"),
    ],
)
def test_a_fault_is_named_with_its_line_and_the_others_are_read(tmp_path: Path, broken: str, fault: str) -> None:
    file = WorkspaceFile(tmp_path / "workspaces.toml")
    file.path.write_text(f"{TEXT}\n{broken}\n")
    read = file.read()
    assert [workspace.name for workspace in read.workspaces] == ["monday", "deploy"]
    [problem] = read.problems
    assert fault in problem.message
    assert problem.origin.line == TEXT.count("\n") + 2


def test_a_file_that_is_no_toml_is_told_and_not_written_over(tmp_path: Path) -> None:
    file = WorkspaceFile(tmp_path / "workspaces.toml")
    assert file.read().workspaces == ()
    file.path.write_text("[[workspace")
    assert len(file.read().problems) == 1
    with pytest.raises(ConfigError, match="not valid TOML"):
        file.save(Workspace("x", (TabPlan(PanePlan("a")),)))
    assert file.path.read_text() == "[[workspace"


def test_panes_that_are_not_wanted_leave_their_room_to_the_others() -> None:
    plan = SplitPlan("columns", (PanePlan("a"), SplitPlan("lines", (PanePlan("b"), PanePlan("c")), (1, 2))), (3, 1))
    assert keep_panes(plan, lambda pane: pane.machine != "b") == SplitPlan(
        "columns", (PanePlan("a"), PanePlan("c")), (3, 1)
    )
    assert keep_panes(plan, lambda pane: pane.machine == "c") == PanePlan("c")
    assert keep_panes(plan, lambda _pane: False) is None
    assert [pane.machine for pane in panes_of(plan)] == ["a", "b", "c"]
