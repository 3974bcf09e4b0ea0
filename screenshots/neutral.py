"""What differs at every run and on every machine, and what stands in its place: as long as it was, so nothing moves."""

from __future__ import annotations

import re
from collections.abc import Iterable

_NUMBER = re.compile(r"(\x1b\[[\d;]*m|(?<![\w.,]))(\d{5})(?!\w|[.,]\d)")
"""Of five digits; what comes before may be an escape sequence, which ends in a letter."""

_FOLDER = re.compile(r"(?:(?<=-demo-)|(?<=/tmp/tmp))\w{8}(?!\w)")
_END_OF_FOLDER = re.compile(r"(?<=…)[\w-]{1,20}(?=/(?:ssh_config|machines\.toml|known_hosts|machine/|mooring/))")
_OF_STORE = re.compile(r"(?<=docker-machine-)(default-|dev-)([0-9a-f]{1,10})")
"""The name that a machine of a store is known by has a hash of the store's folder in it."""

_PASSWORD = re.compile(r"\b[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}\b")
_CODE = re.compile(r"(?<=code: )\d{6}\b")
_MOMENT = re.compile(r"\b\d{2} [A-Z][a-z]{2} \d{2}:\d{2}\b")
_WHEN = re.compile(r"-\d{8}-\d{6}(?=\.)")

PORTS = range(40_001, 41_000)
FOLDER = "mooring-demo-harbour0"
PASSWORD = "rope-knot-quay"
_HASH = "5a11b0a7ed"

_FREE_PORTS = range(30_000, 65_535)


class Neutral:
    """Takes out ports, the demo's folder, also where its name is cut, its passwords and when a file was made.

    Each port has a stand-in of its own, in the order in which they are met; `ports` are met before all others.
    """

    def __init__(self, ports: Iterable[int] = ()) -> None:
        self._ports: dict[str, str] = {}
        for port in ports:
            self._stand_in(str(port))

    def __call__(self, text: str) -> str:
        """The text without this machine in it."""
        text = _NUMBER.sub(lambda number: number[1] + self._stand_in(number[2]), text)
        text = _FOLDER.sub(FOLDER[-8:], text)
        text = _END_OF_FOLDER.sub(lambda cut: FOLDER[-len(cut[0]) :], text)
        text = _OF_STORE.sub(lambda name: name[1] + _HASH[: len(name[2])], text)
        text = _CODE.sub("190726", text)
        text = _MOMENT.sub("01 Jan 12:00", text)
        text = _WHEN.sub("-20260101-120000", text)
        return _PASSWORD.sub(PASSWORD, text)

    def _stand_in(self, number: str) -> str:
        if int(number) not in _FREE_PORTS:
            return number
        return self._ports.setdefault(number, str(PORTS[len(self._ports)]))
