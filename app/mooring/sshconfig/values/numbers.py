"""Ports, counts, times, sizes and masks: numbers in the forms that OpenSSH reads."""

from __future__ import annotations

import re

from mooring.model.ports import port_number
from mooring.sshconfig.directive import Directive, Values
from mooring.sshconfig.text import ascii_lower

INTEGER_LIMIT = 2**31 - 1
_NUMBER = re.compile(r"[ \t\n\v\f\r]*([+-]?[0-9]+)")
_INTERVAL = re.compile(r"([0-9]+)([sSmMhHdDwW]?)")
_TIME = re.compile(r"(?:[0-9]+[sSmMhHdDwW]?)+")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
_SCALED = re.compile(r"[ \t\n\v\f\r]*([+-]?)([0-9]*)(?:\.([0-9]*))?(?:([BbKkMmGgTtPpEe])([^A-Za-z0-9].*)?)?", re.DOTALL)


class NumberError(ValueError):
    """A number that can't be used; the text is strtonum(3)'s word for why."""


def number(text: str, low: int, high: int) -> int:
    """Read a decimal as strtonum(3): "invalid", "too small" or "too large" is raised as `NumberError`."""
    match = _NUMBER.fullmatch(text)
    if match is None:
        raise NumberError("invalid")
    value = int(match[1]) if len(match[1]) < 32 else (-1 if match[1][0] == "-" else 2**63)
    if value < low:
        raise NumberError("too small")
    if value > high:
        raise NumberError("too large")
    return value


def seconds(text: str) -> int | None:
    """Read a time of sshd_config(5), TIME FORMATS, in seconds; None where it isn't one."""
    if _TIME.fullmatch(text) is None:
        return None
    total = sum(int(digits[:20]) * _SECONDS[ascii_lower(unit) or "s"] for digits, unit in _INTERVAL.findall(text))
    return total if total <= INTEGER_LIMIT else None


def scaled(text: str) -> int:
    """Read a size such as `1G` as scan_scaled(3); raises `NumberError` with the C library's reason."""
    match = _SCALED.fullmatch(text)
    if match is None:
        raise NumberError("Invalid argument")
    sign, whole, fraction, unit, _rest = match.groups()
    if len(whole) >= 21:
        raise NumberError("Numerical result out of range")
    factor = 1024 ** "bkmgtpe".index(unit.lower()) if unit else 1
    value = int(whole or "0") * (-1 if sign == "-" else 1) * factor
    if fraction and unit:
        value += int(fraction[:19]) * factor // 10 ** len(fraction[:19])
    if abs(value) >= 2**63:
        raise NumberError("Numerical result out of range")
    return value


def port(directive: Directive) -> Values:
    """Parse Port: 1 to 65535, or a service name."""
    word = directive.argument()
    value = port_number(word)
    if not value:
        raise directive.bad(f"Bad port '{word}'.")
    return (str(value),)


def integer(directive: Directive) -> Values:
    """Parse a count, 0 to 2^31-1."""
    word = directive.arguments.next()
    try:
        if not word:
            raise NumberError("missing")
        return (str(number(word, 0, INTEGER_LIMIT)),)
    except NumberError as error:
        raise directive.bad(f"integer value {error}.") from None


def time(directive: Directive) -> Values | None:
    """Parse a time in seconds; "none" leaves the keyword open for a later line."""
    word = directive.argument("missing time value.")
    if word == "none":
        return None
    value = seconds(word)
    if value is None:
        raise directive.bad("invalid time value.")
    return (str(value),)


def rekey_limit(directive: Directive) -> Values:
    """Parse RekeyLimit: a size, then perhaps a time. The second value is empty where no time is given."""
    word = directive.argument()
    try:
        size = 0 if word == "default" else scaled(word)
    except NumberError as error:
        raise directive.bad(f"Bad number '{word}': {error}") from None
    if size != 0 and size < 16:
        raise directive.bad("RekeyLimit too small")
    interval: Values | None = None
    if len(directive.arguments):
        interval = time(directive)
    return (str(size), *(interval or ("",)))


def control_persist(directive: Directive) -> Values:
    """Parse ControlPersist: no, yes, or a time."""
    word = directive.argument("Missing ControlPersist argument.")
    if word in ("no", "false"):
        return ("no",)
    value = 0 if word in ("yes", "true") else seconds(word)
    if value is None:
        raise directive.bad("Bad ControlPersist argument.")
    return (str(value),) if value else ("yes",)


def bind_mask(directive: Directive) -> Values:
    """Parse StreamLocalBindMask: octal, up to 0777."""
    word = directive.argument("Missing StreamLocalBindMask argument.")
    match = re.match(r"[ \t\n\v\f\r]*[+]?(?:0)?([0-7]+)", word)
    if match is None or int(match[0], 8) > 0o777:
        raise directive.bad("Bad mask.")
    return (f"0{int(match[0], 8):o}",)


def tunnel_device(directive: Directive) -> Values:
    """Parse TunnelDevice: `local[:remote]`, each a number or `any`."""
    local, colon, remote = directive.argument().partition(":")
    try:
        return (f"{_device(local)}:{_device(remote) if colon else 'any'}",)
    except NumberError:
        raise directive.bad("Bad tun device.") from None


def keystroke_timing(directive: Directive) -> Values:
    """Parse ObscureKeystrokeTiming: yes, no, or `interval:MILLISECONDS`; 20 ms is what yes means."""
    found: Values | None = None
    while (word := directive.arguments.next()) is not None:
        if found is not None:
            raise directive.bad("invalid arguments")
        if word in ("yes", "true"):
            found = ("yes",)
        elif word in ("no", "false"):
            found = ("no",)
        elif word.startswith("interval:"):
            try:
                milliseconds = number(word[9:], 0, INTEGER_LIMIT) if word[9:] else None
            except NumberError as error:
                raise directive.bad(f"integer value {error}.") from None
            if milliseconds is None:
                raise directive.bad("integer value missing.")
            if not 0 < milliseconds <= 1000:
                raise directive.bad("value out of range.")
            found = ("yes",) if milliseconds == 20 else (str(milliseconds),)
        else:
            raise directive.bad(f'unsupported argument "{word}"')
    if found is None:
        raise directive.bad("missing argument")
    return found


def _device(text: str) -> str:
    return "any" if ascii_lower(text) == "any" else str(number(text, 0, INTEGER_LIMIT - 2))
