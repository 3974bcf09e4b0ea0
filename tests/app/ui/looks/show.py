"""Make SVGs of kept pictures, to look at them: python -m app.ui.looks.show NAME ..., in the folder `tests`."""

from __future__ import annotations

import sys
from pathlib import Path

from app.ui.looks.kept_pictures import KeptPictures
from app.ui.looks.scene import THEMES
from support.screen_picture import svg_of

kept = KeptPictures(Path(__file__).parent / "pictures")
for name in sys.argv[1:] or sorted(kept.names()):
    for theme in THEMES:
        for size, picture in kept.read(name, theme).items():
            width, height = size
            place = Path(f"{name.replace('/', '-')}-{width}x{height}-{theme}.svg")
            place.write_text(svg_of(picture, size), encoding="utf-8")
