"""The keywords of ssh_config(5) that the native path can't honour, or not with every value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from mooring.limits.finding import Severity
from mooring.model.origin import COMMAND_LINE, Origin
from mooring.sshconfig import ResolvedHost

SYSTEM_FOLDER = "/etc/ssh/"
"""Files in it speak for everybody on this computer; some distributions switch on there what few people have."""

_LACKING_METHODS = frozenset({"gssapi-with-mic", "gssapi-keyex", "hostbased"})


@dataclass(frozen=True, slots=True)
class Rule:
    """When a keyword asks for something that the native path lacks, and how much that matters.

    `severity` is for what a file asks for; the command line asks by name for this one connection, and is refused
    what it can't have. `in_system_file` is for what the system's files ask for in everybody's name.
    """

    keyword: str
    what: str
    why: str
    asked: Callable[[ResolvedHost], bool]
    severity: Severity = Severity.REFUSED
    in_system_file: Severity | None = None

    def weigh(self, origin: Origin) -> Severity:
        """How much it matters when `origin` asks."""
        if origin == COMMAND_LINE:
            return Severity.REFUSED
        if self.in_system_file is not None and origin.path.startswith(SYSTEM_FOLDER):
            return self.in_system_file
        return self.severity


def _flag(keyword: str) -> Callable[[ResolvedHost], bool]:
    return lambda resolved: resolved.flag(keyword)


def _other_than(keyword: str, *usual: str) -> Callable[[ResolvedHost], bool]:
    return lambda resolved: resolved.text(keyword) not in ("", *usual)


def _is(keyword: str, *values: str) -> Callable[[ResolvedHost], bool]:
    return lambda resolved: resolved.words(keyword)[:1] in [(value,) for value in values]


def _forwards_x11(resolved: ResolvedHost) -> bool:
    """Without a DISPLAY ssh forwards nothing either, unless it is asked to by name."""
    asked_by_name = resolved.setting("forwardx11").origin == COMMAND_LINE
    return resolved.flag("forwardx11") and (asked_by_name or bool(resolved.environment.get("DISPLAY")))


def _wants_lacking_methods_alone(resolved: ResolvedHost) -> bool:
    methods = {name for name in resolved.text("preferredauthentications").split(",") if name}
    return bool(methods) and methods <= _LACKING_METHODS


def _by_keyword(*rules: Rule) -> Mapping[str, Rule]:
    return MappingProxyType({rule.keyword.lower(): rule for rule in rules})


RULES: Mapping[str, Rule] = _by_keyword(
    Rule(
        "PKCS11Provider",
        "keys on tokens are not used",
        "the native path loads no PKCS#11 library",
        _other_than("pkcs11provider", "none"),
    ),
    Rule(
        "PreferredAuthentications",
        "there is no way to log in",
        "the native path has publickey, keyboard-interactive and password",
        _wants_lacking_methods_alone,
    ),
    Rule(
        "ProxyCommand",
        "- is no command",
        "the native path takes no connection from its standard input",
        _is("proxycommand", "-"),
    ),
    Rule(
        "ProxyUseFDPass",
        "no descriptor is taken from the command",
        "the native path talks through its standard streams",
        lambda resolved: resolved.flag("proxyusefdpass") and bool(resolved.text("proxycommand")),
    ),
    Rule("Tunnel", "no tunnel device is opened", "the native path has no tunnels", _other_than("tunnel", "false")),
    # The connection is of use without these.
    Rule(
        "ChannelTimeout",
        "idle channels stay open",
        "the native path has no such timer",
        _other_than("channeltimeout", "none"),
        Severity.WARNED,
    ),
    Rule(
        "ForwardX11",
        "no X11 connection is forwarded",
        "the native path has no X11",
        _forwards_x11,
        Severity.WARNED,
    ),
    Rule(
        "GSSAPIAuthentication",
        "no Kerberos ticket is used",
        "the native path has no GSSAPI",
        _flag("gssapiauthentication"),
        Severity.WARNED,
        Severity.NOTED,
    ),
    Rule(
        "GSSAPIKeyExchange",
        "the host is not identified by Kerberos",
        "the native path has no GSSAPI",
        _is("gssapikeyexchange", "yes"),
        Severity.WARNED,
        Severity.NOTED,
    ),
    Rule(
        "HostbasedAuthentication",
        "this computer's host key is not used to log in",
        "the native path does not have it",
        _flag("hostbasedauthentication"),
        Severity.WARNED,
    ),
    Rule(
        "ObscureKeystrokeTiming",
        "the rhythm of typing is not hidden",
        "the native path sends keys when they come",
        _other_than("obscurekeystroketiming", "no"),
        Severity.WARNED,
    ),
    Rule(
        "PubkeyAuthentication",
        "signatures are not bound to the host",
        "the native path lacks OpenSSH's extension for it",
        _is("pubkeyauthentication", "host-bound"),
        Severity.WARNED,
    ),
    Rule(
        "SecurityKeyProvider",
        "the library is not loaded",
        "the native path uses FIDO keys through the agent",
        _other_than("securitykeyprovider", "none", "internal"),
        Severity.WARNED,
    ),
    Rule(
        "VerifyHostKeyDNS",
        "the DNS is not asked about host keys",
        "the native path goes by known_hosts alone",
        _other_than("verifyhostkeydns", "false"),
        Severity.WARNED,
    ),
    Rule(
        "VersionAddendum",
        "it is not sent",
        "the native path names itself and its library",
        _other_than("versionaddendum"),
        Severity.WARNED,
    ),
    # Nothing is missing at the end of these, but ssh goes another way.
    Rule(
        "ControlMaster",
        "the connection is not shared",
        "the native path makes one of its own for each session",
        _other_than("controlmaster", "false"),
        Severity.NOTED,
    ),
    Rule(
        "ControlPath",
        "no other connection is used",
        "the native path makes one of its own for each session",
        _other_than("controlpath", "none"),
        Severity.NOTED,
    ),
    Rule(
        "WarnWeakCrypto",
        "nothing is said about old algorithms",
        "the native path has no such warnings",
        _other_than("warnweakcrypto", "no"),
        Severity.NOTED,
    ),
)
"""By keyword in lower case; what is told is "KEYWORD (origin): what; why"."""

TAB_RULES: Mapping[str, Rule] = _by_keyword(
    Rule(
        "ForkAfterAuthentication",
        "nothing goes to the background",
        "a tab is a session on the screen",
        _flag("forkafterauthentication"),
    ),
    Rule("SessionType", "it is no shell", "a tab is an interactive session", _other_than("sessiontype", "default")),
    Rule("StdinNull", "nobody could type", "a tab is an interactive session", _flag("stdinnull")),
    Rule(
        "RequestTTY",
        "there is a terminal all the same",
        "a tab is one",
        _is("requesttty", "false", "no"),
        Severity.WARNED,
    ),
    Rule(
        "EscapeChar",
        "it is sent as it is typed",
        "in a tab the leader key does what ssh's escapes do",
        _other_than("escapechar", "none"),
        Severity.NOTED,
    ),
)
"""The same for what the command line honours and a tab of the screen can't."""
