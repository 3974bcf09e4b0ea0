"""The window title that a remote program set (OSC 0, OSC 2), as it is shown beside the machine's name."""

from __future__ import annotations

import re

from mooring_widgets.plain_text import plain_text

SETTLING_SECONDS = 0.6
"""A title is shown once it has stood for so long: shells set one for each command, and most are over sooner."""

_WHO_AND_WHERE = re.compile(r"^[\w.-]+@[\w.-]+(?::\s*|\s+|$)")
"""What shells begin with, as "ops@web-1: ~/src": the tab has the machine's name already."""


def title_beside(title: str, machine_name: str) -> str:
    """What a title says that the machine's name does not; "" where that is nothing. It is fit to be painted."""
    said = _WHO_AND_WHERE.sub("", plain_text(title).strip())
    return "" if said == machine_name else said
