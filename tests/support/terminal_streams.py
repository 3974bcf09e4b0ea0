"""What hosts may send to a terminal, sensible or not, in pieces: a Hypothesis strategy."""

from __future__ import annotations

from hypothesis import strategies as st

TEXTS = [
    text.encode()
    for text in (
        "plain",
        " ",
        "x" * 37,
        "été",
        "日本",
        "e\u0301",
        "👨\u200d👩",
        "❤\ufe0f",
        "1\ufe0f\u20e3",
        "🇬🇧",
        "\u200d",
        "\u0301",
        "─│",
    )
] + [b"\xff\xc3", b"\xed\xa0\x80"]
CONTROLS = [
    b"\r\n",
    b"\n",
    b"\r",
    b"\t",
    b"\b",
    b"\x0b",
    b"\x0e",
    b"\x0f",
    b"\x07",
    b"\x00",
    b"\x18",
    b"\x1a",
    b"\x7f",
    b"\xc2\x85",
    b"\xc2\x9b",
]
ESCAPES = [
    b"7",
    b"8",
    b"D",
    b"E",
    b"M",
    b"H",
    b"c",
    b"6",
    b"9",
    b"#3",
    b"#5",
    b"#6",
    b"#8",
    b"(0",
    b"(B",
    b")0",
    b"*A",
    b"n",
    b"o",
    b"N",
    b"O",
    b"=",
    b">",
    b"V",
    b"W",
    b" G",
    b" F",
    b"-A",
    b".F",
    b"\\",
    b"[",
    b"",
    b"Z",
    b"%G",
    b"%@",
]
FINALS = [bytes([code]) for code in range(0x40, 0x7F)]
MIDDLES = [b"", b"", b"", b"?", b">", b"<", b"=", b" ", b"!", b'"', b"'", b"$", b"*", b"#", b"&"]
PRIVATE = [
    3,
    5,
    6,
    7,
    12,
    25,
    40,
    41,
    45,
    47,
    66,
    69,
    95,
    1000,
    1002,
    1004,
    1006,
    1045,
    1047,
    1048,
    1049,
    2004,
    2026,
    2048,
    31,
]
numbers = st.one_of(st.integers(0, 12), st.sampled_from([40, 65535, 99999999999]))
parameters = st.lists(st.one_of(numbers.map(str), st.just("")), max_size=7).map(lambda parts: ";".join(parts).encode())
controls_sequence = st.builds(
    lambda middle, given_parameters, final: (
        b"\x1b["
        + (middle + given_parameters if middle in (b"?", b">", b"<", b"=") else given_parameters + middle)
        + final
    ),
    st.sampled_from(MIDDLES),
    parameters,
    st.sampled_from(FINALS),
)
mode_switch = st.builds(
    lambda mode, on: b"\x1b[?%d%s" % (mode, b"h" if on else b"l"), st.sampled_from(PRIVATE), st.booleans()
)
colours = st.sampled_from(
    [
        b"\x1b[31m",
        b"\x1b[0m",
        b"\x1b[m",
        b"\x1b[1;44m",
        b"\x1b[38;5;200m",
        b"\x1b[48:2::1:2:3m",
        b"\x1b[4:3m",
        b"\x1b[7;",
        b"\x1b[4h",
        b"\x1b[?7l",
    ]
)
strings = st.builds(
    lambda start, body, end: start + body + end,
    st.sampled_from([b"\x1b]", b"\x1bP", b"\x1b_", b"\x1b^", b"\x1bX"]),
    st.sampled_from(
        [
            b"0;title",
            b"8;;http://a/",
            b"8;;",
            b"4;1;?",
            b"52;c;aGk=",
            b"52;c;aGk=\xc3\xa9",
            b"$qm",
            b"1$t2;3;1;A;@;I;0;2;@;B0BB",
            b"2$t3/5/9",
            b"+q544e",
            b"Ga=q,i=3",
            b"133;A",
            b"",
            b"\x01\xc2\x85x",
            b"10;?;?",
        ]
    ),
    st.sampled_from([b"\x07", b"\x1b\\", b"\xc2\x9c", b"", b"\x1b", b"\x18"]),
)
blocks = st.sampled_from(
    [
        b"a line of text\r\n" * 9,
        b"\x1b[33mcoloured\x1b[m line\r\n" * 10,
        b"\x1b[41mred\r\n" * 8,
        b"y\r\n" * 20,
        b"\xe2\x94\x82x\r\n" * 8,
    ]
)
piece = st.one_of(
    st.sampled_from(TEXTS),
    st.sampled_from(CONTROLS),
    st.sampled_from(ESCAPES).map(lambda escape: b"\x1b" + escape),
    controls_sequence,
    mode_switch,
    colours,
    strings,
    blocks,
    st.binary(max_size=8),
)
"""Any one thing."""
