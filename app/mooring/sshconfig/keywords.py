"""Every keyword of ssh_config(5): the name that `ssh -G` prints, how its arguments are read, how its values add up."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from enum import Enum, auto

from mooring.sshconfig.directive import Parser
from mooring.sshconfig.values import algorithms, choices, jumps, numbers, service, words


class Store(Enum):
    """How a value meets the ones that are there already."""

    FIRST = auto()
    """The first value wins."""
    ADD = auto()
    """Values add up; a repeated one is left out."""
    ENVIRONMENT = auto()
    """SendEnv: values add up, and `-PATTERN` takes earlier ones away."""
    REKEY = auto()
    """RekeyLimit: size and time are first-wins each for itself."""
    AGENT = auto()
    """ForwardAgent: the flag and the path are first-wins each for itself."""
    PROXY = auto()
    """ProxyCommand and ProxyJump: the first of either shuts the other out."""
    FORWARD = auto()
    """A port forward: they add up, LocalForward and DynamicForward in one list."""
    FIRST_ANYWHERE = auto()
    """SyslogFacility: first wins, and OpenSSH reads it in blocks that don't apply, too."""
    LAST_ANYWHERE = auto()
    """StreamLocalBindMask: the last wins, in blocks that don't apply, too."""


class Role(Enum):
    """Lines that are no settings."""

    HOST = auto()
    MATCH = auto()
    INCLUDE = auto()
    REFUSE = auto()
    SILENT = auto()
    """Read over without a word."""
    UNSUPPORTED = auto()
    """Read over with a warning."""


@dataclass(frozen=True, slots=True)
class Keyword:
    """A keyword that sets something."""

    name: str
    parse: Parser
    store: Store = Store.FIRST


def lookup(written: str) -> Keyword | Role | None:
    """The keyword with this lower-case spelling, or what its lines are for; None for one that ssh doesn't know."""
    return KEYWORDS.get(written) or ROLES.get(written)


def _flags(*names: str) -> list[Keyword]:
    return [Keyword(name, choices.FLAG) for name in names]


def _all() -> list[Keyword]:
    return [
        *_flags(
            "batchmode", "canonicalizefallbacklocal", "checkhostip", "clearallforwardings",
            "enableescapecommandline", "enablesshkeysign", "exitonforwardfailure", "forkafterauthentication",
            "forwardx11", "forwardx11trusted", "gatewayports", "gssapiauthentication", "gssapidelegatecredentials",
            "hashknownhosts", "hostbasedauthentication", "identitiesonly", "kbdinteractiveauthentication",
            "nohostauthenticationforlocalhost", "passwordauthentication", "permitlocalcommand", "proxyusefdpass",
            "stdinnull", "streamlocalbindunlink", "tcpkeepalive", "visualhostkey",
        ),
        # The key exchange by GSSAPI that Debian, Ubuntu and Fedora patch in; their own system files use it.
        *_flags("gssapikeyexchange", "gssapitrustdns", "gssapirenewalforcesrekey"),
        Keyword("gssapiclientidentity", words.word),
        Keyword("gssapiserveridentity", words.word),
        Keyword("gssapikexalgorithms", words.word),
        Keyword("addkeystoagent", words.add_keys_to_agent),
        Keyword("addressfamily", choices.ADDRESS_FAMILY),
        Keyword("bindaddress", words.word),
        Keyword("bindinterface", words.word),
        Keyword("canonicaldomains", words.canonical_domains),
        Keyword("canonicalizehostname", choices.CANONICALIZE),
        Keyword("canonicalizemaxdots", numbers.integer),
        Keyword("canonicalizepermittedcnames", words.permitted_cnames),
        Keyword("casignaturealgorithms", algorithms.signatures),
        Keyword("certificatefile", words.word, Store.ADD),
        Keyword("channeltimeout", words.channel_timeout),
        Keyword("ciphers", algorithms.ciphers),
        Keyword("compression", choices.COMPRESSION),
        Keyword("connectionattempts", numbers.integer),
        Keyword("connecttimeout", numbers.time),
        Keyword("controlmaster", choices.CONTROL_MASTER),
        Keyword("controlpath", words.word),
        Keyword("controlpersist", numbers.control_persist),
        Keyword("dynamicforward", words.word, Store.FORWARD),
        Keyword("escapechar", words.escape_char),
        Keyword("fingerprinthash", choices.fingerprint_hash),
        Keyword("forwardagent", words.forward_agent, Store.AGENT),
        Keyword("forwardx11timeout", numbers.time),
        Keyword("globalknownhostsfile", words.file_list(32)),
        Keyword("hostbasedacceptedalgorithms", algorithms.keys),
        Keyword("hostkeyalgorithms", algorithms.keys),
        Keyword("hostkeyalias", words.word),
        Keyword("hostname", words.word),
        Keyword("identityagent", words.agent_path),
        Keyword("identityfile", words.word, Store.ADD),
        Keyword("ignoreunknown", words.word),
        Keyword("ipqos", service.ip_qos),
        Keyword("kbdinteractivedevices", words.word),
        Keyword("kexalgorithms", algorithms.key_exchange),
        Keyword("knownhostscommand", words.command),
        Keyword("localcommand", words.command),
        Keyword("localforward", words.word, Store.FORWARD),
        Keyword("loglevel", choices.LOG_LEVEL),
        Keyword("logverbose", words.log_verbose),
        Keyword("macs", algorithms.macs),
        Keyword("numberofpasswordprompts", numbers.integer),
        Keyword("obscurekeystroketiming", numbers.keystroke_timing),
        Keyword("permitremoteopen", words.permit_remote_open),
        Keyword("pkcs11provider", words.word),
        Keyword("port", numbers.port),
        Keyword("preferredauthentications", words.word),
        Keyword("proxycommand", words.command, Store.PROXY),
        Keyword("proxyjump", jumps.proxy_jump, Store.PROXY),
        Keyword("pubkeyacceptedalgorithms", algorithms.keys),
        Keyword("pubkeyauthentication", choices.PUBKEY_AUTHENTICATION),
        Keyword("rekeylimit", numbers.rekey_limit, Store.REKEY),
        Keyword("remotecommand", words.command),
        Keyword("remoteforward", words.word, Store.FORWARD),
        Keyword("requesttty", choices.REQUEST_TTY),
        Keyword("requiredrsasize", numbers.integer),
        Keyword("revokedhostkeys", words.revoked_host_keys),
        Keyword("securitykeyprovider", words.word),
        Keyword("sendenv", words.send_env, Store.ENVIRONMENT),
        Keyword("serveralivecountmax", numbers.integer),
        Keyword("serveraliveinterval", numbers.time),
        Keyword("sessiontype", choices.SESSION_TYPE),
        Keyword("setenv", words.set_env),
        Keyword("streamlocalbindmask", numbers.bind_mask, Store.LAST_ANYWHERE),
        Keyword("stricthostkeychecking", choices.STRICT_HOST_KEY),
        Keyword("syslogfacility", choices.LOG_FACILITY, Store.FIRST_ANYWHERE),
        Keyword("tag", words.word),
        Keyword("tunnel", choices.TUNNEL),
        Keyword("tunneldevice", numbers.tunnel_device),
        Keyword("updatehostkeys", choices.ASK),
        Keyword("user", words.word),
        Keyword("userknownhostsfile", words.file_list(32)),
        Keyword("verifyhostkeydns", choices.ASK),
        Keyword("versionaddendum", words.version_addendum),
        Keyword("warnweakcrypto", choices.WARN_WEAK_CRYPTO),
        Keyword("xauthlocation", words.word),
    ]  # fmt: skip


_OTHER_SPELLINGS = {
    "challengeresponseauthentication": "kbdinteractiveauthentication",
    "skeyauthentication": "kbdinteractiveauthentication",
    "tisauthentication": "kbdinteractiveauthentication",
    "dsaauthentication": "pubkeyauthentication",
    "identityfile2": "identityfile",
    "keepalive": "tcpkeepalive",
    "smartcarddevice": "pkcs11provider",
    "hostbasedkeytypes": "hostbasedacceptedalgorithms",
    "pubkeyacceptedkeytypes": "pubkeyacceptedalgorithms",
    # Debian's and Red Hat's own.
    "setuptimeout": "serveraliveinterval",
    "protocolkeepalives": "serveraliveinterval",
    "rsaminsize": "requiredrsasize",
}


def _by_spelling() -> dict[str, Keyword]:
    found = {keyword.name: keyword for keyword in _all()}
    return {**found, **{spelling: found[name] for spelling, name in _OTHER_SPELLINGS.items()}}


KEYWORDS = _by_spelling()
ROLES = {
    "host": Role.HOST,
    "match": Role.MATCH,
    "include": Role.INCLUDE,
    "refuseconnection": Role.REFUSE,
    **dict.fromkeys(
        ("protocol", "cipher", "fallbacktorsh", "globalknownhostsfile2", "rhostsauthentication", "userknownhostsfile2",
         "useroaming", "usersh", "useprivilegedport", "useblacklistedkeys"),
        Role.SILENT,
    ),
    **dict.fromkeys(
        ("afstokenpassing", "kerberosauthentication", "kerberostgtpassing", "rsaauthentication",
         "rhostsrsaauthentication", "compressionlevel"),
        Role.UNSUPPORTED,
    ),
    # Apple's ssh keeps passphrases in its keychain; elsewhere the keyword is an error, as with any other ssh.
    **({"usekeychain": Role.SILENT} if sys.platform == "darwin" else {}),
}  # fmt: skip
