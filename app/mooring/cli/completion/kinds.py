"""What kind of words belongs where on the command line. A test holds it against the commands themselves.

Kinds are "machine", "where" (as `--on` takes it), "saved" (commands), "workspace" (or machines), "place" (MACHINE:PATH,
or a file here), "filter", "files", a list of words, and "" for what can't be completed.
"""

from __future__ import annotations

Kind = str | list[str]

WORDS: dict[str, Kind] = {
    "ssh": "machine",
    "explain": "machine",
    "status": "machine",
    "ip": "machine",
    "url": "machine",
    "inspect": "machine",
    "open": "workspace",
    "ssh-config": "machine",
    "scp": "place",
    "play": "files",
    "history": ["last"],
    "completion": ["bash", "zsh", "fish"],
    "run": "",
    "attach": "",
}
"""The words of each command that has any."""

REST: dict[str, str] = {
    "ssh": "remote",
    "explain": "remote",
    "ip": "more",
    "ssh-config": "more",
    "scp": "more",
    "open": "more",
}
"""Commands that take more than one: as many of the same ("more"), or another program's words ("remote")."""

KINDS: dict[tuple[str, str], Kind | None] = {
    ("", "config_file"): "files",
    ("run", "patterns"): "where",
    ("run", "saved"): "saved",
    ("run", "parameters"): "",
    ("run", "rerun"): None,
    ("scp", "port"): "",
    ("scp", "identity"): "files",
    ("scp", "jump"): "machine",
    ("scp", "option"): "",
    ("ls", "filters"): "filter",
    ("ls", "template"): "",
    ("inspect", "template"): "",
    ("inventory", "name"): "machine",
    ("history", "text"): "",
}
"""The values of options whose type does not tell, by command and parameter; None where the value may be left out."""

SSH_LIKE = ("ssh", "explain")
"""Commands that take ssh's own options."""

SSH_KINDS: dict[str, Kind] = {"i": "files", "F": "files", "E": "files", "S": "files", "J": "machine"}
"""The values of those that can be completed."""
