"""`IPQoS`: classes of service by name or number."""

from __future__ import annotations

from mooring.sshconfig.directive import Directive, Values
from mooring.sshconfig.text import ascii_lower
from mooring.sshconfig.values.numbers import NumberError, number

_CLASSES = {
    **{f"af{group}{drop}": (group << 5) | (drop << 3) for group in range(1, 5) for drop in range(1, 4)},
    **{f"cs{level}": level << 5 for level in range(8)},
    "ef": 0xB8,
    "le": 0x04,
    "va": 0xB0,
}
_RETIRED = frozenset({"lowdelay", "throughput", "reliability"})
"""Names of the old type-of-service bits: since OpenSSH 10.1 they leave the choice to the system."""


def ip_qos(directive: Directive) -> Values:
    """Parse IPQoS: for interactive sessions, then for the others (the same when only one is given)."""
    first = directive.arguments.next()
    interactive = _class(directive, first)
    second = directive.arguments.next()
    return (interactive, interactive if second is None else _class(directive, second))


def class_number(name: str) -> int | None:
    """The number behind a class as `ip_qos` gives it; None for the system's default."""
    if name == "none":
        return None
    return _CLASSES[name] if name in _CLASSES else int(name, 16)


def _class(directive: Directive, word: str | None) -> str:
    name = ascii_lower(word or "")
    if name in _CLASSES:
        return name
    if name == "none" or name in _RETIRED:
        return "none"
    try:
        value = number(word or "", 0, 255)
    except NumberError:
        raise directive.bad(f"Bad IPQoS value: {'(null)' if word is None else word}") from None
    return next((known for known, code in _CLASSES.items() if code == value), f"0x{value:02x}")
