"""Which machines somebody means: names, groups, globs and terms, as `mooring run --on` takes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from mooring.inventory.nearest_name import nearest, one_of
from mooring.inventory.terms import Field, Matcher, Term, is_glob, matcher, parse_terms
from mooring.model.errors import NothingSelectedError, UsageError
from mooring.model.machine import Machine

StateOf = Callable[[Machine], str]
"""What is known of a machine's state ("up", "refused"); "" for nothing."""


def select(
    machines: Sequence[Machine], patterns: Sequence[str], *, state_of: StateOf | None = None
) -> tuple[Machine, ...]:
    """Return the machines that any of `patterns` picks, each once, in the order of `machines`.

    A pattern is a few terms (`mooring.inventory.terms`) that all have to hold. A plain word in it is the name of a
    machine, else of a group, else a glob over names. A pattern of nothing but `!terms` takes away from what the others
    pick, or from all machines where there are no others. Machines with a problem are picked too.

    What picks nothing is most likely a slip, and then nothing should be done to the rest: NothingSelectedError names
    it and what comes near. UsageError is raised for an empty pattern or value (a variable that was not set would
    select everything), and for `state:` without `state_of`. No patterns pick nothing.
    """
    selection = _Selection(machines, state_of)
    picked: set[str] = set()
    taken_away: set[str] = set()
    only_exclusions = True
    for pattern in patterns:
        terms = parse_terms(pattern)
        if not terms:
            raise UsageError("An empty pattern selects nothing: name a machine, a group, tag:TAG or a glob.")
        if all(term.excludes for term in terms):
            for term in terms:
                taken_away |= selection.fitting(term)
        else:
            only_exclusions = False
            picked |= selection.holding(terms, pattern)
    wanted = (set(selection.names) if only_exclusions and patterns else picked) - taken_away
    if patterns and not wanted:
        raise NothingSelectedError(f"Nothing is left of what {_quoted(patterns)} selects.")
    return tuple(machine for machine in machines if machine.name in wanted)


class _Selection:
    """All machines, and which of them a term fits."""

    def __init__(self, machines: Sequence[Machine], state_of: StateOf | None) -> None:
        self.names = {machine.name: machine for machine in machines}
        self._state_of = state_of

    def holding(self, terms: Sequence[Term], pattern: str) -> set[str]:
        """The machines for which all terms hold; there has to be one."""
        found = set(self.names)
        for term in terms:
            found = found - self.fitting(term) if term.excludes else found & self.fitting(term)
        if not found:
            raise NothingSelectedError(f"No machine fits all of `{pattern}`.")
        return found

    def fitting(self, term: Term) -> set[str]:
        """The machines that a term fits, `!` or not. A name that nobody has is a slip also behind `!`."""
        if not term.value:
            raise UsageError(f"`{term}` has no value: what would it select?")
        found = self._by_word(term.value) if term.field is None else self._by_field(term.field, matcher(term.value))
        if not found and not (term.excludes and term.field):
            raise self._nothing(term)
        return found

    def _by_word(self, word: str) -> set[str]:
        if word in self.names:
            return {word}
        folded = word.casefold()
        if same := {name for name in self.names if name.casefold() == folded}:
            return same
        fits = matcher(word)
        if is_glob(word):
            return {name for name in self.names if fits(name)}
        return self._by_field(Field.GROUP, fits)

    def _by_field(self, field: Field, fits: Matcher) -> set[str]:
        return {name for name, machine in self.names.items() if any(map(fits, self._values(machine, field)))}

    def _values(self, machine: Machine, field: Field) -> Iterable[str]:
        match field:
            case Field.NAME:
                return (machine.name,)
            case Field.GROUP:
                return machine.groups
            case Field.TAG:
                return machine.tags
            case Field.DRIVER:
                return (machine.driver,)
            case Field.SOURCE:
                return machine.sources
            case Field.USER:
                return (machine.user,)
            case Field.STATE:
                if self._state_of is None:
                    raise UsageError("`state:` is not known here: nothing has been connected to.")
                return (self._state_of(machine),)

    def _nothing(self, term: Term) -> NothingSelectedError:
        """Say what was not found, with what comes near: words are compared with names, groups and whole terms."""
        machines = self.names.values()
        known: list[str] = []
        if term.field is None:
            fields = [f"{field}:{value}" for field in (Field.GROUP, Field.TAG) for value in self._all(field)]
            known = [*self.names, *self._all(Field.GROUP), *(fields if ":" in term.value else ())]
        elif term.field is not Field.STATE:
            known = sorted({value for machine in machines for value in self._values(machine, term.field)})
        prefix = "" if term.field is None else f"{term.field}:"
        near = tuple(f"{prefix}{value}" for value in nearest(term.value, known))
        what = "machine or group" if term.field is None and not is_glob(term.value) else "machine"
        hint = f"Did you mean {one_of(near)}?" if near else None
        return NothingSelectedError(f"No {what} fits `{term}`.", nearest=near, hint=hint)

    def _all(self, field: Field) -> list[str]:
        return sorted({value for machine in self.names.values() for value in self._values(machine, field)})


def _quoted(patterns: Sequence[str]) -> str:
    return " and ".join(f"`{pattern}`" for pattern in patterns)
