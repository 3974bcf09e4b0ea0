"""How every screen, panel and dialog looks, in four sizes and two themes, compared with pictures that were looked at.

A newcomer's screen comes in by a line of `scenes.SCENES`: a name, what is done until it is seen, and its class. Then

    pytest -n 0 tests/app/ui/looks -k NAME --snapshot-update

keeps its pictures in `pictures`, and those of a screen that is meant to look otherwise now. They are text; to look at
them, as one has to before they are committed:

    python -m app.ui.looks.show NAME      # in tests, writes NAME-SIZE-THEME.svg to the folder where one is
"""

from __future__ import annotations

from pathlib import Path

import pytest

from app.ui.looks.kept_pictures import KeptPictures
from app.ui.looks.scene import THEMES, Scene, Stage, play, still_life
from app.ui.looks.scenes import SCENES
from app.ui.looks.shown_classes import classes_to_show

KEPT = KeptPictures(Path(__file__).parent / "pictures")


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
async def test_it_looks_as_it_did(
    scene: Scene, own_home: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    folder = own_home / "mooring"
    folder.mkdir()
    monkeypatch.chdir(folder)
    is_update = bool(request.config.getoption("update_snapshots"))
    kept = None if is_update else {theme: KEPT.read(scene.name, theme) for theme in THEMES}
    with still_life(monkeypatch):
        taken = await play(scene, Stage(folder), kept)
    dark, light = (taken[theme] for theme in THEMES)
    for size in scene.sizes:
        assert dark[size].text == light[size].text, "a theme changes no more than colours"
    if kept is None:
        KEPT.write(scene.name, taken)
        return
    for theme, pictures in taken.items():
        for size, picture in pictures.items():
            assert picture.text == kept[theme][size].text, f"{scene.name} at {size}"
            assert picture.styles == kept[theme][size].styles, f"the colours of {scene.name} at {size} in {theme}"


def test_there_is_a_scene_of_every_screen_dialog_question_and_tab() -> None:
    missing = classes_to_show() - {scene.shows for scene in SCENES}
    assert not missing, "each needs a line in a module of tests/app/ui/looks/scenes"


def test_every_kept_picture_is_that_of_a_scene() -> None:
    assert KEPT.names() == {scene.name for scene in SCENES}
