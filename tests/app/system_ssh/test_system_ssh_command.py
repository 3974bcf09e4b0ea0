"""The command line for the system's ssh, judged by `ssh -G`: it must mean what the person's words meant."""

from __future__ import annotations

import subprocess

import pytest

from mooring.model.machine import OptionSetting, Target
from mooring.model.origin import COMMAND_LINE
from mooring.model.ssh_arguments import parse
from mooring.system_ssh import command, command_line
from support.programs import require_program


def effective(*words: str) -> list[str]:
    """What `ssh -G` prints for these words with no configuration file; what stood as destination is left out."""
    ssh = require_program("ssh")
    run = subprocess.run([ssh, "-F", "none", "-G", *words], capture_output=True, text=True, timeout=20, check=True)
    return run.stdout.splitlines()


@pytest.mark.parametrize(
    "line",
    [
        "dev",
        "ops@dev",
        "ops@dev -l other",
        "-l other ops@dev",
        "-o User=first ops@dev -v",
        "ssh://ops@dev:2222",
        "ssh://ops@dev:2222 -p 99",
        "-p 99 ssh://ops@dev:2222 -v",
        "dev -p 2222 -L 8080:localhost:80",
        "-c aes128-ctr dev -c aes256-ctr",
        "-- dev -x",
        "dev -t -- -x",
        "dev df -h",
    ],
)
def test_the_words_mean_what_they_meant(line: str) -> None:
    words = line.split()
    arguments = parse(words)
    target = Target("dev", options=(OptionSetting("Port", "7777", COMMAND_LINE),))
    bare, full = command(Target("dev"), arguments), command(target, arguments)
    expected = effective(*words)
    assert effective(*bare[1:]) == expected
    given_port = next(each for each in expected if each.startswith("port "))
    if given_port == "port 22":
        expected[expected.index(given_port)] = "port 7777"
    assert effective(*full[1:]) == expected


def test_the_line_can_be_pasted_into_a_shell() -> None:
    target = Target("dev", config_file="/tmp/a file")
    assert command_line(target, parse(["dev", "echo $HOME"])) == "ssh -F '/tmp/a file' dev 'echo $HOME'"
