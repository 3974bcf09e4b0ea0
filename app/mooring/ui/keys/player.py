"""The keys of the player of recordings."""

from __future__ import annotations

from mooring.ui.actions.player import TENTHS
from mooring.ui.keys.key import Key

PLAYER_KEYS = (
    Key("space", "play-pause", "play or pause"),
    Key("left,h", "play-back", "5 s", shown="← →"),
    Key("right,l", "play-on"),
    Key("shift+left,H", "play-far-back", "60 s", shown="⇧← ⇧→"),
    Key("shift+right,L", "play-far-on"),
    Key("0,home", "play-at-00", "tenths", shown="0-9"),
    *(Key(str(tenth), f"play-at-{tenth}0", shown="0-9") for tenth in TENTHS if tenth),
    Key("end,G", "play-to-end"),
    Key("full_stop", "play-step", "step"),
    Key("plus,greater_than_sign", "play-faster", "speed", shown="+ -"),
    Key("minus,less_than_sign", "play-slower"),
    Key("q,escape,ctrl+c", "play-leave", "quit"),
    Key("question_mark,f1", "help", "help"),
)
