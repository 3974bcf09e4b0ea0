"""Machines that a program names: any that prints Ansible's dynamic inventory, `ansible-inventory` among them."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from mooring.inventory.ansible.document import Document, Variables, groups_in_circles
from mooring.inventory.ansible.dynamic import NotAnInventoryError, parse_dynamic, parse_host
from mooring.inventory.ansible.machines import machines_of
from mooring.inventory.answer_cache import AnswerCache
from mooring.inventory.looks import Looks
from mooring.inventory.options import destination_problem
from mooring.inventory.programs import ProgramError, Programs
from mooring.inventory.source import SourceResult
from mooring.model.errors import MooringError, SourceError
from mooring.model.machine import Machine
from mooring.model.origin import Origin

MOST_HOSTS_ASKED = 256
"""How many hosts are asked about one by one where a program does not tell their variables with the list."""

_AT_ONCE = 8


class CommandSource:
    """The machines of `words --list`, run in `folder` without a shell, for `timeout` seconds at most.

    Where the list has no `_meta.hostvars`, the program is asked for each host by `--host NAME`. The first reading may
    be answered from `cache`: `mooring ssh` would wait for a cloud each time. Every other one asks the program.
    """

    def __init__(
        self,
        name: str,
        words: Sequence[str],
        *,
        timeout: float,
        folder: Path,
        config_file: str | None = None,
        cache: AnswerCache | None = None,
    ) -> None:
        self._name = name
        self._words = tuple(words)
        self._timeout = timeout
        self._folder = folder
        self._config_file = config_file
        self._cache = cache
        self._first = True
        self._programs = Programs(folder)

    @property
    def name(self) -> str:
        """What `Machine.sources` calls it: the name in the settings."""
        return self._name

    @property
    def patience(self) -> float:
        """The timeout."""
        return self._timeout

    def cancel(self) -> None:
        """Kill the program."""
        self._programs.cancel()

    def read(self) -> SourceResult:
        """Run the program, and read what it prints."""
        looks = Looks()
        for path in self._files():
            looks.note(path)
        first, self._first = self._first, False
        if first and self._cache is not None and (kept := self._cache.load(looks.states.values())) is not None:
            return SourceResult(kept, looks=looks.states)
        result = replace(self._ask(), looks=looks.states)
        if self._cache is not None and not result.problems:
            self._cache.save(result.machines)
        return result

    def last_answer(self) -> tuple[Machine, ...]:
        """What the program said last, however long ago; nothing where no answer is kept. It is not run."""
        return () if self._cache is None else self._cache.load_any_age() or ()

    def _ask(self) -> SourceResult:
        deadline = time.monotonic() + self._timeout
        try:
            output = self._programs.run([*self._words, "--list"], deadline)
            document, has_variables = parse_dynamic(output, Origin(self._words[0]))
        except (ProgramError, NotAnInventoryError) as error:
            return SourceResult(problems=(SourceError(self._name, f"{self._words[0]} {error}"),))
        problems = list(_circles(self._name, document))
        if not has_variables:
            problems += self._ask_for_each(document, deadline)
        machines = tuple(machines_of(document, self._name, self._config_file))
        return SourceResult(machines, tuple(problems))

    def _ask_for_each(self, document: Document, deadline: float) -> Iterator[MooringError]:
        """Run `--host NAME` for each host, some at a time, and say how many have no answer."""
        hosts = [host for host in document.hosts if destination_problem(host) is None]
        asked = hosts[:MOST_HOSTS_ASKED]
        if len(hosts) > len(asked):
            reason = f"tells the variables of {len(hosts)} hosts only one by one; the first {len(asked)} were asked for"
            yield SourceError(self._name, f"{self._words[0]} {reason}", hint="It should print _meta.hostvars.")
        failures: list[str] = []

        def ask(host: str) -> Variables:
            try:
                return parse_host(self._programs.run([*self._words, "--host", host], deadline))
            except (ProgramError, NotAnInventoryError) as error:
                failures.append(f"--host {host} {error}")
                return {}

        with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix=f"ask {self._name}") as pool:
            document.hosts.update(zip(asked, pool.map(ask, asked), strict=True))
        if failures:
            more = f", and {len(failures) - 1} more like it" if len(failures) > 1 else ""
            yield SourceError(self._name, f"{self._words[0]} {failures[0]}{more}")

    def _files(self) -> Iterator[Path]:
        """The program and the files that it is given: when they change it has to be asked again."""
        if (program := shutil.which(self._words[0])) is not None:
            yield Path(program)
        for word in self._words[1:]:
            path = self._folder / word
            if len(word) < _LONGEST_NAME and path.exists():
                yield path


_LONGEST_NAME = 4096


def _circles(source: str, document: Document) -> Iterator[MooringError]:
    if groups := groups_in_circles(document):
        yield SourceError(source, f"groups contain each other: {', '.join(groups[:6])}")
