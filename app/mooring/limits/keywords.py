"""Every keyword of ssh_config(5) that the native path honours, or can leave out without anybody missing it.

What is in neither table has a rule in `mooring.limits.rules`; a test holds the three against `mooring.sshconfig`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

HONOURED: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(
            (
                "addkeystoagent", "addressfamily", "batchmode", "bindaddress", "bindinterface", "casignaturealgorithms",
                "checkhostip", "compression", "connectionattempts", "exitonforwardfailure", "fingerprinthash",
                "gatewayports", "hashknownhosts",
                "identitiesonly", "kbdinteractiveauthentication", "kbdinteractivedevices", "knownhostscommand",
                "nohostauthenticationforlocalhost", "numberofpasswordprompts",
                "passwordauthentication", "permitremoteopen", "rekeylimit", "remotecommand",
                "requiredrsasize", "revokedhostkeys", "sendenv", "serveralivecountmax", "serveraliveinterval",
                "streamlocalbindmask", "streamlocalbindunlink", "stricthostkeychecking", "tcpkeepalive",
                "updatehostkeys", "visualhostkey",
            ),
            "ssh/options.py",
        ),
        **dict.fromkeys(
            (
                "certificatefile", "connecttimeout", "forwardagent", "globalknownhostsfile", "hostkeyalias", "hostname",
                "identityagent", "identityfile", "localcommand",
                "permitlocalcommand", "port", "proxyjump", "setenv", "user", "userknownhostsfile",
            ),
            "sshconfig/resolved.py",
        ),
        **dict.fromkeys(
            (
                "canonicaldomains", "canonicalizefallbacklocal", "canonicalizehostname", "canonicalizemaxdots",
                "canonicalizepermittedcnames",
            ),
            "sshconfig/canonical.py",
        ),
        "clearallforwardings": "sshconfig/defaults.py",
        "dynamicforward": "sshconfig/values/forwards.py",
        "enableescapecommandline": "cli/native/escape_commands.py",
        "host": "sshconfig/finish.py",
        "ignoreunknown": "sshconfig/reader.py",
        "ipqos": "ssh/service_class.py",
        "localforward": "sshconfig/finish.py",
        "loglevel": "cli/native/client.py",
        "syslogfacility": "cli/native/client.py",
        "remoteforward": "sshconfig/resolved.py",
        "tag": "sshconfig/match.py",
    }
)  # fmt: skip
"""Each with the file below app/mooring that acts on it."""

HARMLESS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(
            ("forwardx11timeout", "forwardx11trusted", "xauthlocation"), "it matters with ForwardX11 alone"
        ),
        **dict.fromkeys(
            (
                "gssapiclientidentity", "gssapidelegatecredentials", "gssapikexalgorithms",
                "gssapirenewalforcesrekey", "gssapiserveridentity", "gssapitrustdns",
            ),
            "it matters with GSSAPIAuthentication or GSSAPIKeyExchange alone",
        ),
        **dict.fromkeys(
            ("enablesshkeysign", "hostbasedacceptedalgorithms"), "it matters with HostbasedAuthentication alone"
        ),
        "controlpersist": "it matters with ControlMaster alone",
        "logverbose": "it chooses debugging messages of OpenSSH's own source files",
        "tunneldevice": "it matters with Tunnel alone",
    }
)  # fmt: skip
"""Each with the reason why nothing is missed."""
