"""The settings as they gather while files are read: the first value of most keywords wins."""

from __future__ import annotations

from dataclasses import dataclass

from mooring.model.origin import Origin
from mooring.sshconfig.directive import Values
from mooring.sshconfig.keywords import Keyword, Store
from mooring.sshconfig.patterns import match_pattern
from mooring.sshconfig.values.forwards import KINDS, PlacedForward


@dataclass(frozen=True, slots=True)
class Setting:
    """What one keyword is set to.

    `values` are in the words of `ssh -G`; () is unset. `origin` is where the first of them was written, `origins` has
    one for each value; None is OpenSSH's own default. `specific` says that a `Host` block which names the host without
    a wildcard, or the command line, set it.
    """

    keyword: str
    values: Values
    origin: Origin | None = None
    specific: bool = False
    origins: tuple[Origin | None, ...] = ()

    @property
    def text(self) -> str:
        """The values with spaces between them; "" where nothing is set."""
        return " ".join(self.values)


class Collected:
    """Settings by keyword. Lines are offered in the order in which ssh reads them; each store policy is a method."""

    def __init__(self) -> None:
        self.settings: dict[str, Setting] = {}
        self.forwards: list[PlacedForward] = []
        self.named: set[str] = set()
        """Keywords that a block set which names the host literally, whether or not the value won."""

    def text(self, keyword: str) -> str | None:
        """The value of a one-word keyword so far."""
        setting = self.settings.get(keyword)
        return setting.text if setting is not None else None

    def offer(self, keyword: Keyword, values: Values, origin: Origin, *, active: bool, specific: bool) -> None:
        """Take a parsed line in, as its keyword wants it; `active` says whether its block applies."""
        if active and specific:
            self.named.add(keyword.name)
        match keyword.store:
            case Store.LAST_ANYWHERE:
                self._put(keyword.name, values, origin, specific)
            case Store.FIRST_ANYWHERE:
                self._first(keyword.name, values, origin, specific)
            case _ if not active:
                return
            case Store.ADD:
                self._add(keyword.name, values, origin, specific)
            case Store.ENVIRONMENT:
                self._environment(keyword.name, values, origin, specific)
            case Store.REKEY:
                self._first(keyword.name, values[:1], origin, specific)
                if values[1]:
                    self._first("rekeylimit interval", values[1:], origin, specific)
            case Store.AGENT:
                self._first(keyword.name, values[:1], origin, specific)
                if len(values) > 1:
                    self._first("forwardagent path", values[1:], origin, specific)
            case Store.PROXY:
                # "ProxyJump none" leaves the way open for a ProxyCommand, but not for another ProxyJump.
                jump = self.settings.get("proxyjump")
                closed = jump is not None and (bool(jump.values) or keyword.name == "proxyjump")
                if not closed and "proxycommand" not in self.settings:
                    self._put(keyword.name, values, origin, specific)
            case _:
                if values:
                    self._first(keyword.name, values, origin, specific)

    def offer_forward(self, forward: PlacedForward) -> None:
        """Take a forward in, unless the same one is there."""
        if not any(forward.same_as(placed) for placed in self.forwards):
            self.forwards.append(forward)

    def tell_forwards(self) -> None:
        """Make settings of the forwards too, so that they can be read like every other keyword."""
        for kind in KINDS:
            placed = [forward for forward in self.forwards if forward.kind == kind]
            if placed:
                origins = tuple(forward.origin for forward in placed)
                values = tuple(forward.text for forward in placed)
                self.settings[kind] = Setting(kind, values, origins[0], origins=origins)

    def fill(self, keyword: str, values: Values) -> None:
        """Set a default, where nothing else is set."""
        self.settings.setdefault(keyword, Setting(keyword, values, origins=(None,) * len(values)))

    def replace(self, keyword: str, values: Values) -> None:
        """Give a keyword other values, from the same place (its origin stays)."""
        old = self.settings.get(keyword)
        if old is None:
            self.fill(keyword, values)
            return
        origins = old.origins if len(values) == len(old.origins) else (old.origin,) * len(values)
        self.settings[keyword] = Setting(keyword, values, old.origin, old.specific, origins)

    def remove(self, keyword: str) -> None:
        """Make a keyword unset, if it is set."""
        self.settings.pop(keyword, None)

    def _first(self, keyword: str, values: Values, origin: Origin, specific: bool) -> None:
        if keyword not in self.settings:
            self._put(keyword, values, origin, specific)

    def _put(self, keyword: str, values: Values, origin: Origin, specific: bool) -> None:
        self.settings[keyword] = Setting(keyword, values, origin, specific, (origin,) * len(values))

    def _add(self, keyword: str, values: Values, origin: Origin, specific: bool) -> None:
        old = self.settings.get(keyword)
        if old is None:
            self._put(keyword, values, origin, specific)
            return
        new = tuple(value for value in values if value not in old.values)
        self.settings[keyword] = Setting(
            keyword, old.values + new, old.origin, old.specific or specific, old.origins + (origin,) * len(new)
        )

    def _environment(self, keyword: str, values: Values, origin: Origin, specific: bool) -> None:
        old = self.settings.get(keyword)
        placed: list[tuple[str, Origin | None]] = list(zip(old.values, old.origins, strict=True)) if old else []
        for value in values:
            if value.startswith("-"):
                placed = [entry for entry in placed if not match_pattern(entry[0], value[1:])]
            else:
                placed.append((value, origin))
        names = tuple(name for name, _origin in placed)
        origins = tuple(place for _name, place in placed)
        self.settings[keyword] = Setting(
            keyword, names, origins[0] if origins else origin, specific or (old is not None and old.specific), origins
        )
