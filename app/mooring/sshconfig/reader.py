"""One pass over options and files: every line read, every value offered to the settings."""

from __future__ import annotations

import os
from dataclasses import dataclass, field

from mooring.model.errors import ConfigError
from mooring.model.machine import OptionSetting
from mooring.model.origin import COMMAND_LINE, Origin
from mooring.sshconfig.directive import Arguments, BadDirectiveError, Directive, place
from mooring.sshconfig.files import BadlyOwnedError, read_lines
from mooring.sshconfig.include import DEEPEST, included_files
from mooring.sshconfig.keywords import Keyword, Role, Store, lookup
from mooring.sshconfig.lexer import LexError, split_arguments, split_keyword
from mooring.sshconfig.match import Situation, matches
from mooring.sshconfig.patterns import is_literal, match_list, match_pattern
from mooring.sshconfig.read_before import BlockWatch, FileMemory, ReadFile
from mooring.sshconfig.text import ascii_lower, visible
from mooring.sshconfig.tokens import ExpansionError, expand_all
from mooring.sshconfig.values.forwards import forward


@dataclass(slots=True)
class Report:
    """What ssh would have printed so far, and what it noticed; shared by all passes of one resolution."""

    messages: list[str] = field(default_factory=list)
    final_wanted: bool = False
    unexecuted: list[Origin] = field(default_factory=list)

    def say(self, *messages: str) -> None:
        """Add messages, with their control characters made visible."""
        self.messages.extend(visible(message) for message in messages)

    def failure(self, origin: Origin) -> ConfigError:
        """All that was said, as the error that ends the resolution."""
        return ConfigError("\n".join(self.messages), origin)

    def wants_final_pass(self) -> None:
        """A Match line says `final`."""
        self.final_wanted = True

    def left_unexecuted(self, directive: Directive) -> None:
        """A Match line says `exec`, and nothing may be run."""
        if directive.origin not in self.unexecuted:
            self.unexecuted.append(directive.origin)


@dataclass(frozen=True, slots=True)
class _Section:
    """Whether the lines apply that are being read, and whether their block names the host without a wildcard."""

    active: bool = True
    specific: bool = False


_STEPPED_OVER = _Section(active=False)


@dataclass(frozen=True, slots=True)
class _Source:
    """What is being read. `never`: a file that was included from a block that doesn't apply."""

    path: str
    of_person: bool
    depth: int = 0
    never: bool = False
    is_option: bool = False


class Reader:
    """Reads options and files into `situation.collected`; raises `ConfigError` as soon as ssh would end.

    `memory` has files that were read before.
    """

    def __init__(self, situation: Situation, report: Report, memory: FileMemory | None = None) -> None:
        self._situation = situation
        self._report = report
        self._memory = memory
        self._effects = 0

    def read_option(self, option: OptionSetting) -> None:
        """Read one option of the command line (or of another source with such power)."""
        keyword = lookup(ascii_lower(option.keyword)) if option.is_empty else None
        if isinstance(keyword, Keyword):
            self._situation.collected.offer(keyword, ("",), option.origin, active=True, specific=True)
            return
        source = _Source("command-line", of_person=True, is_option=True)
        _section, bad = self._line(str(option), option.origin, source, _Section(specific=True))
        if bad:
            raise self._report.failure(option.origin)

    def read_file(self, path: str, *, of_person: bool, check: bool, must_exist: bool = False) -> None:
        """Read a file from the top; one that isn't there, or may not be read, counts as empty unless it must exist."""
        try:
            self._read(_Source(path, of_person), _Section(), check=check)
        except OSError as error:
            if must_exist:
                self._report.say(f"Can't open user config file {path[:100]}: {os.strerror(error.errno or 0)}")
                raise self._report.failure(Origin(path)) from None

    def _read(self, source: _Source, section: _Section, *, check: bool) -> None:
        if source.depth > DEEPEST:
            self._report.say("Too many recursive configuration includes")
            raise self._report.failure(Origin(source.path))
        try:
            file = self._open(source.path, check=check)
        except BadlyOwnedError as error:
            self._report.say(error.message)
            raise self._report.failure(Origin(source.path)) from None
        watch = BlockWatch(file)
        first_bad: Origin | None = None
        bad_lines = 0
        index = 0
        while index < len(file.lines):
            if (idle := file.idle.get(index)) is not None and self._situation.host not in idle.names:
                watch.end(index)
                section, index = _STEPPED_OVER, idle.end
                continue
            origin = Origin(source.path, index + 1)
            before, effects = section, self._effects
            section, bad = self._line(file.lines[index], origin, source, section)
            if section is not before:
                watch.begin(index, active=section.active)
            elif bad or self._effects != effects:
                watch.disturb()
            if bad:
                bad_lines += 1
                first_bad = first_bad or origin
            index += 1
        watch.end(index)
        if first_bad is not None:
            self._report.say(f"{source.path}: terminating, {bad_lines} bad configuration options")
            raise self._report.failure(first_bad)

    def _open(self, path: str, *, check: bool) -> ReadFile:
        person = self._situation.person if check else None
        if self._memory is None:
            return ReadFile(read_lines(path, trusted_by=person))
        return self._memory.read(path, trusted_by=person)

    def _line(self, line: str, origin: Origin, source: _Source, section: _Section) -> tuple[_Section, bool]:
        """Read one line: the section that it leaves, and whether it counts as bad."""
        try:
            return self._directive(line, origin, source, section), False
        except BadDirectiveError as error:
            self._report.say(*error.messages)
            if error.fatal:
                raise self._report.failure(origin) from None
            return section, True

    def _directive(self, line: str, origin: Origin, source: _Source, section: _Section) -> _Section:
        words = split_keyword(line)
        if words is None:
            return section
        written, text = words[0], words[1]
        if not text:
            raise BadDirectiveError(f'{place(origin)}: no argument after keyword "{written}"')
        keyword = lookup(written)
        unknown = keyword is None and not self._ignored(written)
        try:
            arguments = Arguments(split_arguments(text))
        except LexError as error:
            where = place(origin)
            first = (self._unknown(written, origin),) if unknown else ()
            raise BadDirectiveError(*first, f"{where}: {error}") from None
        if unknown:
            raise BadDirectiveError(self._unknown(written, origin))
        if keyword is None:
            # Ignored, by what IgnoreUnknown says this time.
            self._effects += 1
            return section
        name = keyword.name if isinstance(keyword, Keyword) else written
        directive = Directive(name, written, arguments, text, origin, self._situation.environment)
        if isinstance(keyword, Keyword):
            self._set(keyword, directive, section)
        else:
            section = self._act(keyword, directive, source, section)
        if len(arguments):
            raise directive.bad(f"keyword {written} extra arguments at end of line")
        return section

    def _ignored(self, written: str) -> bool:
        patterns = self._situation.collected.text("ignoreunknown")
        return patterns is not None and match_list(written, patterns, lower=True) is True

    def _unknown(self, written: str, origin: Origin) -> str:
        where = "command-line: line 0" if origin == COMMAND_LINE else f"{origin.path}: line {origin.line or 0}"
        return f"{where}: Bad configuration option: {written}"

    def _set(self, keyword: Keyword, directive: Directive, section: _Section) -> None:
        collected = self._situation.collected
        if keyword.store in (Store.FIRST_ANYWHERE, Store.LAST_ANYWHERE):
            self._effects += 1
        if keyword.store is Store.FORWARD:
            found = forward(directive)
            if section.active:
                collected.offer_forward(found)
            return
        values = keyword.parse(directive)
        if values is not None:
            collected.offer(keyword, values, directive.origin, active=section.active, specific=section.specific)

    def _act(self, role: Role, directive: Directive, source: _Source, section: _Section) -> _Section:
        if source.is_option and role in (Role.HOST, Role.MATCH, Role.INCLUDE):
            name = "Include" if role is Role.INCLUDE else "Host" if role is Role.HOST else "Match"
            raise BadDirectiveError(f"{name} directive not supported as a command-line option")
        if role is not Role.SILENT:
            self._effects += 1
        match role:
            case Role.HOST:
                return self._host(directive, source)
            case Role.MATCH:
                fits = matches(directive, self._situation, self._report, never=source.never)
                return _Section(active=fits and not source.never)
            case Role.INCLUDE:
                self._include(directive, source, section)
            case Role.REFUSE:
                reason = directive.argument()
                if section.active:
                    raise directive.fatal(f"RefuseConnection: {reason}")
            case Role.UNSUPPORTED:
                self._report.say(f'{directive.place}: Unsupported option "{directive.written}"')
                directive.arguments.drop()
            case Role.SILENT:
                directive.arguments.drop()
        return section

    def _host(self, directive: Directive, source: _Source) -> _Section:
        active = specific = False
        while (pattern := directive.arguments.next()) is not None:
            if not pattern:
                raise directive.bad(f"keyword {directive.written} empty argument")
            if source.never:
                directive.arguments.drop()
                break
            negated = pattern.startswith("!")
            if match_pattern(self._situation.host, pattern[negated:]):
                if negated:
                    directive.arguments.drop()
                    return _Section(active=False)
                active = True
                specific = specific or is_literal(pattern)
        return _Section(active, active and specific)

    def _include(self, directive: Directive, source: _Source, section: _Section) -> None:
        while (pattern := directive.arguments.next()) is not None:
            if not pattern:
                raise directive.bad(f"keyword {directive.written} empty argument")
            try:
                path = expand_all(pattern, self._situation.tokens(), self._situation.environment)
            except ExpansionError as error:
                if error.missing_variable:
                    self._report.say(
                        *error.messages[:-1],
                        f"{directive.place}: Unable to expand user config file '{pattern[:100]}'",
                    )
                    continue
                raise BadDirectiveError(*error.messages, fatal=True) from None
            if path.startswith("~") and not source.of_person:
                raise directive.bad(f"bad include path {path}.")
            files = included_files(
                path,
                of_person=source.of_person,
                person=self._situation.person,
                environment=self._situation.environment,
            )
            for file in files:
                self._include_file(file, directive, source, section)

    def _include_file(self, file: str, directive: Directive, source: _Source, section: _Section) -> None:
        inner = _Source(file, source.of_person, source.depth + 1, source.never or not section.active)
        try:
            self._read(inner, section, check=True)
        except FileNotFoundError:
            # A link that leads nowhere; ssh goes on.
            return
        except OSError as error:
            reason = os.strerror(error.errno or 0)
            raise directive.bad(f"Can't open user config file {file[:100]}: {reason}") from None
