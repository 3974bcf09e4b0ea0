"""`mooring scp` by Mooring's own SSH, over SFTP."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from mooring.cli.errors import FAILURE, say
from mooring.cli.machines import suggestion
from mooring.cli.native.log import ClientLog
from mooring.cli.native.prompter import TerminalPrompter
from mooring.cli.scp.errand import Errand
from mooring.cli.scp.places import Place
from mooring.cli.scp.progress_line import ProgressLine
from mooring.files import Copier, CopyChoices, FileSystem, LocalFiles
from mooring.files.patterns import is_pattern, matches
from mooring.model.errors import (
    CancelledByPersonError,
    ConnectionLostError,
    FileError,
    MooringError,
    NameResolutionError,
)

NOT_ALL_COPIED = 1
"""The status where files could not be copied, as with scp."""


_GO_ON = "The same command with --continue goes on where this one broke off."


def copy_natively(errand: Errand) -> int:
    """Do it, and return the status."""
    try:
        return asyncio.run(_Copying(errand).run())
    except CancelledByPersonError:
        return FAILURE
    except FileError as error:
        say(f"mooring scp: {error.message}")
        return NOT_ALL_COPIED
    except KeyboardInterrupt:
        say(_GO_ON)
        raise
    except ConnectionLostError as error:
        say(error.message)
        say(_GO_ON)
        return FAILURE
    except NameResolutionError as error:
        say(error.message)
        names = [place.name for place in (*errand.sources, errand.target) if place.target is not None]
        for name in names:
            if name not in errand.machine_names and (hint := suggestion(name, errand.machine_names)):
                say(hint)
        return FAILURE
    except MooringError as error:
        say(error.message)
        if error.hint:
            say(error.hint)
        return FAILURE


class _Copying:
    """One run: the connections, one for each machine, and the copying one source after the other."""

    def __init__(self, errand: Errand) -> None:
        self._errand = errand
        self._stack = AsyncExitStack()
        self._sides: dict[object, FileSystem] = {None: LocalFiles()}

    async def run(self) -> int:
        request = self._errand.request
        problems: list[str] = []
        async with self._stack:
            target = await self._side(self._errand.target)
            for place in self._errand.sources:
                source = await self._side(place)
                choices = CopyChoices(
                    recursive=request.recursive,
                    resume=request.resume,
                    keep_times=request.preserve,
                    keep_modes=request.preserve,
                )
                copier = Copier(source, target, choices)
                plan = await copier.plan(
                    await _sources(source, place), _target_path(self._errand, several=len(self._errand.sources) > 1)
                )
                with ProgressLine(quiet=request.quiet) as line:
                    problems += await copier.copy(plan, line.show)
        for problem in problems:
            say(f"mooring scp: {problem}")
        return NOT_ALL_COPIED if problems else 0

    async def _side(self, place: Place) -> FileSystem:
        if place.target not in self._sides:
            self._sides[place.target] = await self._stack.enter_async_context(_remote(place))
        return self._sides[place.target]


@asynccontextmanager
async def _remote(place: Place) -> AsyncIterator[FileSystem]:
    # The SSH library takes a third of a second to load.
    from mooring.ssh import connect
    from mooring.ssh.vain_sends import leave_out_vain_sends

    assert place.target is not None
    leave_out_vain_sends()
    connection = await connect(place.target, TerminalPrompter(ClientLog(), os.environ))
    try:
        files = await connection.open_files(place.name)
        yield files
        await files.close()
    finally:
        await connection.close()


async def _sources(side: FileSystem, place: Place) -> list[bytes]:
    """The paths that a source means: a shell of ours has dealt with patterns for here, nobody for the machine."""
    path = os.fsencode(place.path)
    if place.target is None or not is_pattern(path) or await side.look(path) is not None:
        return [path]
    found = await matches(side, path)
    if not found:
        raise FileError(f"{side.name}{place.path}: no match")
    return found


def _target_path(errand: Errand, *, several: bool) -> bytes:
    """Where to: with several sources a folder it has to be, though each is planned by itself."""
    path = os.fsencode(errand.target.path) or b"."
    return path + b"/" if several and not path.endswith(b"/") else path
