"""The keys of the files of two sides."""

from __future__ import annotations

from mooring.ui.keys.key import Key

FILES_KEYS = (
    Key("enter,right,l", "files-open", "open"),
    Key("backspace,left,h", "files-up", "up"),
    Key("tab,shift+tab", "files-side", "other side"),
    Key("c,f5", "files-copy", "copy"),
    Key("space", "files-mark", "mark"),
    Key("n,f7", "files-new-folder", "new folder"),
    Key("r,f6", "files-rename", "rename"),
    Key("d,f8,delete", "files-remove", "remove"),
    Key("x", "files-stop", "stop"),
    Key("slash", "files-go", "go to"),
    Key("full_stop", "files-hidden", "hidden"),
    Key("s", "files-order", "sort"),
    Key("a", "files-mark-all", "mark all"),
    Key("ctrl+r", "files-read-again", "read again"),
    Key("escape", "files-back", "back"),
    Key("q", "close-tab", "close"),
    Key("question_mark,f1", "help", "help"),
    Key("ctrl+p", "palette", "palette"),
)
