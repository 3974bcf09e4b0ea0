"""What a person may choose: flat keys, each with a default that works, and sources of machines."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from mooring.store.settings.source_setting import SourceSetting

NEXT_SESSION = "from the next session"
NEXT_RECORDING = "from the next recording"
"""What a change waits for, where it can't hold at once."""


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The keys of settings.toml have the names of the fields.

    Each description is what README, `mooring settings --init` and the settings' screen say of the option. `extra` may
    have a `default` in words and an `example`, where the default value is none to show, and `holds`: from when on a
    change holds in screens that run already, where that is not at once.
    """

    theme: Annotated[
        str,
        Meta(description='`"mooring-dark"`, `"mooring-light"`, or one of Textual\'s, as the screens list them'),
    ] = "mooring-dark"
    splash: Annotated[
        bool,
        Meta(extra={"holds": NEXT_SESSION}, description="whether connecting shows machine, address and host key first"),
    ] = True
    scrollback_lines: Annotated[
        int,
        Meta(
            extra={"holds": NEXT_SESSION},
            ge=0,
            le=10_000_000,
            description="lines that a session keeps above its screen",
        ),
    ] = 10_000
    scrollback_megabytes: Annotated[
        int, Meta(extra={"holds": NEXT_SESSION}, ge=1, le=4096, description="memory (MiB) that they may take")
    ] = 64
    keep_sessions_minutes: Annotated[
        int,
        Meta(
            ge=0,
            le=525_600,
            description="how long sessions go on when the screens end without a word: a closed terminal window, a "
            "crash; 0 ends them too",
        ),
    ] = 60
    reconnect: Annotated[
        bool,
        Meta(
            extra={"holds": NEXT_SESSION},
            description="whether a session whose connection is lost connects again by itself",
        ),
    ] = True
    palette: Annotated[
        Literal["terminal", "theme"],
        Meta(description="whose sixteen colours a session is painted with: your terminal's, or the theme's"),
    ] = "terminal"
    key_preset: Annotated[
        Literal["standard", "compact"],
        Meta(
            description='`"compact"` is for keyboards without PageUp, or whose function keys are taken: ctrl+g leads, '
            "alt+left and alt+right change tabs, alt+up and alt+down scroll"
        ),
    ] = "standard"
    leader: Annotated[
        Annotated[str, Meta(min_length=1, max_length=32)] | None,
        Meta(
            description="the key that speaks to Mooring from inside a session",
            extra={"default": "the preset's", "example": "ctrl+o"},
        ),
    ] = None
    known_hosts: Annotated[bool, Meta(description="whether the names in known_hosts are listed as machines")] = False
    clipboard_writes: Annotated[
        bool,
        Meta(description="whether the focused session may write to the clipboard (OSC 52); it can never read it"),
    ] = True
    copy_to: Annotated[
        Literal["both", "terminal", "desktop"],
        Meta(
            description='where copied text goes: `"terminal"` (OSC 52), `"desktop"` (by wl-copy, xclip, xsel, pbcopy '
            "or clip.exe, where there is one), or both"
        ),
    ] = "both"
    confirm_paste: Annotated[
        bool,
        Meta(
            description="whether a paste that would press enter is asked about, where the program there can't tell it "
            "from typing"
        ),
    ] = True
    link_action: Annotated[
        Literal["copy", "open"],
        Meta(
            description='what ctrl with a click does with a link: `"copy"` its address or `"open"` it (http, https, '
            "mailto)"
        ),
    ] = "copy"
    word_characters: Annotated[
        str,
        Meta(max_length=64, description="what a double click takes for a part of a word, beside letters and digits"),
    ] = "@%+./:~?&=#-_"
    record_sessions: Annotated[
        bool,
        Meta(
            extra={"holds": NEXT_SESSION},
            description="whether every session is recorded from its start; a machine may say so by itself",
        ),
    ] = False
    recording_format: Annotated[
        Literal["asciicast", "text"],
        Meta(
            extra={"holds": NEXT_RECORDING},
            description='what a recording is: an `"asciicast"`, which can be played, or plain `"text"`',
        ),
    ] = "asciicast"
    recording_folder: Annotated[
        str,
        Meta(
            max_length=4096,
            description="where recordings go, `~` for the home folder",
            extra={"default": "one of Mooring's own", "holds": NEXT_RECORDING},
        ),
    ] = ""
    recording_times: Annotated[
        bool,
        Meta(
            extra={"holds": NEXT_RECORDING},
            description="whether the lines of a recording in plain text have times before them",
        ),
    ] = False
    probe_visible: Annotated[
        bool,
        Meta(
            description="whether machines that are in view are looked for unasked: the key exchange, and no login "
            "anywhere, on jump hosts neither; at most eight at once"
        ),
    ] = True
    source: Annotated[
        tuple[SourceSetting, ...],
        Meta(
            description="a program or a file that names machines",
            extra={"default": "none", "example": '[[source]]\nname = "site"\nfile = "~/site/hosts.ini"'},
        ),
    ] = ()
    keys: Annotated[
        dict[str, dict[str, str]],
        Meta(
            description='keys of your own, by part of the screen and action: `hand-over = "h"`, several with commas, '
            '`""` for none',
            extra={"default": "none", "example": '[keys.list]\nhand-over = "h"'},
        ),
    ] = {}

    @property
    def scrollback_bytes(self) -> int:
        """What `scrollback_megabytes` come to."""
        return self.scrollback_megabytes * 1024 * 1024
