"""`dump`: what `ssh -G` prints (readconf.c, dump_client_config)."""

from __future__ import annotations

from mooring.sshconfig.resolved import ResolvedHost
from mooring.sshconfig.text import visible_character
from mooring.sshconfig.values.algorithms import KINDS
from mooring.sshconfig.values.jumps import parse_destination
from mooring.sshconfig.vendor import Vendor, vendor_here

KEYWORDS = (
    "host", "user", "hostname", "port",
    # Words from a set.
    "addressfamily", "batchmode", "canonicalizefallbacklocal", "canonicalizehostname", "checkhostip", "compression",
    "controlmaster", "enablesshkeysign", "clearallforwardings", "exitonforwardfailure", "fingerprinthash", "forwardx11",
    "forwardx11trusted", "gatewayports", "gssapiauthentication", "gssapikeyexchange", "gssapidelegatecredentials",
    "gssapitrustdns", "gssapirenewalforcesrekey", "gssapiclientidentity", "gssapiserveridentity", "gssapikexalgorithms",
    "hashknownhosts", "hostbasedauthentication", "identitiesonly", "kbdinteractiveauthentication",
    "nohostauthenticationforlocalhost", "passwordauthentication", "permitlocalcommand", "proxyusefdpass",
    "pubkeyauthentication", "requesttty", "sessiontype", "stdinnull", "forkafterauthentication",
    "streamlocalbindunlink", "stricthostkeychecking", "tcpkeepalive", "tunnel", "verifyhostkeydns", "visualhostkey",
    "updatehostkeys", "enableescapecommandline", "warnweakcrypto",
    # Numbers.
    "canonicalizemaxdots", "connectionattempts", "forwardx11timeout", "numberofpasswordprompts", "serveralivecountmax",
    "serveraliveinterval", "requiredrsasize", "obscurekeystroketiming",
    # Text.
    "bindaddress", "bindinterface", "ciphers", "controlpath", "hostkeyalgorithms", "hostkeyalias",
    "hostbasedacceptedalgorithms", "identityagent", "ignoreunknown", "kbdinteractivedevices", "kexalgorithms",
    "casignaturealgorithms", "localcommand", "remotecommand", "loglevel", "macs", "pkcs11provider",
    "securitykeyprovider", "preferredauthentications", "pubkeyacceptedalgorithms", "revokedhostkeys", "xauthlocation",
    "knownhostscommand", "tag", "versionaddendum",
    # Lists.
    "dynamicforward", "localforward", "remoteforward", "identityfile", "canonicaldomains", "certificatefile",
    "globalknownhostsfile", "userknownhostsfile", "sendenv", "setenv", "logverbose", "channeltimeout",
    # The rest.
    "permitremoteopen", "addkeystoagent", "forwardagent", "connecttimeout", "tunneldevice",
    "canonicalizepermittedcnames", "controlpersist", "escapechar", "ipqos", "rekeylimit", "streamlocalbindmask",
    "syslogfacility", "proxyjump", "proxycommand",
)  # fmt: skip
"""Every keyword that `ssh -G` knows, in its order."""

_A_LINE_EACH = frozenset(
    {"dynamicforward", "localforward", "remoteforward", "identityfile", "certificatefile", "sendenv", "setenv"}
)
_WITHOUT_VALUE = {
    "canonicaldomains": "none",
    "globalknownhostsfile": "none",
    "userknownhostsfile": "none",
    "logverbose": "none",
    "channeltimeout": "none",
    "canonicalizepermittedcnames": "none",
    "permitremoteopen": "any",
}
_ODD_SPELLINGS = {"canonicalizepermittedcnames": "canonicalizePermittedcnames"}


def dump(resolved: ResolvedHost, vendor: Vendor | None = None) -> str:
    """Write every keyword with its value as `ssh -G` does, in its order and spelling, a line each.

    `vendor` is that of this system where it is left out.
    """
    quiet = (vendor or vendor_here()).quiet
    return "".join(
        f"{_ODD_SPELLINGS.get(keyword, keyword)} {quiet if (keyword, value) == ('loglevel', 'QUIET') else value}\n"
        for keyword in KEYWORDS
        for value in printed_values(resolved, keyword)
    )


def printed_values(resolved: ResolvedHost, keyword: str) -> tuple[str, ...]:
    """The values of one keyword as `ssh -G` prints them, a line each; () where it prints nothing."""
    values = resolved.setting(keyword).values
    match keyword:
        case "dynamicforward":
            # A forward to a path counts as dynamic too, in this list alone: OpenSSH tells them apart by the host that
            # a path doesn't have.
            return tuple(
                placed.specification.listen
                for placed in resolved.forwards
                if placed.kind == "dynamicforward"
                or (placed.kind == "localforward" and placed.specification.connect_path is not None)
            )
        case "addkeystoagent" if len(values) > 1:
            return (f"confirm {values[1]}" if values[0] == "confirm" else values[1],)
        case "forwardagent":
            return (resolved.text("forwardagent path") or resolved.text("forwardagent"),)
        case "escapechar" if values[0] != "none":
            return (visible_character(values[0]),)
        case "rekeylimit":
            return (f"{resolved.text('rekeylimit')} {resolved.text('rekeylimit interval')}",)
        case "proxyjump" if values:
            return (",".join((*values[:-1], str(parse_destination(values[-1])))),)
        case "proxycommand" if resolved.words("proxyjump"):
            return ()
    if keyword in _A_LINE_EACH:
        return values
    if not values:
        return (_WITHOUT_VALUE[keyword],) if keyword in _WITHOUT_VALUE else ()
    return (",".join(values) if keyword in KINDS else " ".join(values),)
