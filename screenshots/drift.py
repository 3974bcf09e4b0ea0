"""What a picture says, apart from what differs at every run: whether pictures are those of the program as it is."""

from __future__ import annotations

import re
from collections import Counter
from xml.etree import ElementTree

_WORD = re.compile(r"\W*[^\W\d_]{3,}([-'.][^\W\d_]+)*\W*")
_PASSWORD = re.compile(r"\w{4}(-\w{4}){2}")
"""As the demo makes them."""
_OF_FINGERPRINT = re.compile(r"[a-z][A-Z]|[A-Z]{2}[a-z]")
_OF_KEY_PICTURE = re.compile(r"[-.=+*@%&#/^|:oBOXES]+")


def words(svg: str) -> Counter[str]:
    """The words of a picture and how often each is there.

    What has more in it than letters is left out (addresses, times, fingerprints, names of temporary folders), and so is
    what is drawn in the pictures of host keys, the demo's passwords, and capitals inside of words.
    """
    text = " ".join("".join(element.itertext()) for element in ElementTree.fromstring(svg).iter() if _is_text(element))
    tokens = text.replace("\xa0", " ").split()
    return Counter(token for token in tokens if _WORD.fullmatch(token) and not _is_random(token))


def _is_random(token: str) -> bool:
    return bool(_PASSWORD.search(token) or _OF_FINGERPRINT.search(token) or _OF_KEY_PICTURE.fullmatch(token))


def _is_text(element: ElementTree.Element) -> bool:
    return element.tag.endswith("}text")
