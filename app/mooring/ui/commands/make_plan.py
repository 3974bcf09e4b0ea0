"""From what a person wants to a plan. Blocks where a machine has to be resolved: call it in a thread."""

from __future__ import annotations

import shlex
from collections.abc import Mapping

from mooring.fleet.plan import RunPlan, plan_line, plan_saved
from mooring.model.errors import UsageError
from mooring.ui.commands.intent import Intent


def plan_of(intent: Intent, values: Mapping[str, str]) -> RunPlan:
    """The plan of an intent. Raises UsageError for values that are missing or wrong, ConfigError for a machine."""
    saved = intent.saved
    if saved is None:
        plan = plan_line(intent.title, intent.machines, sudo=bool(intent.sudo))
    else:
        plan = plan_saved(saved, intent.machines, values, sudo=intent.sudo)
    _check_text(plan)
    return plan


def typed_text(plan: RunPlan) -> str:
    """What is typed into a session for a plan of one machine. Raises UsageError for what can't be typed."""
    job = plan.jobs[0]
    if job.secret_lines:
        raise UsageError("It has a secret, which a terminal would show: run it apart.")
    return f"sudo sh -c {shlex.quote(job.command)}" if plan.sudo else job.command


def _check_text(plan: RunPlan) -> None:
    """Values of parameters may hold bytes that are no UTF-8 (surrogates), which no message to the engine can."""
    for job in plan.jobs:
        try:
            job.command.encode()
        except UnicodeEncodeError:
            raise UsageError("The command holds bytes that are no UTF-8.") from None
