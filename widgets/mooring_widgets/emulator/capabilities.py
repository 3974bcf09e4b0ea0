"""What XTGETTCAP answers: the terminfo capabilities of xterm-256color that programs ask for, and the later ones."""

from __future__ import annotations

from types import MappingProxyType

CAPABILITIES = MappingProxyType(
    {
        "TN": "xterm-256color",
        "name": "xterm-256color",
        "Co": "256",
        "colors": "256",
        "RGB": "8/8/8",
        "Tc": "",
        "Su": "",
        "Smulx": "\x1b[4:%p1%dm",
        "Setulc": "\x1b[58:2::%p1%{65536}%/%d:%p1%{256}%/%{255}%&%d:%p1%{255}%&%dm",
        "Ss": "\x1b[%p1%d q",
        "Se": "\x1b[0 q",
        "Ms": "\x1b]52;%p1%s;%p2%s\x07",
        "Sync": "\x1b[?2026%?%p1%{1}%-%tl%eh%;",
        "XT": "",
        "bce": "",
        "kcuu1": "\x1bOA",
        "kcud1": "\x1bOB",
        "kcuf1": "\x1bOC",
        "kcub1": "\x1bOD",
        "khome": "\x1bOH",
        "kend": "\x1bOF",
        "kich1": "\x1b[2~",
        "kdch1": "\x1b[3~",
        "kpp": "\x1b[5~",
        "knp": "\x1b[6~",
        "kbs": "\x7f",
        "kcbt": "\x1b[Z",
    }
)
