"""The first minutes: an empty home, a fresh checkout, README followed to the letter, and a shell on a machine."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from sysconfig import get_path

import pytest

from support.tmux import running_in_tmux

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()
PATIENCE = 100.0


@pytest.mark.timeout(240)
def test_from_an_empty_home_to_a_shell_on_a_demo_machine(tmp_path: Path) -> None:
    block = re.search(r"^## Try it$.*?^```sh\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)
    assert block is not None
    checkout, home = tmp_path / "mooring", tmp_path / "home"
    home.mkdir()
    checkout.mkdir()
    for folder in ("app", "widgets", "styles"):
        shutil.copytree(ROOT / folder, checkout / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for file in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / file, checkout)
    environment = {
        "HOME": str(home),
        **{f"XDG_{name}_HOME": str(home / name.lower()) for name in ("CONFIG", "STATE", "DATA", "CACHE")},
        "TERM": "xterm-256color",
        # What pip would fetch from elsewhere is here already.
        "PYTHONPATH": get_path("purelib"),
        "PIP_NO_INDEX": "1",
        "PIP_NO_DEPS": "1",
        "PIP_NO_BUILD_ISOLATION": "0",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    }
    line = f"cd {checkout} && {block[1].strip()}"
    with running_in_tmux(["sh", "-c", line], columns=110, lines=30, environment=environment) as tmux:
        tmux.wait_for("Machines", "production", "web-1", seconds=PATIENCE)
        # The five keys that README begins with.
        tmux.send("/")
        tmux.type("default")
        tmux.wait_for("1 of")
        tmux.send("Enter")
        tmux.wait_for("● open", "docker@default")
        tmux.type("echo $((6 * 7))\r")
        tmux.wait_for_match(r"\b42\b")
        tmux.send("F12")
        tmux.wait_for("and then")
        tmux.send("m")
        tmux.wait_for("filter")
        tmux.send("q")
        tmux.wait_for("Quit and end it")
        tmux.send("y")
        assert tmux.wait_until_dead() == 0
    assert str(checkout) not in str(list(home.iterdir())), "the demo writes to a folder of its own"
    assert not (home / "config" / "mooring").exists()
