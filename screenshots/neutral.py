"""What differs at every run and on every machine, and what stands in its place: as long as it was, so nothing moves."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"(\x1b\[[\d;]*m|(?<![\w.,]))(\d{5})(?!\w|[.,]\d)")
"""Of five digits; what comes before may be an escape sequence, which ends in a letter."""

_FOLDER = re.compile(r"(?<=-demo-)\w{8}(?!\w)")
_END_OF_FOLDER = re.compile(r"(?<=…)[\w-]{1,20}(?=/(?:ssh_config|machines\.toml|known_hosts|machine/|mooring/))")
_OF_STORE = re.compile(r"(?<=docker-machine-)(default-|dev-)([0-9a-f]{1,10})")
"""The name that a machine of a store is known by has a hash of the store's folder in it."""

_PASSWORD = re.compile(r"\b[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}\b")

PORT = "40022"
FOLDER = "mooring-demo-harbour0"
PASSWORD = "rope-knot-quay"

_HASH = "5a11b0a7ed"

_FIRST_FREE_PORT, _LAST_PORT = 30_000, 65_535


def neutral(text: str) -> str:
    """The text without this machine in it: ports, the demo's folder, also where its name is cut, and its passwords."""
    text = _NUMBER.sub(_port, text)
    text = _FOLDER.sub(FOLDER[-8:], text)
    text = _END_OF_FOLDER.sub(lambda cut: FOLDER[-len(cut[0]) :], text)
    text = _OF_STORE.sub(lambda name: name[1] + _HASH[: len(name[2])], text)
    return _PASSWORD.sub(PASSWORD, text)


def _port(number: re.Match[str]) -> str:
    return number[1] + (PORT if _FIRST_FREE_PORT <= int(number[2]) <= _LAST_PORT else number[2])
