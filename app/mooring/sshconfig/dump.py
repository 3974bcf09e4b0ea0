"""`dump`: what `ssh -G` prints (readconf.c, dump_client_config)."""

from __future__ import annotations

from mooring.sshconfig.resolved import ResolvedHost
from mooring.sshconfig.text import visible_character
from mooring.sshconfig.values.jumps import parse_destination

_FIRST = ("host", "user", "hostname", "port")
_FLAGS = (
    "addressfamily", "batchmode", "canonicalizefallbacklocal", "canonicalizehostname", "checkhostip", "compression",
    "controlmaster", "enablesshkeysign", "clearallforwardings", "exitonforwardfailure", "fingerprinthash", "forwardx11",
    "forwardx11trusted", "gatewayports", "gssapiauthentication", "gssapikeyexchange", "gssapidelegatecredentials",
    "gssapitrustdns", "gssapirenewalforcesrekey", "gssapiclientidentity", "gssapiserveridentity", "gssapikexalgorithms",
    "hashknownhosts", "hostbasedauthentication", "identitiesonly", "kbdinteractiveauthentication",
    "nohostauthenticationforlocalhost", "passwordauthentication", "permitlocalcommand", "proxyusefdpass",
    "pubkeyauthentication", "requesttty", "sessiontype", "stdinnull", "forkafterauthentication",
    "streamlocalbindunlink", "stricthostkeychecking", "tcpkeepalive", "tunnel", "verifyhostkeydns", "visualhostkey",
    "updatehostkeys", "enableescapecommandline", "warnweakcrypto",
)  # fmt: skip
_NUMBERS = (
    "canonicalizemaxdots", "connectionattempts", "forwardx11timeout", "numberofpasswordprompts", "serveralivecountmax",
    "serveraliveinterval", "requiredrsasize", "obscurekeystroketiming",
)  # fmt: skip
_TEXTS = (
    "bindaddress", "bindinterface", "ciphers", "controlpath", "hostkeyalgorithms", "hostkeyalias",
    "hostbasedacceptedalgorithms", "identityagent", "ignoreunknown", "kbdinteractivedevices", "kexalgorithms",
    "casignaturealgorithms", "localcommand", "remotecommand", "loglevel", "macs", "pkcs11provider",
    "securitykeyprovider", "preferredauthentications", "pubkeyacceptedalgorithms",
    "revokedhostkeys", "xauthlocation",
    "knownhostscommand", "tag", "versionaddendum",
)  # fmt: skip
_ONE_LINE_EACH = frozenset({"localforward", "remoteforward", "identityfile", "certificatefile", "sendenv", "setenv"})
_LISTS = (
    "localforward", "remoteforward", "identityfile", "canonicaldomains", "certificatefile", "globalknownhostsfile",
    "userknownhostsfile", "sendenv", "setenv", "logverbose", "channeltimeout",
)  # fmt: skip


def dump(resolved: ResolvedHost) -> str:
    """Write every keyword with its value as `ssh -G` does, in its order and spelling, a line each."""
    lines: list[str] = []
    for keyword in (*_FIRST, *_FLAGS, *_NUMBERS, *_TEXTS):
        setting = resolved.setting(keyword)
        if setting.values:
            lines.append(f"{keyword} {setting.text}")
    # A forward to a path counts as dynamic too, in this list alone: OpenSSH tells them apart by the host that a path
    # doesn't have.
    lines.extend(
        f"dynamicforward {placed.specification.listen}"
        for placed in resolved.forwards
        if placed.kind == "dynamicforward"
        or (placed.kind == "localforward" and placed.specification.connect_path is not None)
    )
    for keyword in _LISTS:
        values = resolved.words(keyword)
        if keyword in _ONE_LINE_EACH:
            lines.extend(f"{keyword} {value}" for value in values)
        else:
            lines.append(f"{keyword} {' '.join(values) or 'none'}")
    lines.extend(_special_cases(resolved))
    return "".join(f"{line}\n" for line in lines)


def _special_cases(resolved: ResolvedHost) -> list[str]:
    escape = resolved.text("escapechar")
    lines = [
        f"permitremoteopen {resolved.text('permitremoteopen') or 'any'}",
        f"addkeystoagent {_agent_lifetime(resolved.words('addkeystoagent'))}",
        f"forwardagent {resolved.text('forwardagent path') or resolved.text('forwardagent')}",
        f"connecttimeout {resolved.text('connecttimeout')}",
        f"tunneldevice {resolved.text('tunneldevice')}",
        f"canonicalizePermittedcnames {resolved.text('canonicalizepermittedcnames') or 'none'}",
        f"controlpersist {resolved.text('controlpersist')}",
        f"escapechar {escape if escape == 'none' else visible_character(escape)}",
        f"ipqos {resolved.text('ipqos')}",
        f"rekeylimit {resolved.text('rekeylimit')} {resolved.text('rekeylimit interval')}",
        f"streamlocalbindmask {resolved.text('streamlocalbindmask')}",
        f"syslogfacility {resolved.text('syslogfacility')}",
    ]
    hops = resolved.words("proxyjump")
    if hops:
        lines.append(f"proxyjump {','.join((*hops[:-1], str(parse_destination(hops[-1]))))}")
    elif resolved.words("proxycommand"):
        lines.append(f"proxycommand {resolved.text('proxycommand')}")
    return lines


def _agent_lifetime(values: tuple[str, ...]) -> str:
    """AddKeysToAgent with a lifetime prints the seconds, after "confirm" if it says so."""
    if len(values) < 2:
        return values[0]
    return f"confirm {values[1]}" if values[0] == "confirm" else values[1]
