"""What the designated character sets make of the codes of GL, 0x20 to 0x7e.

Sources: the VT510 programmer's manual, DEC STD 070 and ISO 8859; which of them there are is xterm's choice in UTF-8
("Designate G0 Character Set" in its ctlseqs).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import pyte.charsets

_UNDEFINED = "\u2426"
"""SYMBOL FOR SUBSTITUTE FORM TWO, a reversed question mark, as VT terminals show what a set does not have."""

_NOT_SHOWN = "\ufffd\u200e\u200f"
"""What a codec gives for codes without a character, and marks that turn the direction of writing (Hebrew)."""


def _changes(pairs: str) -> dict[int, str]:
    """A set that differs little from ASCII: pairs of an ASCII character and what stands in its place."""
    return {ord(pairs[index]): pairs[index + 1] for index in range(0, len(pairs), 2)}


def _codes(characters: str, first: int = 0x21) -> dict[int, str]:
    """A set of its own: what the codes from `first` on show."""
    return dict(enumerate(characters, first))


def _upper_half(codec: str) -> dict[int, str]:
    """The 96 characters of the upper half of an ISO 8859 set."""
    codes = range(0x20, 0x80)
    shown = (bytes([code | 0x80]).decode(codec, "replace") for code in codes)
    return {
        code: _UNDEFINED if character in _NOT_SHOWN else character for code, character in zip(codes, shown, strict=True)
    }


_LINE_DRAWING = {code: character for code, character in enumerate(pyte.charsets.VT100_MAP) if 0x5F <= code <= 0x7E}
_LINE_DRAWING |= {0x5F: " ", 0x68: "\u2424"}
"""pyte's table is the Linux console's, which has a shade where VT100 and xterm have the sign for a new line."""

_LATIN_1 = _upper_half("iso8859-1")
_SUPPLEMENTAL = _LATIN_1 | _changes("$␦&␦(¤,␦-␦.␦/␦4␦8␦>␦P␦WŒ]Ÿ^␦p␦wœ}ÿ~␦")
_TECHNICAL = "⎷┌─⌠⌡│⎡⎣⎤⎦⎧⎩⎫⎭⎨⎬␦␦␦␦␦␦␦␦␦␦␦≤≠≥∫∴∝∞÷Δ∇ΦΓ∼≃Θ×Λ⇔⇒≡ΠΨ␦Σ␦␦√ΩΞΥ⊂⊃∩∪∧∨¬αβχδεφγηιθκλ␦ν∂πψρστ␦ƒωξυζ←↑→↓"
_GREEK = "¡¢£␦¥␦§¤©ª«␦␦␦␦°±²³␦µ¶·␦¹º»¼½␦¿ϊΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟ␦ΠΡΣΤΥΦΧΨΩάέήί␦όϋαβγδεζηθικλμνξο␦πρστυφχψωςύώ΄␦"
_HEBREW = "¡¢£␦¥␦§¨©×«␦␦␦␦°±²³␦µ¶·␦¹÷»¼½␦¿" + "␦" * 32 + "אבגדהוזחטיךכלםמןנסעףפץצקרשת␦␦␦␦"
_TURKISH = _SUPPLEMENTAL | _changes("(¨.İ>ıPĞ]Ÿ^Şpğ}ÿ~ş")
_CYRILLIC = "␦" * 31 + "юабцдефгхийклмнопярстужвьызшэщчъЮАБЦДЕФГХИЙКЛМНОПЯРСТУЖВЬЫЗШЭЩЧ"

NATIONAL: Mapping[str, dict[int, str]] = MappingProxyType(
    {
        "4": _changes("#£@¾[ĳ\\½]|{¨|ƒ}¼~´"),
        "5": _changes("[Ä\\Ö]Å^Ü`é{ä|ö}å~ü"),
        "C": _changes("[Ä\\Ö]Å^Ü`é{ä|ö}å~ü"),
        "R": _changes("#£@à[°\\ç]§{é|ù}è~¨"),
        "f": _changes("#£@à[°\\ç]§{é|ù}è~¨"),
        "Q": _changes("@à[â\\ç]ê^î`ô{é|ù}è~û"),
        "9": _changes("@à[â\\ç]ê^î`ô{é|ù}è~û"),
        "K": _changes("@§[Ä\\Ö]Ü{ä|ö}ü~ß"),
        "Y": _changes("#£@§[°\\ç]é`ù{à|ò}è~ì"),
        "E": _changes("@Ä[Æ\\Ø]Å^Ü`ä{æ|ø}å~ü"),
        "6": _changes("@Ä[Æ\\Ø]Å^Ü`ä{æ|ø}å~ü"),
        "`": _changes("@Ä[Æ\\Ø]Å^Ü`ä{æ|ø}å~ü"),
        "Z": _changes("#£@§[¡\\Ñ]¿{°|ñ}ç"),
        "7": _changes("@É[Ä\\Ö]Å^Ü`é{ä|ö}å~ü"),
        "H": _changes("@É[Ä\\Ö]Å^Ü`é{ä|ö}å~ü"),
        "=": _changes("#ù@à[é\\ç]ê^î_è`ô{ä|ö}ü~û"),
        "%6": _changes("[Ã\\Ç]Õ{ã|ç}õ"),
    }
)
"""National replacement sets by their final characters; in force with DECNRCM (mode 42) alone."""

SETS_OF_94: Mapping[str, dict[int, str]] = MappingProxyType(
    {
        "0": _LINE_DRAWING,
        "A": _changes("#£"),
        ">": _codes(_TECHNICAL),
        "%5": _SUPPLEMENTAL,
        "%0": _TURKISH,
        '"?': _codes(_GREEK),
        '"4': _codes(_HEBREW),
        "&4": _codes(_CYRILLIC),
    }
)
"""Sets of 94 characters that are always in force."""

SETS_OF_96: Mapping[str, dict[int, str]] = MappingProxyType(
    {
        "A": _LATIN_1,
        "B": _upper_half("iso8859-2"),
        "F": _upper_half("iso8859-7"),
        "H": _upper_half("iso8859-8"),
        "L": _upper_half("iso8859-5"),
        "M": _upper_half("iso8859-9"),
    }
)
"""Sets of 96 characters, which have one for the code of the blank too; G0 can't hold them."""
