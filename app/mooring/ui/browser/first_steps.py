"""What is shown to somebody who has no machines yet."""

from __future__ import annotations

from pathlib import Path

from textual.content import Content

from mooring.sshconfig import user_file
from mooring.ui.problems import shorten_home

NO_MACHINES = "there are no machines yet: n adds one"
"""What is said to a key that wants a machine."""

NOT_ON_A_MACHINE = "no machine is under the cursor"

KEYS_FOR_NOW = ("new-machine", "focus-details", "focus-machines", "settings", "reload", "help", "quit", "palette")
"""The actions whose keys the bottom line shows: all others want a machine."""


def nothing_in_list() -> Content:
    """In the list's place."""
    advice = "n adds one, tab tells where others come from.\nq quits; mooring --demo brings some."
    return Content(f"No machines yet.\n\n{advice}")


def first_steps(config_file: str | None, machines_file: Path) -> Content:
    """In the details' place."""
    return Content.assemble(
        ("No machines yet", ".detail--name"),
        "\n\nMooring lists the machines that it finds in three places:",
        ("\n\n1  your ssh configuration", ".detail--heading"),
        f"\n   {user_file(config_file)}, its `Host` lines:\n",
        ("\n   Host web-1\n       HostName web-1.example.org\n       User ops", ".detail--quiet"),
        ("\n\n2  your own list (n adds a machine)", ".detail--heading"),
        f"\n   {shorten_home(str(machines_file))}:\n",
        ('\n   [[machine]]\n   name = "web-1"\n   host = "web-1.example.org"', ".detail--quiet"),
        ("\n\n3  docker-machine's store", ".detail--heading"),
        "\n   ~/.docker/machine, read and never written",
        "\n\nTo look around without machines, quit (q) and start ",
        ("mooring --demo", ".detail--heading"),
        ".",
    )
