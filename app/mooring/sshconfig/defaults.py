"""What OpenSSH 10 takes where nothing is set, and the last tidying of what is (readconf.c, fill_default_options)."""

from __future__ import annotations

from mooring.sshconfig.collected import Collected
from mooring.sshconfig.directive import Values
from mooring.sshconfig.text import ascii_lower
from mooring.sshconfig.values.algorithms import KINDS
from mooring.sshconfig.vendor import Vendor

USER_KNOWN_HOSTS = ("~/.ssh/known_hosts", "~/.ssh/known_hosts2")
IDENTITY_FILES = (
    "~/.ssh/id_rsa",
    "~/.ssh/id_ecdsa",
    "~/.ssh/id_ecdsa_sk",
    "~/.ssh/id_ed25519",
    "~/.ssh/id_ed25519_sk",
)

_DEFAULTS: dict[str, Values] = {
    "addkeystoagent": ("false",),
    "addressfamily": ("any",),
    "batchmode": ("no",),
    "canonicalizefallbacklocal": ("yes",),
    "canonicalizehostname": ("false",),
    "canonicalizemaxdots": ("1",),
    "checkhostip": ("no",),
    "clearallforwardings": ("no",),
    "compression": ("no",),
    "connectionattempts": ("1",),
    "connecttimeout": ("none",),
    "controlmaster": ("false",),
    "controlpersist": ("no",),
    "enableescapecommandline": ("no",),
    "enablesshkeysign": ("no",),
    "escapechar": ("~",),
    "exitonforwardfailure": ("no",),
    "fingerprinthash": ("SHA256",),
    "forkafterauthentication": ("no",),
    "forwardagent": ("no",),
    "forwardx11": ("no",),
    "forwardx11timeout": ("1200",),
    "forwardx11trusted": ("no",),
    "gatewayports": ("no",),
    "globalknownhostsfile": ("/etc/ssh/ssh_known_hosts", "/etc/ssh/ssh_known_hosts2"),
    "gssapiauthentication": ("no",),
    "gssapidelegatecredentials": ("no",),
    "hashknownhosts": ("no",),
    "hostbasedauthentication": ("no",),
    "identitiesonly": ("no",),
    "identityfile": IDENTITY_FILES,
    "ipqos": ("ef", "cs0"),
    "kbdinteractiveauthentication": ("yes",),
    "loglevel": ("INFO",),
    "nohostauthenticationforlocalhost": ("no",),
    "numberofpasswordprompts": ("3",),
    "obscurekeystroketiming": ("yes",),
    "passwordauthentication": ("yes",),
    "permitlocalcommand": ("no",),
    "proxyusefdpass": ("no",),
    "pubkeyauthentication": ("true",),
    "rekeylimit": ("0",),
    "rekeylimit interval": ("0",),
    "requesttty": ("auto",),
    "requiredrsasize": ("1024",),
    "securitykeyprovider": ("internal",),
    "serveralivecountmax": ("3",),
    "serveraliveinterval": ("0",),
    "sessiontype": ("default",),
    "stdinnull": ("no",),
    "streamlocalbindmask": ("0177",),
    "streamlocalbindunlink": ("no",),
    "stricthostkeychecking": ("ask",),
    "syslogfacility": ("USER",),
    "tcpkeepalive": ("yes",),
    "tunnel": ("false",),
    "tunneldevice": ("any:any",),
    "userknownhostsfile": USER_KNOWN_HOSTS,
    "verifyhostkeydns": ("false",),
    "visualhostkey": ("no",),
    "warnweakcrypto": ("yes",),
    "xauthlocation": ("/usr/bin/xauth",),
}
_NONE_IS_UNSET = ("localcommand", "remotecommand", "proxycommand", "controlpath", "pkcs11provider",
                  "securitykeyprovider", "knownhostscommand", "channeltimeout", "revokedhostkeys")  # fmt: skip


def fill_for_canonical_names(collected: Collected) -> None:
    """Fill in what a name is looked up with; ssh does so between its two passes, so that the second can't set it."""
    for keyword in ("canonicalizemaxdots", "canonicalizefallbacklocal", "canonicalizehostname"):
        collected.fill(keyword, _DEFAULTS[keyword])


def fill(collected: Collected, vendor: Vendor) -> str | None:
    """Fill in the defaults and assemble the algorithm lists; the message about a list of which nothing is left."""
    if collected.text("clearallforwardings") == "yes":
        collected.forwards.clear()
        collected.replace("tunnel", ("false",))
    if "updatehostkeys" not in collected.settings:
        collected.fill("updatehostkeys", ("true" if _may_update_host_keys(collected) else "false",))
    if vendor.batch_alive_interval is not None and collected.text("batchmode") == "yes":
        collected.fill("serveraliveinterval", (str(vendor.batch_alive_interval),))
    for keyword, values in (*vendor.defaults.items(), *_DEFAULTS.items()):
        collected.fill(keyword, values)
    for keyword in KINDS:
        complaint = _assemble(collected, keyword)
        if complaint is not None:
            return complaint
    for keyword in _NONE_IS_UNSET:
        if ascii_lower(collected.text(keyword) or "") == "none":
            collected.remove(keyword)
    if collected.text("canonicalizepermittedcnames") == "none":
        collected.remove("canonicalizepermittedcnames")
    return None


def _may_update_host_keys(collected: Collected) -> bool:
    """UpdateHostKeys is on unless the person chose other files, or the DNS vouches for keys."""
    files = collected.settings.get("userknownhostsfile")
    own_files = files is None or files.values == USER_KNOWN_HOSTS[:1]
    return own_files and collected.text("verifyhostkeydns") in (None, "false")


def _assemble(collected: Collected, keyword: str) -> str | None:
    kind = KINDS[keyword]
    wanted = collected.text(keyword)
    if keyword == "hostkeyalgorithms":
        # Known host keys go first in ssh's own list and in one that was only added to or taken from.
        collected.fill(f"{keyword} known first", ("no" if wanted and wanted[0] not in "+-" else "yes",))
    if not wanted:
        collected.fill(keyword, (",".join(kind.default),))
        return None
    names = kind.assemble(wanted)
    collected.replace(keyword, (",".join(names),))
    if names or wanted.startswith("-"):
        return None
    function = "dump_client_config" if keyword == "hostkeyalgorithms" else "fill_default_options"
    return f"{function}: {kind.member}: invalid argument"
