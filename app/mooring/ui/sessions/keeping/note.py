"""The arrangement of the tabs as the engine remembers it for the next screens: short text, read with distrust."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from mooring.model.workspace import PanePlan, Plan, SplitPlan, TabPlan, Workspace

LONGEST = 60_000
"""Characters; the engine keeps no more than a little above that, and half a note is none."""


def write_note(tabs: Sequence[TabPlan], active: int) -> str:
    """The note for these tabs, of which the one with the number `active`, from 1, is shown; "" where it is too long."""
    text = json.dumps({"tabs": [[tab.title, _put(tab.plan)] for tab in tabs], "active": active}, separators=(",", ":"))
    return text if len(text) <= LONGEST else ""


def read_note(note: str) -> Workspace:
    """The tabs of a note; none where it is empty, or was written by somebody else."""
    try:
        told = json.loads(note)
        tabs = tuple(TabPlan(_take(plan), str(title)) for title, plan in told["tabs"])
        return Workspace("", tabs, int(told["active"]))
    except (ValueError, TypeError, KeyError, RecursionError):
        return Workspace("", ())


def _put(plan: Plan) -> Any:
    if isinstance(plan, PanePlan):
        return [plan.machine, plan.session]
    return {"axis": plan.axis, "parts": [_put(part) for part in plan.parts], "shares": plan.shares}


def _take(told: Any) -> Plan:
    if isinstance(told, list):
        machine, session = told
        return PanePlan(str(machine), int(session))
    parts = tuple(_take(part) for part in told["parts"])
    shares = tuple(float(share) for share in told["shares"])
    if told["axis"] not in ("columns", "lines") or len(parts) != len(shares) or len(parts) < 2 or min(shares) <= 0:
        raise ValueError("no such division")
    return SplitPlan(told["axis"], parts, shares)
