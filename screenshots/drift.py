"""What a picture says, apart from what differs at every run: whether pictures are those of the program as it is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from xml.etree import ElementTree

_WORD = re.compile(r"\W*[^\W\d_]{3,}([-'.][^\W\d_]+)*\W*")
_PASSWORD = re.compile(r"\w{4}(-\w{4}){2}")
"""As the demo makes them."""

_OF_KEY_PICTURE = re.compile(r"[-.=+*@%&#/^|:oBOXES]+")
_OF_FINGERPRINT = re.compile(r"[a-z][A-Z]|[A-Z]{2}[a-z]")
"""Capitals inside of words: what is seen of a fingerprint that something lies over."""

_FINGERPRINT = re.compile(r"SHA256:([\w+/]*)")
_FINGERPRINT_LENGTH = 43


def words(svg: str) -> Counter[str]:
    """The words of a picture and how often each is there."""
    elements = ElementTree.fromstring(svg).iter()
    return words_of(" ".join("".join(element.itertext()) for element in elements if _is_text(element)))


def words_of(text: str) -> Counter[str]:
    """The words of a screen and how often each is there.

    What has more in it than letters is left out (addresses, times, names of temporary folders), and so are
    fingerprints, what is drawn in the pictures of host keys, and the demo's passwords.
    """
    tokens = _without_fingerprints(text.replace("\xa0", " ").split())
    return Counter(token for token in tokens if _WORD.fullmatch(token) and not _is_random(token))


def _without_fingerprints(tokens: Iterable[str]) -> Iterator[str]:
    """A fingerprint that is broken into two lines goes on in a later token that has just what is missing of it."""
    missing: list[int] = []
    for token in tokens:
        if found := _FINGERPRINT.search(token):
            missing.append(_FINGERPRINT_LENGTH - len(found[1]))
        elif len(token) in missing:
            missing.remove(len(token))
        else:
            yield token


def _is_random(token: str) -> bool:
    return bool(_PASSWORD.search(token) or _OF_FINGERPRINT.search(token) or _OF_KEY_PICTURE.fullmatch(token))


def _is_text(element: ElementTree.Element) -> bool:
    return element.tag.endswith("}text")
