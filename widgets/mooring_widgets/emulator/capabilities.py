"""What XTGETTCAP answers: the terminfo capabilities of xterm-256color that programs ask for, and the later ones."""

from __future__ import annotations

from types import MappingProxyType

_KEY_NAMES = (
    "kcuu1 ku ^[OA, kcud1 kd ^[OB, kcuf1 kr ^[OC, kcub1 kl ^[OD, khome kh ^[OH, kend @7 ^[OF, kich1 kI ^[[2~,"
    "kdch1 kD ^[[3~, kpp kP ^[[5~, knp kN ^[[6~, kbs kb ^?, kcbt kB ^[[Z, kent @8 ^[OM, kri kR ^[[1;2A,"
    "kind kF ^[[1;2B, kRIT %i ^[[1;2C, kLFT #4 ^[[1;2D, kHOM #2 ^[[1;2H, kEND *7 ^[[1;2F, kIC #3 ^[[2;2~,"
    "kDC *4 ^[[3;2~, kPRV %e ^[[5;2~, kNXT %c ^[[6;2~, kf1 k1 ^[OP, kf2 k2 ^[OQ, kf3 k3 ^[OR, kf4 k4 ^[OS,"
    "kf5 k5 ^[[15~, kf6 k6 ^[[17~, kf7 k7 ^[[18~, kf8 k8 ^[[19~, kf9 k9 ^[[20~, kf10 k; ^[[21~, kf11 F1 ^[[23~,"
    "kf12 F2 ^[[24~"
)
"""The keys by their names in terminfo and termcap, with what they send in the application modes that terminfo means."""

_KEYS = {
    name: sent.replace("^[", "\x1b").replace("^?", "\x7f")
    for *names, sent in map(str.split, _KEY_NAMES.split(","))
    for name in names
}

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
        **_KEYS,
    }
)
