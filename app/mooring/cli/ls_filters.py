"""`ls --filter KEY=VALUE`, by docker-machine's rules (libmachine/commands/ls.go) and with keys of our own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from mooring.cli.states import STATE_WORDS, Found, State
from mooring.inventory import did_you_mean
from mooring.inventory.terms import matcher
from mooring.model.errors import UsageError
from mooring.model.machine import Machine

_Test = Callable[[Machine, Found | None], bool]

_TEXTS: dict[str, Callable[[Machine], Iterable[str]]] = {
    "driver": lambda machine: (machine.driver,),
    "group": lambda machine: machine.groups,
    "label": lambda machine: machine.tags,
    "tag": lambda machine: machine.tags,
    "source": lambda machine: machine.sources,
    "user": lambda machine: (machine.user,),
}
KEYS = ("driver", "state", "name", "label", "group", "tag", "source", "user")
"""What can be filtered by; a label is a tag."""


class Filters:
    """What was asked for: of one key any value will do, and of each key one has to. Raises UsageError for no such key.

    `name` is a regular expression that is searched for, as with docker-machine; values of the other keys are compared
    as a whole, without regard to case, and may be globs.
    """

    def __init__(self, words: Sequence[str]) -> None:
        self._tests: dict[str, list[_Test]] = {}
        for word in words:
            key, equals, value = word.partition("=")
            key = key.strip().casefold()
            if not equals or not value:
                raise UsageError(f"The filter `{word}` is not of the form KEY=VALUE.", hint=f"Keys: {', '.join(KEYS)}.")
            if key not in KEYS:
                raise UsageError(f"There is no filter `{key}`.", hint=f"Keys: {', '.join(KEYS)}.")
            self._tests.setdefault("tag" if key == "label" else key, []).append(_test(key, value))

    @property
    def asks_for_state(self) -> bool:
        """Whether machines have to be knocked at."""
        return "state" in self._tests

    def without_state(self, machines: Iterable[Machine]) -> list[Machine]:
        """The machines that all filters but that on the state leave: nobody knocks at the others."""
        tests = [tests for key, tests in self._tests.items() if key != "state"]
        return [machine for machine in machines if all(any(test(machine, None) for test in each) for each in tests)]

    def by_state(self, machines: Iterable[Machine], states: Mapping[str, Found]) -> list[Machine]:
        """Those of them that are in one of the states asked for."""
        tests = self._tests.get("state", [])
        return [
            machine
            for machine in machines
            if not tests or any(test(machine, states.get(machine.name)) for test in tests)
        ]


def _test(key: str, value: str) -> _Test:
    if key == "state":
        if value.casefold().replace("-", " ") not in STATE_WORDS:
            hint = did_you_mean(value, sorted(STATE_WORDS)) or f"States: {', '.join(State)}."
            raise UsageError(f"There is no state `{value}`.", hint=hint)
        return lambda _machine, found: found is not None and found.fits(value)
    if key == "name":
        try:
            pattern = re.compile(value)
        except re.error as error:
            raise UsageError(f"The filter `name={value}` is no regular expression: {error}.") from error
        return lambda machine, _found: pattern.search(machine.name) is not None
    fits, texts = matcher(value), _TEXTS[key]
    return lambda machine, _found: any(map(fits, texts(machine)))
