"""Keywords whose value is text: one word, the rest of the line, or a list of words."""

from __future__ import annotations

from collections.abc import Callable

from mooring.model.ports import port_number
from mooring.model.ssh_names import domain_complaint
from mooring.model.ssh_uri import split_host
from mooring.sshconfig.directive import Directive, Parser, Values
from mooring.sshconfig.lexer import WHITESPACE
from mooring.sshconfig.text import ascii_lower
from mooring.sshconfig.tokens import ExpansionError, expand_environment, valid_environment_name
from mooring.sshconfig.values.choices import ASK_OR_CONFIRM, FLAG
from mooring.sshconfig.values.numbers import seconds


def word(directive: Directive) -> Values:
    """Parse one word."""
    return (directive.argument(),)


def command(directive: Directive) -> Values:
    """Parse a command: the rest of the line as it stands, quotes and `#` included."""
    directive.arguments.drop()
    return (directive.text.lstrip(WHITESPACE + "="),)


def file_list(most: int | None = None) -> Parser:
    """Parse a list of files, or "none" alone; `most` is how many ssh has room for."""

    def parse(directive: Directive) -> Values:
        files = _alone_or_list(directive, ("none",))
        if most is not None and len(files) > most:
            raise directive.bad(f"too many {directive.written} entries.")
        return files

    return parse


def revoked_host_keys(directive: Directive) -> Values:
    """Parse RevokedHostKeys: a file, or "none"; OpenSSH 10.3 and later take several files."""
    first = directive.argument()
    more = _alone_or_list(directive, ()) if ascii_lower(first) != "none" else ()
    return (first, *more)


def log_verbose(directive: Directive) -> Values:
    """Parse LogVerbose; ssh keeps the first pattern of the line only."""
    return _alone_or_list(directive, ("none",))[:1]


def send_env(directive: Directive) -> Values:
    """Parse SendEnv: names and patterns; `-PATTERN` takes earlier ones back."""
    names = _all(directive)
    if any(not name or "=" in name for name in names):
        raise directive.bad("Invalid environment name.")
    if not names:
        raise directive.fatal(f"no {directive.written} specified")
    return names


def set_env(directive: Directive) -> Values:
    """Parse SetEnv: NAME=VALUE words; the first of a name counts."""
    found: dict[str, str] = {}
    for assignment in _all(directive):
        if "=" not in assignment:
            raise directive.bad("Invalid SetEnv.")
        found.setdefault(assignment.partition("=")[0], assignment)
    if not found:
        raise directive.fatal(f"no {directive.written} specified")
    return tuple(found.values())


def canonical_domains(directive: Directive) -> Values:
    """Parse CanonicalDomains: domains in lower case without a trailing dot, or "none" alone."""
    domains: list[str] = []
    while (domain := directive.arguments.next()) is not None:
        if ascii_lower(domain) == "none" and (domains or len(directive.arguments)):
            raise directive.bad(f'keyword {directive.written} "none" argument must appear alone.')
        complaint = domain_complaint(domain, lower=True)
        if complaint:
            raise directive.bad(complaint)
        domains.append(ascii_lower(domain).removesuffix("."))
    if not domains:
        raise directive.fatal(f"no {directive.written} specified")
    return tuple(domains)


def permitted_cnames(directive: Directive) -> Values:
    """Parse CanonicalizePermittedCNAMEs: `sources:targets` pattern lists, `*`, or "none" alone."""
    rules: list[str] = []
    while (rule := directive.arguments.next()) is not None:
        if ascii_lower(rule) == "none":
            if rules or len(directive.arguments):
                raise directive.bad(f'keyword {directive.written} "none" argument must appear alone.')
            return ("none",)
        if rule == "*":
            rules.append("*:*")
            continue
        rule = ascii_lower(rule)
        if not rule.partition(":")[2]:
            raise directive.bad(f'Invalid permitted CNAME "{rule}"')
        rules.append(rule)
    if not rules:
        raise directive.fatal(f"no {directive.written} specified")
    return tuple(rules)


def permit_remote_open(directive: Directive) -> Values:
    """Parse PermitRemoteOpen: HOST:PORT words, or "any" or "none" alone."""

    def check(entry: str) -> None:
        host, rest = split_host(entry)
        if host is None:
            raise directive.fatal(f"missing host in {directive.keyword}")
        if rest is None or (rest != "*" and not port_number(rest)):
            raise directive.fatal(f"bad port number in {directive.keyword}")

    found = _alone_or_list(directive, ("none", "any"), check)
    if not found:
        raise directive.fatal(f"missing {directive.keyword} specification")
    return found


def channel_timeout(directive: Directive) -> Values:
    """Parse ChannelTimeout: TYPE=TIME words, or "none" alone."""

    def check(entry: str) -> None:
        kind, equals, interval = entry.partition("=")
        if not (kind and equals and seconds(interval) is not None):
            raise directive.fatal(f"invalid channel timeout {entry}")

    found = _alone_or_list(directive, ("none",), check)
    if not found:
        raise directive.fatal(f"no {directive.written} specified")
    return found


def agent_path(directive: Directive) -> Values:
    """Parse IdentityAgent: a path, `SSH_AUTH_SOCK`, `$NAME`, or "none"."""
    return (_checked_agent_path(directive, directive.argument()),)


def forward_agent(directive: Directive) -> Values:
    """Parse ForwardAgent: yes or no, or the socket to forward; then both values, "yes" and the path."""
    argument = directive.argument("missing argument.")
    flag = FLAG.find(argument)
    return (flag,) if flag else ("yes", _checked_agent_path(directive, argument))


def add_keys_to_agent(directive: Directive) -> Values:
    """Parse AddKeysToAgent: yes, no, ask, confirm, a time, or `confirm TIME`; the second value is in seconds."""
    first, second = directive.arguments.next(), directive.arguments.next()
    if not first:
        raise directive.bad("missing argument.", "unsupported option")
    choice = ASK_OR_CONFIRM.find(first)
    if choice is not None and second is None:
        return (choice,)
    if choice not in (None, "confirm") or (choice is None and second is not None):
        raise directive.bad("unsupported option")
    lifetime = seconds(first if choice is None else second or "")
    if lifetime is None:
        raise directive.bad("unsupported option" if choice is None else "invalid time value.")
    name = choice or "true"
    return (name, str(lifetime)) if lifetime else (name,)


def version_addendum(directive: Directive) -> Values:
    """Parse VersionAddendum: the rest of the line, `#` included, whatever the manual says; "none" is empty."""
    directive.arguments.drop()
    text = directive.text.lstrip(WHITESPACE)
    return ("" if ascii_lower(text) == "none" else text,)


def refuse_connection(directive: Directive) -> Values:
    """Parse RefuseConnection: the reason to give."""
    return word(directive)


def escape_char(directive: Directive) -> Values:
    """Parse EscapeChar: one character, `^` and a letter, or "none". The value is the character itself."""
    argument = directive.argument()
    if argument == "none":
        return ("none",)
    if len(argument.encode("utf-8", "surrogateescape")) == 1:
        return (argument,)
    if len(argument) == 2 and argument[0] == "^" and 64 <= ord(argument[1]) < 128:
        return (chr(ord(argument[1]) & 31),)
    raise directive.bad("Bad escape character.")


def _all(directive: Directive) -> Values:
    words: list[str] = []
    while (argument := directive.arguments.next()) is not None:
        words.append(argument)
    return tuple(words)


def _alone_or_list(directive: Directive, alone: tuple[str, ...], check: Callable[[str], None] | None = None) -> Values:
    """Take every word; one of `alone` may have no company, and `check` looks at the others (else none may be empty)."""
    words: list[str] = []
    while (argument := directive.arguments.next()) is not None:
        if not argument and check is None:
            raise directive.bad(f"keyword {directive.written} empty argument")
        if ascii_lower(argument) in alone:
            if words or len(directive.arguments):
                name = argument if len(alone) > 1 else "none"
                raise directive.bad(f'keyword {directive.written} "{name}" argument must appear alone.')
        elif check is not None:
            check(argument)
        words.append(argument)
    return tuple(words)


def _checked_agent_path(directive: Directive, argument: str) -> str:
    try:
        expand_environment(argument, directive.environment)
    except ExpansionError as error:
        raise directive.bad(f"Invalid environment expansion {argument}.").after(*error.messages) from None
    if argument[:1] == "$" and argument[1:2] != "{" and not valid_environment_name(argument[1:]):
        raise directive.bad(f"Invalid environment name {argument}.")
    return argument
