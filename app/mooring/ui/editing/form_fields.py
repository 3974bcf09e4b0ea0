"""The fields of the forms about machines: what each is called, how it is typed, and a word of help."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto


class Typed(Enum):
    """How a field is typed."""

    LINE = auto()
    LINES = auto()
    YES = auto()


@dataclass(frozen=True, slots=True)
class FormField:
    """One field of an entry; `hint` stands in it while it is empty."""

    name: str
    label: str
    hint: str = ""
    typed: Typed = Typed.LINE


_NOTES = FormField("notes", "notes", "shown beside every prompt", Typed.LINES)
_TAGS = FormField("tags", "tags", "web, nginx")
_COLOUR = FormField("colour", "colour", "red, or #d08770")
_GUARD = FormField("guard", "guard", "nobody types into it unaware", Typed.YES)

OWN_FIELDS = (
    FormField("name", "name", "or paste: ssh ops@host -p 2222 -J jump"),
    FormField("host", "host", "the name, unless this says another"),
    FormField("user", "user"),
    FormField("port", "port", "22"),
    FormField("jump", "jump", "[user@]host[:port], several with commas"),
    FormField("key", "key files", "", Typed.LINES),
    FormField("group", "group"),
    FormField("groups", "more groups"),
    _TAGS,
    _COLOUR,
    _GUARD,
    _NOTES,
    FormField("driver", "driver"),
    FormField("forwards", "forwards", "-L 8080:localhost:80", Typed.LINES),
    FormField("on_connect", "on connect", "typed into each new shell", Typed.LINES),
    FormField("record", "record", "asciicast or text: every session"),
    FormField("password_command", "password by", "pass show web-1"),
    FormField("options", "ssh options", "ServerAliveInterval 30", Typed.LINES),
)
"""An entry of machines.toml, the most wanted first."""

ANNOTATION_FIELDS = (_TAGS, _NOTES, _COLOUR, _GUARD, FormField("favourite", "favourite", "listed first", Typed.YES))
"""What is said of a machine that another source names."""
