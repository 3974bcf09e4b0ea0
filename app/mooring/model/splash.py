"""What is shown once at connect: where one is, and by which key the host proved it."""

from __future__ import annotations

from mooring.model.connection import ConnectionFacts
from mooring.model.machine import Machine

_MARK = (" o ", "╶┼╴", "╰┴╯")


def splash(machine: Machine, facts: ConnectionFacts) -> list[str]:
    """Return the splash: up to six lines of plain text, without line ends, each cell one column wide in the mark.

    What is not known (a key, when the system `ssh` connects) is left out. Names and addresses come from files and
    servers that others wrote, so what is not printable in them becomes "?".
    """
    told = [_title(machine), _place(facts), _key(facts), _way(facts)]
    lines = [line for line in told if line]
    rows = max(len(lines), len(_MARK))
    marks = [*_MARK, *[" " * len(_MARK[0])] * (rows - len(_MARK))]
    texts = [*lines, *[""] * (rows - len(lines))]
    return [_printable(f" {mark}  {text}".rstrip()) for mark, text in zip(marks, texts, strict=True)]


def _title(machine: Machine) -> str:
    return f"{machine.name} · {machine.driver}" if machine.driver else machine.name


def _place(facts: ConnectionFacts) -> str:
    address = f"[{facts.address}]" if ":" in facts.address else facts.address
    through = f" through {', '.join(facts.hops)}" if facts.hops else ""
    return f"{facts.user}@{address}:{facts.port}{through}"


def _key(facts: ConnectionFacts) -> str:
    return f"{facts.key_type} {facts.fingerprint}".strip()


def _way(facts: ConnectionFacts) -> str:
    implementation = facts.implementation if "ssh" in facts.implementation else f"{facts.implementation} ssh"
    return f"{implementation}, {facts.authentication}" if facts.authentication else implementation


def _printable(text: str) -> str:
    return "".join(character if character.isprintable() else "?" for character in text)
