"""Lines that people paste: the machine that comes of one is the machine that ssh would go to."""

from __future__ import annotations

import shlex
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mooring.inventory.own.entry import decode_entry, entry_options
from mooring.inventory.own.pasted_line import PastedLine, entry_of_line
from mooring.model.errors import UsageError
from mooring.model.origin import Origin
from support.programs import require_program

LINES = [
    "ssh ops@web-1.example.com -p 2222 -J jump@bastion:22,inner -i 'id work' -L 8080:localhost:80 -A",
    "ssh -i one -i two -o IdentitiesOnly=yes -o 'Port = 5' -o User=first ssh://second@host:33",
    "ssh -C4 -L 1:a:2 -R [::1]:3:/run/socket -D 1080 web -l me -o ServerAliveInterval=5 -o Port=7 -p 9",
    "ssh -o HostName=10.0.0.1 -o ProxyCommand='nc %h %p' -X -c aes128-ctr web",
    "ssh -b 127.0.0.1 -e none me@h",
]


def printed(words: list[str], folder: Path) -> list[str]:
    command = [require_program("ssh"), "-F", "none", "-G", *words]
    run = subprocess.run(command, capture_output=True, text=True, timeout=20, check=True, cwd=folder)
    # The destination's own word is what `ssh -G` calls the host: ours is the machine's name.
    return [line for line in run.stdout.splitlines() if not line.startswith("host ")]


@pytest.mark.parametrize("line", LINES)
def test_ssh_goes_to_the_same_place(tmp_path: Path, line: str) -> None:
    for key in ("id work", "one", "two"):
        # ssh leaves out a key after -i that is not there.
        (tmp_path / key).touch()
    pasted = entry_of_line(line)
    assert pasted.left_out == ()
    entry, errors = decode_entry(pasted.values)
    options, option_errors = entry_options(entry, lambda _field: Origin("test"))
    assert errors + option_errors == []
    words = [word for option in options for word in ("-o", str(option))]
    assert printed([*words, entry.name], tmp_path) == printed(shlex.split(line)[1:], tmp_path)


def test_the_fields_are_those_of_a_form() -> None:
    assert entry_of_line(LINES[0]).values == {
        "name": "web-1.example.com",
        "host": "web-1.example.com",
        "user": "ops",
        "port": 2222,
        "jump": "jump@bastion:22,inner",
        "key": "id work",
        "forwards": ["-L 8080:localhost:80"],
        "options": {"ForwardAgent": "yes"},
    }


@pytest.mark.parametrize(
    "line",
    ["ssh web -p 5", "  $ ssh web -p 5", "/usr/bin/ssh web -p5", "mooring ssh web -p 5", "web -p 5", "-p 5 web"],
)
def test_the_program_may_stand_in_front(line: str) -> None:
    assert entry_of_line(line) == PastedLine({"name": "web", "host": "web", "port": 5})


def test_what_is_about_one_connection_is_left_out_and_told() -> None:
    pasted = entry_of_line("ssh -fNv -F other -E log web tail -f 'a b'")
    assert pasted.values == {"name": "web", "host": "web"}
    assert pasted.left_out == ("-f", "-N", "-v", "-F other", "-E log", "tail -f a b")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("", "The line names no host."),
        ("ssh -p 22", "The line names no host."),
        ("ssh 'web", "The line can't be read: no closing quotation."),
        ("ssh -Z web", "unknown option -- Z"),
        ("ssh web -p x", "Bad port 'x'"),
        ("ssh web -L 80", "Bad local forwarding specification '80'"),
        ("ssh $(reboot)", "hostname contains invalid characters"),
    ],
)
def test_what_ssh_would_refuse_is_refused(line: str, said: str) -> None:
    with pytest.raises(UsageError) as raised:
        entry_of_line(line)
    assert str(raised.value) == said


@given(st.text(max_size=60))
def test_no_line_raises_anything_else(line: str) -> None:
    try:
        pasted = entry_of_line(line)
    except UsageError:
        return
    assert pasted.values["host"]
