"""The parts of the screen that have keys of their own."""

from __future__ import annotations

from enum import StrEnum


class Area(StrEnum):
    """A part of the screen; its value is what settings.toml calls it in `[keys.AREA]`.

    ANYWHERE is asked first wherever the keys go, sessions included; LEADER is asked once the leader is down.
    """

    ANYWHERE = "anywhere"
    LEADER = "leader"
    LIST = "list"
    FILTER = "filter"
    DETAIL = "details"
    SESSION = "session"
    SEARCH = "search"
    COPY = "copy"
    PLAYER = "player"
    OVER = "ended"
    COMMANDS = "commands"
    COMMAND_FILTER = "command-filter"
    RUN = "run"
    ANSWERS = "answers"
    ANSWER_SEARCH = "answer-search"
    FILES = "files"
    QUESTION = "question"

    @property
    def heading(self) -> str:
        """The area as the help calls it."""
        return _HEADINGS[self]


_HEADINGS = {
    Area.ANYWHERE: "Everywhere, sessions included",
    Area.LEADER: "After the leader",
    Area.LIST: "In the list of machines",
    Area.FILTER: "In the filter",
    Area.DETAIL: "In the details of a machine",
    Area.SESSION: "In a session",
    Area.SEARCH: "While searching",
    Area.COPY: "In copy mode",
    Area.PLAYER: "While a recording plays",
    Area.OVER: "In a session that is over",
    Area.COMMANDS: "In the saved commands",
    Area.COMMAND_FILTER: "In the filter of the commands",
    Area.RUN: "In a run on many machines",
    Area.ANSWERS: "In the answers of a run",
    Area.ANSWER_SEARCH: "While searching answers",
    Area.FILES: "In the files of two sides",
    Area.QUESTION: "When a session asks",
}
