"""What was asked for and will not happen, as a value that every part can show."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from mooring.model.origin import Origin


class Severity(StrEnum):
    """How much it matters that something will not happen."""

    REFUSED = "refused"
    """The connection would be another one without it: it is not made."""

    WARNED = "warned"
    """Said once, before connecting."""

    NOTED = "noted"
    """Shown to whoever looks at the machine, and not at each connection."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that the native path can't do for a host.

    `option` is a keyword as ssh_config(5) spells it, or a flag of ssh(1); `what` says what will not happen, `why` the
    reason, as the halves of a sentence. `hop` is the host whose option it is, `origin` the place that asks for it.
    """

    hop: str
    option: str
    what: str
    why: str
    severity: Severity
    origin: Origin

    @property
    def is_refused(self) -> bool:
        """Whether it forbids the connection."""
        return self.severity is Severity.REFUSED

    def __str__(self) -> str:
        return f"{self.option} ({self.origin}): {self.what}; {self.why}"
