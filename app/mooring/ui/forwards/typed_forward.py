"""A forward as a person types it: ssh's own words, whose dash and letter may be left out."""

from __future__ import annotations

import os
import re

from mooring.model.errors import UsageError
from mooring.model.forward_specification import ForwardSpecification, parse_forward

_LETTER = re.compile(r"-?([LRD])\s+|-([LRD])")

_EXAMPLES = {
    "L": "8080:localhost:80",
    "R": "R 9000:localhost:3000",
    "D": "D 1080",
}


def read_typed_forward(text: str) -> tuple[ForwardSpecification, bool]:
    """Read `8080:localhost:80`, `-R 9000:localhost:3000`, `D 1080`; also say whether the server is to listen.

    Raises UsageError, which shows how it is written.
    """
    text = text.strip()
    found = _LETTER.match(text)
    letter = (found.group(1) or found.group(2)) if found else "L"
    rest = text[found.end() :] if found else text
    remote = letter == "R"
    specification = parse_forward(rest, os.environ, dynamic=letter == "D", remote=remote)
    if specification is None and remote:
        # Without a target the server is a SOCKS proxy, as in ssh.
        specification = parse_forward(rest, os.environ, dynamic=True, remote=True)
    if specification is None:
        raise UsageError(f"That is no forward: it is written like {_EXAMPLES[letter]}.")
    return specification, remote
