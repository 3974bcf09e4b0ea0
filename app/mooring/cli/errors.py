"""The one place where the command line turns an error into words and a status."""

from __future__ import annotations

import errno
import os
import sys
import traceback

import click

from mooring.model.errors import CancelledByPersonError, ConfigError, MooringError

FAILURE = 255
"""The status of every failure of ours, as with ssh, which leaves the others to the remote command."""

USAGE = 2
"""The status for a wrong use of Mooring's own flags."""

INTERRUPTED = 130
"""The status after ^C: 128 and the number of SIGINT."""

BROKEN_PIPE = 141
"""The status when nobody reads our output any more: 128 and the number of SIGPIPE."""

TRACEBACK_VARIABLE = "MOORING_TRACEBACK"
"""Set in the environment, it adds the traceback to an error that Mooring did not foresee."""


def report(error: BaseException) -> int:
    """Say on standard error what happened, and return the status to end with."""
    match error:
        case CancelledByPersonError():
            return FAILURE
        case MooringError():
            say(error.message)
            if error.hint:
                say(error.hint)
            return FAILURE
        case click.exceptions.Exit():
            return error.exit_code
        case click.UsageError():
            if error.ctx is not None:
                say(error.ctx.get_usage())
            say(f"mooring: {error.format_message()}")
            return USAGE
        case click.ClickException():
            say(f"mooring: {error.format_message()}")
            return FAILURE
        case KeyboardInterrupt() | click.Abort():
            return INTERRUPTED
        case BrokenPipeError():
            _discard_standard_output()
            return BROKEN_PIPE
        case OSError(filename=str() as file) if error.strerror:
            say(f"mooring: {file}: {error.strerror}")
            return FAILURE
        case OSError(errno=errno.ENOSPC | errno.EDQUOT | errno.EFBIG | errno.EIO):
            _discard_standard_output()
            say(f"mooring: what there is to say can't be written: {error.strerror}")
            return FAILURE
        case _:
            say(f"mooring: internal error: {type(error).__name__}: {error}")
            if os.environ.get(TRACEBACK_VARIABLE):
                say("".join(traceback.format_exception(error)).rstrip())
            else:
                say(f"Please report it, with what {TRACEBACK_VARIABLE}=1 in the environment adds.")
            return FAILURE


def told(error: MooringError) -> str:
    """An error's message, with the place to mend where that is not in it."""
    if isinstance(error, ConfigError) and error.origin.path not in error.message:
        return f"{error.origin}: {error.message}"
    return error.message


def say(text: str) -> None:
    """Write lines to standard error; control characters, which a hostile name may hold, are shown, not sent."""
    try:
        print(printable(text), file=sys.stderr, flush=True)
    except OSError:
        # Standard error is closed: there is nowhere left to say it, and the status still tells.
        return


def printable(text: str) -> str:
    """Replace every control character but line feed and tab by its caret form, as `cat -v` does."""
    return "".join(char if char in "\n\t" else _visible(char) for char in text)


def _visible(char: str) -> str:
    code = ord(char)
    if code < 32 or code == 127:
        return f"^{chr(code ^ 64)}"
    if 128 <= code < 160 or 0xD800 <= code < 0xE000:
        return "\N{REPLACEMENT CHARACTER}"
    return char


def _discard_standard_output() -> None:
    """Point standard output at nothing, or the interpreter would complain once more when it flushes at its end."""
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.close(nothing)
