"""From the tabs on the screen to what can be written down of them, and back."""

from __future__ import annotations

from collections.abc import Callable

from mooring.model.workspace import PanePlan, Plan, SplitPlan, TabPlan
from mooring.ui.sessions.session_pane import SessionPane
from mooring.ui.sessions.session_tab import SessionTab
from mooring.ui.sessions.split.nodes import Axis, Branch, Leaf, Node
from mooring.ui.sessions.split.tree import SplitTree

PanePlanOf = Callable[[SessionPane], PanePlan]


def named(pane: SessionPane) -> PanePlan:
    """A pane by its machine's name."""
    return PanePlan(pane.machine.name)


def plan_of(tab: SessionTab, pane_plan: PanePlanOf = named) -> TabPlan:
    """What there is to write down of a tab."""
    return TabPlan(_plan(tab.division.root, pane_plan), tab.own_title)


def division_of(plan: Plan, pane_for: Callable[[PanePlan], SessionPane]) -> SplitTree[SessionPane]:
    """The division that a plan describes, with panes made for it."""
    return SplitTree(_node(plan, pane_for))


def _plan(node: Node[SessionPane], pane_plan: PanePlanOf) -> Plan:
    if isinstance(node, Leaf):
        return pane_plan(node.key)
    return SplitPlan(node.axis.value, tuple(_plan(part, pane_plan) for part in node.parts), node.weights)


def _node(plan: Plan, pane_for: Callable[[PanePlan], SessionPane]) -> Node[SessionPane]:
    if isinstance(plan, PanePlan):
        return Leaf(pane_for(plan))
    return Branch(Axis(plan.axis), tuple(_node(part, pane_for) for part in plan.parts), plan.shares)
