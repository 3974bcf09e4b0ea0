"""Whether machines can be reached, in docker-machine's words for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from mooring.model.machine import Machine
from mooring.model.reachability import Reach, Reachability


class State(StrEnum):
    """docker-machine's states, as far as they can be told from outside of a machine.

    RUNNING is a machine whose SSH server answers. STOPPED covers whatever keeps us from meeting it but silence, which
    is TIMEOUT. ERROR is a machine that can't be used as it stands, or that shows another host key than the known one.
    """

    RUNNING = "Running"
    STOPPED = "Stopped"
    TIMEOUT = "Timeout"
    ERROR = "Error"
    UNKNOWN = "Unknown"


_STATES = {
    Reach.UP: State.RUNNING,
    Reach.HOST_KEY_UNKNOWN: State.RUNNING,
    Reach.HOST_KEY_CHANGED: State.ERROR,
    Reach.TIMED_OUT: State.TIMEOUT,
    Reach.NOT_PROBED: State.UNKNOWN,
    Reach.JUMP_NEEDS_LOGIN: State.UNKNOWN,
    Reach.FAILED: State.ERROR,
    Reach.NOT_SSH: State.ERROR,
}


_DOWN = "down"
_UNUSABLE = "unusable"
_OF_OTHERS = ("paused", "saved", "starting", "stopping")
"""States of docker-machine's that no knock from outside can find: scripts may ask for them, and find nothing."""

STATE_WORDS = frozenset({*(word.casefold() for word in (*State, *Reach)), _DOWN, _UNUSABLE, *_OF_OTHERS})
"""Whatever a filter may ask for, in small letters."""

_REASONS = {
    Reach.HOST_KEY_UNKNOWN: "",
    Reach.HOST_KEY_CHANGED: "its host key is another than the one on record",
}
"""What a probe says of host keys is about its own strictness, which nobody asked for."""


@dataclass(frozen=True, slots=True)
class Found:
    """What was found of one machine. `reach` is our own, finer word; `seconds` is a round trip to it."""

    state: State
    reach: str
    reason: str = ""
    seconds: float | None = None

    def fits(self, word: str) -> bool:
        """Whether somebody who filters by `word` means it: a state of docker-machine, or the word of the screens."""
        words = {self.state.casefold(), self.reach.casefold()}
        if self.state in (State.STOPPED, State.TIMEOUT):
            words.add(_DOWN)
        return word.casefold().replace("-", " ") in words


def find_states(machines: Iterable[Machine], *, limit: float) -> dict[str, Found]:
    """Knock at each machine for `limit` seconds at most: up to its host key, and without a login, as the screens do.

    Nothing is asked and no program of a configuration is run. The answer is by the machines' names.
    """
    # A list without states is to be there at once.
    import asyncio

    return asyncio.run(_find_states(tuple(machines), limit))


async def _find_states(machines: tuple[Machine, ...], limit: float) -> dict[str, Found]:
    import asyncio

    # Loads the SSH library.
    from mooring.ssh import Prober
    from mooring.ssh.sharing import ConnectionPool

    pool = ConnectionPool()
    prober = Prober(pool)
    usable = [machine for machine in machines if machine.problem is None]
    try:
        answers = await asyncio.gather(*(prober.probe(machine.target, limit=limit) for machine in usable))
    finally:
        await pool.close()
    found = {machine.name: _found(answer) for machine, answer in zip(usable, answers, strict=True)}
    for machine in machines:
        if machine.problem is not None:
            found[machine.name] = Found(State.ERROR, _UNUSABLE, machine.problem)
    return found


def _found(answer: Reachability) -> Found:
    reason = _REASONS.get(answer.reach, answer.reason.partition("\n")[0])
    return Found(_STATES.get(answer.reach, State.STOPPED), str(answer.reach), reason, answer.latency)
