"""`%` tokens, `${NAME}` and `~` (ssh_config(5), sections TOKENS and ENVIRONMENT VARIABLES)."""

from __future__ import annotations

import pwd
import re
from collections.abc import Mapping
from dataclasses import dataclass

from mooring.sshconfig.person import Person

_SPECIAL = re.compile(r"%(.?)|\$\{", re.DOTALL)


class ExpansionError(ValueError):
    """Text that can't be expanded: ssh's messages about it, in order.

    `missing_variable` says that nothing is wrong but that a variable is not set.
    """

    def __init__(self, *messages: str, missing_variable: bool = False) -> None:
        super().__init__(*messages)
        self.messages = messages
        self.missing_variable = missing_variable


@dataclass(frozen=True, slots=True)
class TokenValues:
    """What the tokens stand for: `host` is where the connection goes, `alias` what the person called it."""

    person: Person
    host: str
    original_host: str
    port: int
    user: str
    host_key_alias: str = ""
    jump_host: str = ""

    def as_map(self) -> dict[str, str]:
        """The tokens that most keywords take: C d h i j k L l n p r u."""
        return {**self.without_user(), "C": self.connection_hash(), "r": self.user}

    def without_user(self) -> dict[str, str]:
        """The tokens that `User` itself takes: all but C and r."""
        return {
            "L": self.person.hostname.partition(".")[0],
            "d": self.person.home,
            "h": self.host,
            "i": str(self.person.uid),
            "j": self.jump_host,
            "k": self.host_key_alias or self.original_host,
            "l": self.person.hostname,
            "n": self.original_host,
            "p": str(self.port),
            "u": self.person.name,
        }

    def connection_hash(self) -> str:
        """%C: SHA-1 over %l%h%p%r%j; before OpenSSH 9.6 without %j, which differs only behind a jump host."""
        text = f"{self.person.hostname}{self.host}{self.port}{self.user}{self.jump_host}"
        import hashlib  # Its C library takes a millisecond of each start, and few ask for this.

        return hashlib.sha1(text.encode("utf-8", "surrogateescape"), usedforsecurity=False).hexdigest()


def expand_percent(text: str, tokens: Mapping[str, str]) -> str:
    """Replace `%` tokens; raises `ExpansionError` for an unknown one."""
    try:
        return _expand(text, tokens, None)
    except ExpansionError as error:
        raise ExpansionError(*error.messages, "percent_expand: failed") from None


def expand_all(text: str, tokens: Mapping[str, str], environment: Mapping[str, str]) -> str:
    """Replace `%` tokens and `${NAME}`; raises `ExpansionError` for an unknown token or an unset variable."""
    try:
        return _expand(text, tokens, environment)
    except ExpansionError as error:
        trailer = (
            "invalid environment variable expansion" if error.missing_variable else "percent_dollar_expand: failed"
        )
        raise ExpansionError(*error.messages, trailer, missing_variable=error.missing_variable) from None


def expand_environment(text: str, environment: Mapping[str, str]) -> str:
    """Replace `${NAME}` alone; raises `ExpansionError`."""
    return _expand(text, None, environment)


def expand_home(path: str, person: Person) -> str:
    """Replace a leading `~` or `~user` by the home that the password database names, as ssh does (not by $HOME)."""
    if not path.startswith("~"):
        return path
    name, slash, rest = path[1:].partition("/")
    if name:
        try:
            home = pwd.getpwnam(name).pw_dir
        except (KeyError, UnicodeError):
            raise ExpansionError(f"tilde_expand: No such user {name}") from None
    else:
        home = person.home
    return home + ("" if home.endswith("/") else "/") + (rest.lstrip("/") if slash else "")


def valid_environment_name(name: str) -> bool:
    """Whether ssh takes `name` for the name of an environment variable."""
    return re.fullmatch(r"[A-Za-z0-9_]+", name) is not None


def _expand(text: str, tokens: Mapping[str, str] | None, environment: Mapping[str, str] | None) -> str:
    parts: list[str] = []
    missing: list[str] = []
    position = 0
    while (match := _SPECIAL.search(text, position)) is not None:
        parts.append(text[position : match.start()])
        position = match.end()
        if match[0] == "${":
            if environment is None:
                parts.append("${")
                continue
            name, brace, _rest = text[position:].partition("}")
            if not brace:
                raise ExpansionError(f"vdollar_percent_expand: environment variable '{name}' missing closing '}}'")
            if not name:
                raise ExpansionError("vdollar_percent_expand: zero-length environment variable")
            if name in environment:
                parts.append(environment[name])
            else:
                missing.append(f"vdollar_percent_expand: env var ${{{name}}} has no value")
            position += len(name) + 1
        elif tokens is None:
            parts.append("%")
            position = match.start() + 1
        elif match[1] == "%":
            parts.append("%")
        elif match[1] == "":
            raise ExpansionError(*missing, "vdollar_percent_expand: invalid format")
        elif match[1] in tokens:
            parts.append(tokens[match[1]])
        else:
            raise ExpansionError(*missing, f"vdollar_percent_expand: unknown key %{match[1]}")
    if missing:
        raise ExpansionError(*missing, missing_variable=True)
    parts.append(text[position:])
    return "".join(parts)
