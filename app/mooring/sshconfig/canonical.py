"""Host names: addresses in their usual form, and CanonicalizeHostname (ssh.c, resolve_canonicalize)."""

from __future__ import annotations

import socket

from mooring.model.errors import NameResolutionError
from mooring.model.ssh_names import domain_complaint
from mooring.sshconfig.collected import Collected
from mooring.sshconfig.patterns import match_list
from mooring.sshconfig.text import ascii_lower

_FAMILIES = {"inet": socket.AF_INET, "inet6": socket.AF_INET6}
_NO_SUCH_NAME = (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME))


def canonicalize(host: str, collected: Collected, messages: list[str]) -> str:
    """Bring `host` into its canonical form as far as the settings ask for it.

    Name servers are asked only where CanonicalizeHostname or CanonicalizePermittedCNAMEs want it. What ssh would print
    on the way goes to `messages`. Raises `NameResolutionError` where ssh would end.
    """
    names = _Names(collected, messages)
    is_address = names.is_address(host)
    if not is_address:
        host = ascii_lower(host)
    found: str | None = None
    if is_address or names.mode != "false":
        found = names.canonical(host)
    if found is None and names.cname_rules() and (names.direct or names.mode == "always"):
        found = names.followed(host)
    return found or host


class _Names:
    """Lookups under one set of settings."""

    def __init__(self, collected: Collected, messages: list[str]) -> None:
        self._collected = collected
        self._messages = messages
        self._family = _FAMILIES.get(collected.text("addressfamily") or "", socket.AF_UNSPEC)
        self.mode = collected.text("canonicalizehostname")
        proxies = (collected.text("proxycommand"), collected.text("proxyjump"))
        self.direct = all(not proxy or ascii_lower(proxy) == "none" for proxy in proxies)

    def is_address(self, name: str) -> bool:
        """Whether `name` can only be an address (ssh.c, is_addr)."""
        return _looks_like_address(name) or self._numeric(name) is not None

    def canonical(self, host: str) -> str | None:
        """The canonical form of an address, or of a name in CanonicalDomains; None where there is none."""
        address = self._numeric(host)
        if address is not None:
            return host if ascii_lower(host) == ascii_lower(address) else address
        if _looks_like_address(host) or self.mode == "false" or not (self.direct or self.mode == "always"):
            return None
        if host.endswith("."):
            candidates = [host]
        else:
            if host.count(".") > int(self._collected.text("canonicalizemaxdots") or 0):
                return None
            domains = self._collected.settings.get("canonicaldomains")
            candidates = [f"{host}.{domain}." for domain in (domains.values if domains else ()) if domain != "none"]
        for candidate in candidates:
            found, cname = self._look_up(candidate, report=False)
            if found:
                return self._follow(candidate.removesuffix("."), cname)
        if self._collected.text("canonicalizefallbacklocal") == "no":
            raise NameResolutionError(f'ssh: Could not resolve host "{host}"', hop=host)
        return None

    def followed(self, host: str) -> str | None:
        """The name that `host` is an alias of, where CanonicalizePermittedCNAMEs permits."""
        found, cname = self._look_up(host, report=self.direct)
        if not found:
            if self.direct:
                raise NameResolutionError(self._messages.pop(), hop=host)
            return None
        return self._follow(host, cname)

    def cname_rules(self) -> tuple[str, ...]:
        """The rules of CanonicalizePermittedCNAMEs; () where there are none."""
        rules = self._collected.settings.get("canonicalizepermittedcnames")
        return rules.values if rules and rules.values != ("none",) else ()

    def _follow(self, name: str, cname: str) -> str:
        if not cname or cname == name or self.mode == "false" or not (self.direct or self.mode == "always"):
            return name
        for rule in self.cname_rules():
            sources, _colon, targets = rule.partition(":")
            if match_list(name, sources, lower=True) is True and match_list(cname, targets, lower=True) is True:
                return ascii_lower(cname)
        return name

    def _numeric(self, name: str) -> str | None:
        """The usual form of one address of the wanted family, however it is written; None for a name."""
        flags = socket.AI_NUMERICHOST | socket.AI_NUMERICSERV
        try:
            found = socket.getaddrinfo(name, "22", self._family, socket.SOCK_STREAM, 0, flags)
            if len(found) != 1:
                return None
            return socket.getnameinfo(found[0][4], socket.NI_NUMERICHOST | socket.NI_NUMERICSERV)[0]
        except (OSError, UnicodeError):
            return None

    def _look_up(self, name: str, *, report: bool) -> tuple[bool, str]:
        """Whether `name` has addresses, and the name it is an alias of ("" for none)."""
        try:
            found = socket.getaddrinfo(name, None, self._family, socket.SOCK_STREAM, 0, socket.AI_CANONNAME)
        except (OSError, UnicodeError) as error:
            if report or getattr(error, "errno", None) not in _NO_SUCH_NAME:
                reason = error.strerror if isinstance(error, OSError) else "Name or service not known"
                self._messages.append(f"ssh: Could not resolve hostname {name[:100]}: {reason}")
            return False, ""
        cname = found[0][3] if found else ""
        complaint = domain_complaint(cname) if cname else None
        if complaint:
            self._messages.append(f'ignoring bad CNAME "{cname}" for host "{name}": {complaint}')
            return True, ""
        return True, cname.removesuffix(".")


def _looks_like_address(name: str) -> bool:
    return "%" in name or ":" in name or not name.strip("0123456789.")
