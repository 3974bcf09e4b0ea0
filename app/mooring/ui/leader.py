"""The leader: one key, and the next key is a command to Mooring."""

from __future__ import annotations

from enum import StrEnum


class LeaderCommand(StrEnum):
    """What can be asked for after the leader."""

    TAB = "tab"
    NEXT = "next"
    PREVIOUS = "previous"
    MACHINES = "machines"
    CLOSE = "close"
    RECONNECT = "reconnect"
    DUPLICATE = "duplicate"
    HAND_OVER = "hand_over"
    SEND_LEADER = "send_leader"
    HELP = "help"
    NEVER_MIND = "never_mind"


_KEYS = {
    "n": LeaderCommand.NEXT,
    "p": LeaderCommand.PREVIOUS,
    "m": LeaderCommand.MACHINES,
    "x": LeaderCommand.CLOSE,
    "r": LeaderCommand.RECONNECT,
    "d": LeaderCommand.DUPLICATE,
    "s": LeaderCommand.HAND_OVER,
    "question_mark": LeaderCommand.HELP,
}


class Leader:
    """Whether the leader is down, and what the key after it means. It knows key names and nothing else."""

    def __init__(self, key: str) -> None:
        self.key = key
        self.is_down = False

    def press(self, key: str) -> tuple[LeaderCommand, str] | None:
        """Take a key that is the leader's, or follows it; None for any other key.

        The command comes with the key that meant it. The leader itself, when it goes down, is NEVER_MIND with no key:
        nothing is to be done yet.
        """
        if not self.is_down:
            if key != self.key:
                return None
            self.is_down = True
            return LeaderCommand.NEVER_MIND, ""
        self.is_down = False
        if key == self.key:
            return LeaderCommand.SEND_LEADER, key
        if key in "123456789" and len(key) == 1:
            return LeaderCommand.TAB, key
        return _KEYS.get(key, LeaderCommand.NEVER_MIND), key
