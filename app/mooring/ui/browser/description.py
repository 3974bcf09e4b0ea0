"""A machine told in lines of text: its sources, what it resolves to, the equal command. Pure; widths are in cells."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content

from mooring.model.machine import Machine
from mooring.ui.browser.background import NOTHING_MORE, Background, names_told
from mooring.ui.problems import shorten_home
from mooring_widgets.machine_list.state import STATE_SIGNS, Tone
from mooring_widgets.plain_text import fit, fit_end, plain_text

if TYPE_CHECKING:
    from mooring.ui.browser.explanation import ExplainedHop, ExplainedSetting, MachineExplanation

Part = str | tuple[str, str]

MOST_NOTES = 8000
"""Characters of a machine's notes that are told: other programs' inventories may hold whole files."""

_QUIET = ".detail--quiet"
_HEADING = ".detail--heading"
_PROBLEM = ".detail--problem"
_TONES = {
    Tone.QUIET: _QUIET,
    Tone.GOOD: ".detail--good",
    Tone.BUSY: ".detail--busy",
    Tone.BAD: _PROBLEM,
}


def describe(
    machine: Machine, explanation: MachineExplanation | None, width: int, background: Background = NOTHING_MORE
) -> Content:
    """Tell a machine in lines of at most `width` cells; without an explanation what its sources alone say."""
    return Content.assemble(
        *_heading(machine, background, width),
        *_explained(machine, explanation, width),
        *_neighbours(background),
    )


def _heading(machine: Machine, background: Background, width: int) -> list[Part]:
    parts: list[Part] = [(plain_text(machine.name), ".detail--name")]
    if machine.guard:
        parts += ["  ", ("⚠ guarded: think before you type", ".detail--guard")]
    parts.append("\n")
    if machine.problem is not None:
        parts += ["\n", (f"! {plain_text(machine.problem)}", _PROBLEM), "\n"]
    for warning in machine.warnings:
        parts += ["\n", (f"! {shorten_home(plain_text(warning))}", _QUIET), "\n"]
    now = time.time()
    if reached := background.reached(now):
        style = _TONES[STATE_SIGNS[background.state].tone]
        sign = STATE_SIGNS[background.state].sign
        told = f"{sign} {plain_text(reached)}" if sign.strip() else plain_text(reached)
        parts += ["\n", (f"{'reached':<10}", _QUIET), *_wrapped(told, style, width)]
    origin = shorten_home(plain_text(str(machine.origin)))
    facts = [
        ("driver", plain_text(machine.driver)),
        ("groups", plain_text(", ".join(machine.groups))),
        ("tags", plain_text(", ".join(machine.tags))),
        ("known to", ", ".join(machine.sources)),
        ("first in", fit_end(origin, width - 10)),
        ("last used", background.last_there(now)),
    ]
    for label, value in facts:
        if value:
            parts += ["\n", (f"{label:<10}", _QUIET), fit(value, width - 10)]
    if machine.notes:
        notes = machine.notes if len(machine.notes) <= MOST_NOTES else f"{machine.notes[:MOST_NOTES]} …"
        parts.append("\n\n")
        parts.append("\n".join(plain_text(line) for line in notes.splitlines()))
    return parts


def _wrapped(text: str, style: str, width: int) -> list[Part]:
    """A text of several lines behind a label."""
    first, *others = Content(text).wrap(max(10, width - 10))
    parts: list[Part] = [(first.plain, style)]
    for line in others:
        parts += ["\n", " " * 10, (line.plain, style)]
    return parts


def _neighbours(background: Background) -> list[Part]:
    """Who else is reached on the same way, and who through this machine."""
    parts: list[Part] = []
    for heading, names in (
        (f"Also behind {background.jump}", background.beside),
        ("Reached through this machine", background.behind),
    ):
        if names:
            parts += ["\n\n", (plain_text(heading), _HEADING), "\n", plain_text(names_told(names))]
    return parts


def _explained(machine: Machine, explanation: MachineExplanation | None, width: int) -> list[Part]:
    if machine.problem is not None:
        return []
    if explanation is None:
        return ["\n\n", ("resolving …", _QUIET)]
    parts: list[Part] = []
    if explanation.problem is not None:
        parts += ["\n\n", (f"! {explanation.problem}", _PROBLEM)]
        if explanation.hint:
            parts += ["\n", (plain_text(explanation.hint), _QUIET)]
    for hop in explanation.hops:
        parts += ["\n\n", (plain_text(hop.title), _HEADING)]
        keywords = max((cell_len(setting.keyword) for setting in hop.settings), default=0)
        for setting in hop.settings:
            parts += _setting(setting, keywords, width)
        parts += _limits(hop)
    if explanation.note:
        parts += ["\n\n", (explanation.note, _QUIET)]
    if explanation.ssh_line:
        parts += ["\n\n", ("The same by hand (y copies)", _HEADING), "\n", plain_text(explanation.ssh_line)]
    return parts


def _limits(hop: ExplainedHop) -> list[Part]:
    """What a native session can't do there; the worst is known by its sign, too."""
    if not hop.limits:
        return []
    refused = any(limit.refused for limit in hop.limits)
    instead = "A native session is not possible (o: the system's ssh)" if refused else "Not in a native session"
    parts: list[Part] = ["\n\n", (instead, _PROBLEM if refused else _HEADING)]
    for limit in hop.limits:
        text = plain_text(limit.text)
        parts += ["\n", (f"✕ {text}", _PROBLEM) if limit.refused else (f"! {text}", _QUIET)]
    return parts


def _setting(setting: ExplainedSetting, keywords: int, width: int) -> list[Part]:
    """Keyword, value, and at the right edge the place; on a line of its own where there is no room for it."""
    indent = keywords + 2
    value, origin = plain_text(setting.value), plain_text(setting.origin)
    parts: list[Part] = ["\n", (f"{setting.keyword:<{keywords}}  ", _QUIET), fit(value, width - indent)]
    room = width - indent - cell_len(value) - 2
    if not origin:
        return parts
    if cell_len(origin) <= room:
        gap = " " * (room - cell_len(origin) + 2)
        return [*parts, gap, (origin, _QUIET)]
    if room >= 16:
        return [*parts, "  ", (fit_end(origin, room), _QUIET)]
    return [*parts, "\n", " " * indent, (fit_end(origin, width - indent), _QUIET)]
