"""The patterns of ssh_config(5), section PATTERNS: `*`, `?`, and comma-separated lists with `!`."""

from __future__ import annotations

from mooring.sshconfig.text import ascii_lower

_LONGEST_PATTERN = 1023
"""OpenSSH takes a longer pattern in a list as a list that matches nothing (match.c)."""


def is_literal(pattern: str) -> bool:
    """Whether a `Host` pattern names exactly one host: no wildcard and no negation."""
    return not (pattern.startswith("!") or "*" in pattern or "?" in pattern)


def match_pattern(text: str, pattern: str) -> bool:
    """Whether the whole of `text` fits `pattern`; case counts.

    Going back to the last `*` alone is enough, so that no pattern takes longer than length times length.
    """
    if "*" not in pattern and "?" not in pattern:
        return text == pattern
    position = index = 0
    star = resume = -1
    while position < len(text):
        if index < len(pattern) and pattern[index] == "*":
            star, resume = index, position
            index += 1
        elif index < len(pattern) and pattern[index] in ("?", text[position]):
            position += 1
            index += 1
        elif star >= 0:
            resume += 1
            position, index = resume, star + 1
        else:
            return False
    return not pattern[index:].strip("*")


def match_list(text: str, patterns: str, *, lower: bool = False) -> bool | None:
    """Match against a comma-separated list: True, False (a negated pattern fits), or None (nothing fits).

    `lower` puts the patterns, not the text, into lower case.
    """
    rest = ascii_lower(patterns) if lower else patterns
    found: bool | None = None
    while rest:
        negated = rest.startswith("!")
        pattern, _comma, rest = rest[negated:].partition(",")
        if len(pattern) >= _LONGEST_PATTERN:
            return None
        if match_pattern(text, pattern):
            if negated:
                return False
            found = True
    return found


def match_hostname(host: str, patterns: str) -> bool:
    """Match a host name against a list; case doesn't count."""
    return match_list(ascii_lower(host), patterns, lower=True) is True
