"""What the native client says on standard error, into the file of `-E` or to syslog (`-y`), as LogLevel lets it."""

from __future__ import annotations

import logging
import os
import syslog
from collections.abc import Iterable
from enum import IntEnum

from mooring.cli.errors import printable
from mooring.model.errors import UsageError


class Level(IntEnum):
    """The levels of LogLevel in ssh_config(5), in order."""

    QUIET = 0
    FATAL = 1
    ERROR = 2
    INFO = 3
    VERBOSE = 4
    DEBUG1 = 5
    DEBUG2 = 6
    DEBUG3 = 7

    @classmethod
    def named(cls, name: str) -> Level:
        """The level that ssh_config calls `name`; INFO for a name that it does not know."""
        return {**cls.__members__, "DEBUG": cls.DEBUG1}.get(name.upper(), cls.INFO)


_PRIORITIES = {
    Level.FATAL: syslog.LOG_CRIT,
    Level.ERROR: syslog.LOG_ERR,
    Level.INFO: syslog.LOG_INFO,
    Level.VERBOSE: syslog.LOG_INFO,
}


class LogFileError(UsageError):
    """The file of `-E` can't be opened."""


class ClientLog:
    """Lines for the person. Control characters are shown in caret form: much of it repeats what others sent."""

    def __init__(self, level: Level = Level.INFO, file: str | None = None, facility: str | None = None) -> None:
        """Write to standard error, or append to `file`, or send to syslog as `facility` (a name of SyslogFacility)."""
        self.level = level
        self.facility = facility
        self._descriptor = 2
        if file is not None:
            try:
                self._descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
            except OSError as error:
                raise LogFileError(f"Couldn't open logfile {file}: {error.strerror}") from error

    def write(self, level: Level, text: str) -> None:
        """Write `text`, which may have several lines, where `level` is wanted.

        Lines end in CR LF as ssh's do, so that they stand straight on a terminal in raw mode.
        """
        if level > self.level:
            return
        lines = [printable(line) for line in text.splitlines() or [""]]
        if self.facility is None:
            self._write_bytes("".join(f"{line}\r\n" for line in lines).encode("utf-8", "replace"))
            return
        syslog.openlog("ssh", syslog.LOG_PID, getattr(syslog, f"LOG_{self.facility.upper()}", syslog.LOG_USER))
        for line in lines:
            syslog.syslog(_PRIORITIES.get(level, syslog.LOG_DEBUG), line)
        syslog.closelog()

    def say(self, text: str) -> None:
        """Answer to something that the person just asked for: whatever the level."""
        self.write(Level.QUIET, text)

    def _write_bytes(self, data: bytes) -> None:
        try:
            while data:
                data = data[os.write(self._descriptor, data) :]
        except OSError:
            # Nobody listens on standard error any more; the exit status still tells.
            return

    def info(self, text: str) -> None:
        """What a person wants to know."""
        self.write(Level.INFO, text)

    def error(self, text: str) -> None:
        """What went wrong."""
        self.write(Level.ERROR, text)

    def errors(self, texts: Iterable[str]) -> None:
        """Several things that went wrong."""
        for text in texts:
            self.error(text)

    def fatal(self, text: str) -> None:
        """What ends the client: the last line says so, those before it are errors that led there."""
        *errors, last = text.split("\n")
        self.errors(errors)
        self.write(Level.FATAL, last)

    def debug(self, text: str) -> None:
        """What `-v` shows."""
        self.write(Level.DEBUG1, f"debug1: {text}")


class LibraryMessages(logging.Handler):
    """Passes the SSH library's own messages on as `-v` wants them; they hold no secrets and no payload."""

    def __init__(self, log: ClientLog) -> None:
        super().__init__(logging.DEBUG if log.level >= Level.DEBUG2 else logging.INFO)
        self._log = log

    def emit(self, record: logging.LogRecord) -> None:
        """Write one message."""
        deep = record.levelno < logging.INFO
        self._log.write(Level.DEBUG2 if deep else Level.DEBUG1, f"debug{2 if deep else 1}: {record.getMessage()}")


def follow_library(log: ClientLog) -> None:
    """Attach `log` to the SSH library's messages where -v asks for them."""
    if log.level < Level.DEBUG1:
        return
    library = logging.getLogger("asyncssh")
    library.setLevel(logging.DEBUG if log.level >= Level.DEBUG2 else logging.INFO)
    library.addHandler(LibraryMessages(log))
