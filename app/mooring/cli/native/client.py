"""`mooring --native-ssh ssh`: from the arguments to the exit status, with no other program started on the way."""

from __future__ import annotations

import asyncio
import os
import sys

from mooring.cli.errors import FAILURE, say
from mooring.cli.machines import suggestion
from mooring.cli.native.background import Release, run_released
from mooring.cli.native.descriptors import open_missing_descriptors
from mooring.cli.native.log import ClientLog, Level, LogFileError, follow_library
from mooring.cli.native.plan import Plan, early_log, make_plan, read_arguments
from mooring.cli.ssh_command import Errand
from mooring.explanation import supported_algorithms
from mooring.limits import find_limits, refuse
from mooring.model.errors import (
    AuthenticationFailedError,
    CancelledByPersonError,
    ConfigError,
    ConnectionFailedError,
    MooringError,
    NameResolutionError,
    UnsupportedError,
    UnusableSettingError,
    UsageError,
)
from mooring.model.origin import COMMAND_LINE
from mooring.model.ssh_arguments import SshArguments
from mooring.sshconfig import ResolvedHost, dump, resolve

LOG_FILE_FAILURE = 1
"""The status when the file of `-E` can't be opened; it is ssh's only failure that is not 255."""


def run_native(errand: Errand) -> int:
    """Do what the errand asks, and return the status: the remote one, and 255 for every failure of ours."""
    arguments = errand.arguments
    log = ClientLog()
    open_missing_descriptors()
    try:
        target = read_arguments(errand, os.environ)
        log = early_log(arguments, target)
        resolved = resolve(target, command=arguments.command_line)
        if not arguments.count("G"):
            _refuse_unsupported(arguments, resolved)
        else:
            # `connect` tells these otherwise.
            log.errors(resolved.warnings)
        log.level = Level.named(resolved.text("loglevel"))
        if log.facility is not None:
            log.facility = resolved.text("syslogfacility")
        plan = make_plan(arguments, target, resolved, log)
        if arguments.count("G"):
            sys.stdout.write(dump(resolved))
            return 0
        follow_library(log)
        if not plan.background:
            return _connect_and_run(plan, errand, log, None)
        return run_released(
            lambda release: _connect_and_run(plan, errand, log, release), keep_errors=log.level >= Level.DEBUG1
        )
    except LogFileError as error:
        say(error.message)
        return LOG_FILE_FAILURE
    except UsageError as error:
        return _report_words(error)
    except ConfigError as error:
        if error.origin == COMMAND_LINE and not isinstance(error, UnusableSettingError):
            return _report_words(error)
        log.fatal(error.message)
        return FAILURE
    except NameResolutionError as error:
        hint = None if errand.machine is not None else suggestion(errand.target.host, errand.machine_names)
        return _report(log, error.message, hint)
    except AuthenticationFailedError as error:
        # An agent that is locked or full of keys is said: the lines before it are ssh's.
        return _report(log, error.message, error.hint)
    except ConnectionFailedError as error:
        # Scripts read these lines: they are ssh's own, and nothing is added to them.
        return _report(log, error.message, None)
    except CancelledByPersonError as error:
        return _report(log, error.message, None)
    except UnsupportedError as error:
        from mooring.system_ssh import command_line

        return _report(log, error.message, f"The system's ssh can: {command_line(errand.target, arguments)}")
    except MooringError as error:
        return _report(log, error.message, error.hint)


def _refuse_unsupported(arguments: SshArguments, resolved: ResolvedHost) -> None:
    """Raise UnsupportedError for what is asked for here; `connect` does the same for the hops on the way."""
    refuse(find_limits(resolved, supported_algorithms, arguments=arguments), hint="Use the system's ssh.")


def _connect_and_run(plan: Plan, errand: Errand, log: ClientLog, release: Release | None) -> int:
    # The SSH library takes a third of a second to load: not before it is certain that there is something to connect.
    from mooring.cli.native.session import ClientSession

    splash_for = errand.machine if errand.interactive and plan.terminal and log.level >= Level.INFO else None
    return asyncio.run(ClientSession(plan, log, splash_for=splash_for, release=release).run())


def _report_words(error: MooringError) -> int:
    """What is wrong with the command line's words is said whatever the log level, and never to a file, as in ssh."""
    return _report(ClientLog(), error.message, error.hint)


def _report(log: ClientLog, message: str, hint: str | None) -> int:
    log.error(message)
    if hint is not None:
        log.error(hint)
    return FAILURE
