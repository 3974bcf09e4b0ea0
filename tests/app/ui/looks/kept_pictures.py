"""Pictures on disk: of each scene a file with its text in all sizes, and one for each theme with the colours."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from app.ui.looks.scene import Pictures, Size
from support.screen_picture import ScreenPicture

_HEAD = re.compile(r"^=== (\d+)x(\d+) ===\n", re.MULTILINE)


class KeptPictures:
    """The pictures below a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def names(self) -> set[str]:
        """The scenes that there are pictures of."""
        return {str(file.relative_to(self._folder).with_suffix("")) for file in self._folder.rglob("*.txt")}

    def read(self, name: str, theme: str) -> dict[Size, ScreenPicture]:
        """The pictures of a scene in a theme."""
        texts = _parts(self._text_file(name).read_text(encoding="utf-8"))
        styles = _parts(self._style_file(name, theme).read_text(encoding="utf-8"))
        return {size: ScreenPicture(text, styles[size]) for size, text in texts.items()}

    def write(self, name: str, pictures: Pictures) -> None:
        """Keep the pictures of a scene; the text is that of all themes."""
        text_file = self._text_file(name)
        text_file.parent.mkdir(parents=True, exist_ok=True)
        for theme, by_size in pictures.items():
            text_file.write_text(_joined({size: each.text for size, each in by_size.items()}), encoding="utf-8")
            styles = {size: each.styles for size, each in by_size.items()}
            self._style_file(name, theme).write_text(_joined(styles), encoding="utf-8")

    def _text_file(self, name: str) -> Path:
        return self._folder / f"{name}.txt"

    def _style_file(self, name: str, theme: str) -> Path:
        return self._folder / f"{name}.{theme}"


def _joined(parts: Mapping[Size, str]) -> str:
    return "".join(f"=== {width}x{height} ===\n{text}\n" for (width, height), text in parts.items())


def _parts(text: str) -> dict[Size, str]:
    _before, *parts = _HEAD.split(text)
    return {
        (int(width), int(height)): part.removesuffix("\n")
        for width, height, part in zip(parts[::3], parts[1::3], parts[2::3], strict=True)
    }
