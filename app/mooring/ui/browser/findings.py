"""What probes found, in the words and signs of the list and the details. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from mooring.model.reachability import Reach, Reachability
from mooring_widgets.machine_list import RowState

_STATES = {
    Reach.UP: RowState.UP,
    Reach.NO_ADDRESS: RowState.DNS_FAILED,
    Reach.REFUSED: RowState.REFUSED,
    Reach.TIMED_OUT: RowState.TIMED_OUT,
    Reach.NO_ROUTE: RowState.NO_ROUTE,
    Reach.NOT_SSH: RowState.FAILED,
    Reach.JUMP_FAILED: RowState.FAILED,
    Reach.JUMP_NEEDS_LOGIN: RowState.IDLE,
    Reach.HOST_KEY_UNKNOWN: RowState.KEY_UNKNOWN,
    Reach.HOST_KEY_CHANGED: RowState.KEY_CHANGED,
    Reach.NOT_PROBED: RowState.IDLE,
    Reach.FAILED: RowState.FAILED,
}


_SENTENCES = {
    Reach.TIMED_OUT: "timed out after {limit:g} s",
    Reach.NOT_SSH: "no SSH server there",
    Reach.JUMP_FAILED: "stopped at the jump host {hop}",
    Reach.JUMP_NEEDS_LOGIN: "behind the jump host {hop}, which needs a login",
    Reach.NOT_PROBED: "not looked for",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One probe's answer: `when` it came (seconds since 1970), and how many seconds the probe had (`limit`)."""

    found: Reachability
    when: float
    limit: float

    @property
    def state(self) -> RowState:
        """What the row shows."""
        return _STATES[self.found.reach]

    @property
    def detail(self) -> str:
        """What the row tells, in the dozen cells that it has; empty where the state's own word says it."""
        found = self.found
        match found.reach:
            case Reach.UP:
                return "" if found.latency is None else spell_latency(found.latency)
            case Reach.TIMED_OUT:
                return f"timed out {self.limit:g} s"
            case Reach.NOT_SSH:
                return "no SSH there"
            case Reach.JUMP_FAILED:
                return "jump failed"
            case Reach.JUMP_NEEDS_LOGIN:
                return "needs login"
            case Reach.NOT_PROBED:
                return "not probed"
        return ""

    @property
    def sentence(self) -> str:
        """What the details tell: the state, and why."""
        found = self.found
        if found.reach is Reach.UP:
            return "up" if found.latency is None else f"up, {spell_latency(found.latency)} for a round trip"
        words = _SENTENCES.get(found.reach, self.state.value).format(hop=found.hop, limit=self.limit)
        latency = "" if found.latency is None else f" (up, {spell_latency(found.latency)})"
        return f"{words}{latency}: {found.reason}" if found.reason else f"{words}{latency}"


def spell_latency(seconds: float) -> str:
    """Milliseconds, as few digits as tell something."""
    milliseconds = seconds * 1000
    return "<1 ms" if milliseconds < 1 else f"{milliseconds:.0f} ms"


def summary(findings: list[Finding]) -> str:
    """How many were found how, the best first: "12 looked for: 9 up, 2 refused, 1 timed out"."""
    counts: dict[str, int] = {}
    for finding in findings:
        word = finding.found.reach.value
        counts[word] = counts.get(word, 0) + 1
    order = [reach.value for reach in Reach]
    told = ", ".join(f"{counts[word]} {word}" for word in order if word in counts)
    return f"{len(findings)} looked for: {told}" if told else "none looked for"
