"""Colours given in a space of their own (`CIELab:50/20/10`), as Xlib's colour management shows them.

Xlib knows no profile of the screen in most cases and takes that of a Tektronix 19" tube, whose matrix and curves stand
in its `LRGB.c`; the spaces are those of XParseColor(3). What the tube can't show is brought to where it can, by less
chroma at the same hue and value (`XcmsTekHVCClipC`).
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from types import MappingProxyType

from mooring_widgets.emulator.rgb import Rgb

Three = tuple[float, float, float]

_NUMBER = r"([+-]?(?:\d{1,4}\.?\d{0,12}|\.\d{1,12}))"
"""Without exponents and of few digits: nothing can come near to an overflow."""
_TEXT = re.compile(rf"([a-z]+):{_NUMBER}/{_NUMBER}/{_NUMBER}", re.IGNORECASE)

_TO_INTENSITIES = (
    (3.48340481253539, -1.521763749272852, -0.5592313335404978),
    (-1.071527513061936, 1.965937952043724, 0.03673691339553462),
    (0.06351179790497788, -0.2002050100049648, 0.8107094203164822),
)
_WHITE = (0.9496643798, 1.0, 1.4060402995)
_WHITE_SUM = _WHITE[0] + 15 * _WHITE[1] + 3 * _WHITE[2]
_WHITE_U, _WHITE_V = 4 * _WHITE[0] / _WHITE_SUM, 9 * _WHITE[1] / _WHITE_SUM
_OUTSIDE = 0.001
"""By how much an intensity may be outside of 0 to 1 and still counts as shown."""
_STEP = 5
_RED = (
    0.000936, 0.001481, 0.002329, 0.003529, 0.005127, 0.007169, 0.009699, 0.012759, 0.016392, 0.020637, 0.025533,
    0.031119, 0.037431, 0.044504, 0.052373, 0.061069, 0.070624, 0.081070, 0.092433, 0.104744, 0.118026, 0.132307,
    0.147610, 0.163958, 0.181371, 0.199871, 0.219475, 0.240202, 0.262069, 0.285089, 0.309278, 0.334647, 0.361208,
    0.388971, 0.417945, 0.448138, 0.479555, 0.512202, 0.546082, 0.581199, 0.617552, 0.655144, 0.693971, 0.734031,
    0.775322, 0.817837, 0.861571, 0.906515, 0.952662, 1.0,
)  # fmt: skip
_GREEN = (
    0.000832, 0.001998, 0.003612, 0.005736, 0.008428, 0.011745, 0.015740, 0.020463, 0.025960, 0.032275, 0.039449,
    0.047519, 0.056520, 0.066484, 0.077439, 0.089409, 0.102418, 0.116485, 0.131625, 0.147853, 0.165176, 0.183604,
    0.203140, 0.223783, 0.245533, 0.268384, 0.292327, 0.317351, 0.343441, 0.370580, 0.398747, 0.427919, 0.458068,
    0.489165, 0.521176, 0.554067, 0.587797, 0.622324, 0.657604, 0.693588, 0.730225, 0.767459, 0.805235, 0.843491,
    0.882164, 0.921187, 0.960490, 1.0,
)  # fmt: skip
_BLUE = (
    0.001341, 0.002080, 0.003188, 0.004729, 0.006766, 0.009357, 0.012559, 0.016424, 0.021004, 0.026344, 0.032489,
    0.039481, 0.047357, 0.056154, 0.065903, 0.076634, 0.088373, 0.101145, 0.114968, 0.129862, 0.145841, 0.162915,
    0.181095, 0.200386, 0.220791, 0.242309, 0.264937, 0.288670, 0.313499, 0.339410, 0.366390, 0.394421, 0.423481,
    0.453547, 0.484592, 0.516587, 0.549498, 0.583291, 0.617925, 0.653361, 0.689553, 0.726454, 0.764013, 0.802178,
    0.840891, 0.880093, 0.919723, 0.959715, 1.0,
)  # fmt: skip
"""Intensities that the tube shows for values 5 apart, up to 255; below the first there is one more at 0."""


def parse_in_space(text: str) -> Rgb | None:
    """Read `SPACE:a/b/c`; None where the space is unknown or a number out of its range."""
    match = _TEXT.fullmatch(text)
    if match is None:
        return None
    numbers = float(match[2]), float(match[3]), float(match[4])
    space = match[1].lower()
    if space == "rgbi":
        return _shown(numbers) if all(0 <= number <= 1 for number in numbers) else None
    convert = _SPACES.get(space)
    tristimulus = convert(*numbers) if convert is not None else None
    return None if tristimulus is None else _shown(_within_gamut(tristimulus))


def _from_xyz(x: float, y: float, z: float) -> Three | None:
    return (x, y, z) if 0 <= y <= 1 else None


def _from_xyy(x: float, y: float, luminance: float) -> Three | None:
    divisor = -2 * x + 12 * y + 3
    if not (0 <= x <= 1 and 0 <= y <= 1 and 0 <= luminance <= 1):
        return None
    return _from_uvy(4 * x / divisor, 9 * y / divisor, luminance) if divisor else (0.0, 0.0, 0.0)


def _from_uvy(u: float, v: float, luminance: float) -> Three | None:
    if not 0 <= luminance <= 1:
        return None
    divisor = 6 * u - 16 * v + 12
    if not divisor:
        u, v = _WHITE_U, _WHITE_V
        divisor = 6 * u - 16 * v + 12
    x, y = 9 * u / divisor, 4 * v / divisor
    if not y:
        return x, luminance, 1 - x
    return x * luminance / y, luminance, (1 - x - y) * luminance / y


def _from_lab(lightness: float, a: float, b: float) -> Three | None:
    if not 0 <= lightness <= 100:
        return None
    root = (lightness + 16) / 116
    if root**3 < 0.008856:
        # Xlib divides by 9.03292 here and so takes a hundred times as much as the CIE does.
        root = lightness / 9.03292
        return _WHITE[0] * (a / 3893.5 + root), root, _WHITE[2] * (root - b / 1557.4)
    return _WHITE[0] * (root + a / 5) ** 3, root**3, _WHITE[2] * (root - b / 2) ** 3


def _from_luv(lightness: float, u: float, v: float) -> Three | None:
    if not 0 <= lightness <= 100:
        return None
    scale = 13 * lightness / 100
    away = (u / scale, v / scale) if scale else (0.0, 0.0)
    return _from_uvy(_WHITE_U + away[0], _WHITE_V + away[1], _luminance(lightness))


_HUE_OF_RED = math.atan((0.4931 - _WHITE_V) / (0.7127 - _WHITE_U))
_CHROMA_SCALE = 7.50725


def _from_hvc(hue: float, value: float, chroma: float) -> Three | None:
    if not 0 <= value <= 100 or chroma < 0:
        return None
    angle = math.radians(hue) + _HUE_OF_RED
    away = chroma / (value * _CHROMA_SCALE) if 0 < value < 100 else 0.0
    return _from_uvy(_WHITE_U + math.cos(angle) * away, _WHITE_V + math.sin(angle) * away, _luminance(value))


def _luminance(lightness: float) -> float:
    if lightness < 7.99953624:
        return lightness / 903.29
    return min(((lightness + 16) / 116) ** 3, 1.0)


_SPACES: MappingProxyType[str, Callable[[float, float, float], Three | None]] = MappingProxyType(
    {
        "ciexyz": _from_xyz,
        "ciexyy": _from_xyy,
        "cieuvy": _from_uvy,
        "cielab": _from_lab,
        "cieluv": _from_luv,
        "tekhvc": _from_hvc,
    }
)


def _intensities(colour: Three) -> Three:
    red, green, blue = (sum(a * b for a, b in zip(row, colour, strict=True)) for row in _TO_INTENSITIES)
    return red, green, blue


def _is_shown(intensities: Three) -> bool:
    return min(intensities) >= -_OUTSIDE and max(intensities) <= 1 + _OUTSIDE


def _within_gamut(colour: Three) -> Three:
    """The intensities of a colour, or of that with as much of its chroma as can be shown.

    At that edge one of them is nearly 0, for which the tube has a value already; in Xlib rounding decides about it.
    """
    intensities = _intensities(colour)
    if _is_shown(intensities):
        return intensities
    x, luminance, z = colour
    total = x + 15 * luminance + 3 * z
    u, v = (4 * x / total, 9 * luminance / total) if total else (_WHITE_U, _WHITE_V)
    least, most = 0.0, 1.0
    for _ in range(24):
        middle = (least + most) / 2
        place = _WHITE_U + (u - _WHITE_U) * middle, _WHITE_V + (v - _WHITE_V) * middle
        paler = _from_uvy(*place, luminance)
        if paler is not None and min(found := _intensities(paler)) >= 0 and max(found) <= 1:
            least, intensities = middle, found
        else:
            most = middle
    return intensities if least else (luminance, luminance, luminance)


def _shown(intensities: Three) -> Rgb:
    return Rgb(*(_value(part, curve) for part, curve in zip(intensities, (_RED, _GREEN, _BLUE), strict=True)))


def _value(intensity: float, curve: Sequence[float]) -> int:
    """The value, 0 to 255, for which the tube shows an intensity."""
    if intensity <= 0:
        return 0
    if intensity >= 1:
        return 255
    first = 255 - _STEP * (len(curve) - 1)
    index = bisect_right(curve, intensity)
    low, below = (first + _STEP * (index - 1), curve[index - 1]) if index else (first - 1, 0.0)
    width = _STEP if index else 1
    return math.floor(low + width * (intensity - below) / (curve[index] - below) + 0.5)
