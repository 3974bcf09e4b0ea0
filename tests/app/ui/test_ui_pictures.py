"""The pictures of the README: taken from the program as it is, and shown by browsers without being sent anywhere."""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path
from subprocess import run
from xml.etree import ElementTree

import pytest
from screenshots.album import SCENES
from screenshots.chapters import chapters
from screenshots.drift import words, words_of

from mooring.playback import Player, open_recording

ROOT = Path(__file__).parents[3]
PICTURES = ROOT / "screenshots"
NAMES = sorted(file.name for file in PICTURES.glob("*.svg"))


def test_every_picture_is_there_in_dark_and_in_light() -> None:
    dark = {name for name in NAMES if not name.endswith("-light.svg")}
    assert {"browser.svg", "session-vim.svg", "dialog-host-key.svg", "answers.svg"} <= dark
    assert {name.replace(".svg", "-light.svg") for name in dark} == set(NAMES) - dark


def test_every_picture_is_taken_in_a_scene() -> None:
    scenes = "".join(file.read_text(encoding="utf-8") for file in (PICTURES / "scenes").glob("*.py"))
    taken = set(re.findall(r'"([a-z0-9-]+)"', scenes))
    assert {name.removesuffix(".svg").removesuffix("-light") for name in NAMES} <= taken


@pytest.mark.timeout(240)
@pytest.mark.parametrize("scene", SCENES)
def test_they_show_the_program_as_it_is(scene: str, tmp_path: Path) -> None:
    done = run(
        [sys.executable, "-m", "screenshots", "--into", str(tmp_path), "--theme", "dark", scene],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=220,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    pictures = list(tmp_path.iterdir())
    assert pictures
    again = f"python -m screenshots {scene} takes them anew; then look at them"
    for taken in pictures:
        kept = PICTURES / taken.name
        if taken.suffix == ".svg":
            new, old = words(taken.read_text(encoding="utf-8")), words(kept.read_text(encoding="utf-8"))
            assert new == old, f"{taken.name} says {new - old} and not {old - new}: {again}"
        elif taken.name == "main-job.cast":
            drifted = _drifted_chapters(taken, kept)
            assert not drifted, f"{drifted}: {again}"


def _drifted_chapters(taken: Path, kept: Path) -> dict[str, tuple[Counter[str], Counter[str]]]:
    """The chapters of a recording that say something else now."""
    new, old = (
        {name: words_of(screen) for name, screen in chapters(file.read_bytes()).items()} for file in (taken, kept)
    )
    assert new.keys() == old.keys()
    return {name: (new[name] - old[name], old[name] - new[name]) for name in new if new[name] != old[name]}


def test_the_recording_beside_them_plays_to_its_end() -> None:
    player = Player(open_recording(PICTURES / "session.cast"))
    assert player.play_to(3600) and player.is_over and not player.problem
    assert "4.2.1" in "\n".join(player.emulator.display)


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_loads_nothing_from_elsewhere(name: str) -> None:
    text = (PICTURES / name).read_text(encoding="utf-8")
    assert ElementTree.fromstring(text).tag == "{http://www.w3.org/2000/svg}svg"
    assert "@font-face" not in text
    assert all(target.startswith("#") for target in re.findall(r"url\(([^)]*)\)", text))
    assert not re.search(r"href|<script|<image", text)
