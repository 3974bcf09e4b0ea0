"""The pictures of the README: they are shown by browsers, which may not be sent anywhere by them."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

PICTURES = Path(__file__).parents[3] / "screenshots"
NAMES = sorted(file.name for file in PICTURES.glob("*.svg"))


def test_there_are_pictures() -> None:
    assert {"browser.svg", "session-vim.svg", "dialog-host-key.svg"} <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_loads_nothing_from_elsewhere(name: str) -> None:
    text = (PICTURES / name).read_text(encoding="utf-8")
    assert ElementTree.fromstring(text).tag == "{http://www.w3.org/2000/svg}svg"
    assert "@font-face" not in text
    assert all(target.startswith("#") for target in re.findall(r"url\(([^)]*)\)", text))
    assert not re.search(r"href|<script|<image", text)
