"""Take the pictures anew, all or those whose scenes are named.

python -m screenshots [--into FOLDER] [--theme dark|light] [SCENE ...]
"""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path

from screenshots.album import SCENES, take_pictures
from screenshots.studio import DARK, LIGHT

THEMES = {"dark": DARK, "light": LIGHT}

parser = argparse.ArgumentParser(prog="python -m screenshots", description="Take README's pictures anew.")
parser.add_argument("--into", type=Path, default=Path(__file__).parent, metavar="FOLDER", help="where they are written")
parser.add_argument("--theme", choices=THEMES, help="one of the themes alone")
parser.add_argument("scenes", nargs="*", choices=[*SCENES, []], help="scenes to take; all without any")
given = parser.parse_args()
given.into.mkdir(parents=True, exist_ok=True)
themes = tuple(THEMES.values()) if given.theme is None else (THEMES[given.theme],)
asyncio.run(take_pictures(given.into.resolve(), given.scenes or tuple(SCENES), themes))
