"""Questions of the remote and the answers it gets."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mooring_widgets.emulator import Emulator, Rgb, Settings

ANSWERS: dict[bytes, bytes] = {
    b"\x1b[c": b"\x1b[?65;1;2;6;9;15;16;17;18;21;22;28;29c",
    b"\x1b[0c": b"\x1b[?65;1;2;6;9;15;16;17;18;21;22;28;29c",
    b"\x1b[1c": b"",
    b"\x1bZ": b"\x1b[?65;1;2;6;9;15;16;17;18;21;22;28;29c",
    b"\x1b[>c": b"\x1b[>64;388;0c",
    b"\x1b[=c": b"\x1bP!|00000000\x1b\\",
    b"\x1b[>q": b"\x1bP>|mooring\x1b\\",
    b"\x1b[5n": b"\x1b[0n",
    b"\x1b[2;3H\x1b[6n": b"\x1b[2;3R",
    b"\x1b[2;3H\x1b[?6n": b"\x1b[?2;3;1R",
    b"\x1b[2;4r\x1b[?6h\x1b[2;3H\x1b[6n": b"\x1b[2;3R",
    b"\x1b[?15n": b"\x1b[?13n",
    b"\x1b[?996n": b"\x1b[?997;1n",
    b"\x1b[?7$p": b"\x1b[?7;1$y",
    b"\x1b[?1000$p": b"\x1b[?1000;2$y",
    b"\x1b[?1000h\x1b[?1000$p": b"\x1b[?1000;1$y",
    b"\x1b[?2027$p": b"\x1b[?2027;3$y",
    b"\x1b[?2026$p": b"\x1b[?2026;2$y",
    b"\x1b[?12345$p": b"\x1b[?12345;0$y",
    b"\x1b[4h\x1b[4$p": b"\x1b[4;1$y",
    b"\x1b[20$p": b"\x1b[20;2$y",
    b"\x1b[1;31m\x1bP$qm\x1b\\": b"\x1bP1$r0;1;31m\x1b\\",
    b"\x1b[4:3;38;5;200;48;2;1;2;3m\x1bP$qm\x1b\\": b"\x1bP1$r0;4:3;38:5:200;48:2::1:2:3m\x1b\\",
    b"\x1b[2;3r\x1bP$qr\x1b\\": b"\x1bP1$r2;3r\x1b\\",
    b"\x1b[?69h\x1b[2;5s\x1bP$qs\x1b\\": b"\x1bP1$r2;5s\x1b\\",
    b"\x1b[3 q\x1bP$q q\x1b\\": b"\x1bP1$r3 q\x1b\\",
    b'\x1b[1"q\x1bP$q"q\x1b\\': b'\x1bP1$r1"q\x1b\\',
    b"\x1bP$qz\x1b\\": b"\x1bP0$r\x1b\\",
    b"\x1bP$qt\x1b\\": b"\x1bP1$r6t\x1b\\",
    b"\x1bP$q$|\x1b\\": b"\x1bP1$r20$|\x1b\\",
    b"\x1bP$q*|\x1b\\": b"\x1bP1$r6*|\x1b\\",
    b"\x1b[2*x\x1bP$q*x\x1b\\": b"\x1bP1$r2*x\x1b\\",
    b"\x1b[62;1\"p\x1bP$q\"p\x1b\\": b"\x1bP1$r62;1\"p\x1b\\",
    b"\x1bP$q$}\x1b\\\x1bP$q$~\x1b\\": b"\x1bP1$r0$}\x1b\\\x1bP1$r0$~\x1b\\",
    b"\x1bP$q){\x1b\\": b"\x1bP1$r3){\x1b\\",
    b"\x1b[>4;2m\x1bP$q>4m\x1b\\": b"\x1bP1$r>4;2m\x1b\\",
    b"\x1b[>4;1f\x1bP$q>4f\x1b\\": b"\x1bP1$r>4;1f\x1b\\",
    b"\x1bP$q>9m\x1b\\": b"\x1bP0$r\x1b\\",
    b"\x1b[>0t\x1bP$q>t\x1b\\": b"\x1bP1$r>0>t\x1b\\",
    b"\x1b[1$w": b"\x1bP1$u1;1;1;@;@;@;0;2;@;BBBB\x1b\\",
    b"\x1b[1;5;7m\x1b[1\"q\x1b)0\x1b-A\x0e\x1b}\x1b[?6h\x1b[2;3H\x1b[1$w": b"\x1bP1$u2;3;1;M;A;A;1;2;B;BABB\x1b\\",
    b"\x1b[2$w": b"\x1bP2$u9/17\x1b\\",
    b"\x1b[3g\x1b[5G\x1bH\x1b[2$w": b"\x1bP2$u5\x1b\\",
    b"\x1b[\"v": b"\x1b[6;20;1;1;1\"w",
    b"\x1b[&u": b"\x1bP0!uB\x1b\\",
    b"\x1b[#S": b"\x1b[0;10#S",
    b"\x1b[22t\x1b[22;2t\x1b[#S\x1b[23t\x1b[#S": b"\x1b[2;10#S\x1b[1;10#S",
    b"\x1b[#P\x1b[#P\x1b[#Q\x1b[#R": b"\x1b[?1;2#Q",
    b"\x1b[31;1mab\x1b[32mcd\x1b[1;1;1;2#|\x1b[1;1;1;4#|": b"\x1b[0;1;31m\x1b[0;1m",
    b"\x1b[?4g": b"\x1b[>4;0f",
    b"\x1b[?3m\x1b[?6m\x1b[?7m": b"\x1b[>3;0m\x1b[>6;0m\x1b[>7;0m",
    b"\x1b[>2n\x1b[?2m": b"\x1b[>2n",
    b"\x1bP+Q7a\x1b\\": b"\x1bP0+R\x1b\\",
    b"\x1bP+q436f;544e;7a7a;524742\x1b\\": b"\x1bP1+r436F=323536;544E=787465726D2D323536636F6C6F72\x1b\\",
    b"\x1bP+q6b75\x1b\\\x1bP+q6b31\x1b\\": b"\x1bP1+r6B75=1B4F41\x1b\\\x1bP1+r6B31=1B4F50\x1b\\",
    b"\x1bP+q544e\x1b\\": b"\x1bP1+r544E=787465726D2D323536636F6C6F72\x1b\\",
    b"\x1bP+q7a7a\x1b\\": b"\x1bP0+r7A7A\x1b\\",
    b"\x1bP+qzz\x1b\\": b"\x1bP0+r\x1b\\",
    b"\x1b[18t": b"\x1b[8;6;20t",
    b"\x1b[14t": b"\x1b[4;96;160t",
    b"\x1b[16t": b"\x1b[6;16;8t",
    b"\x1b]2;secret\x07\x1b[21t\x1b[20t": b"",
    b"\x1b[?1;1;0S": b"\x1b[?1;3;0S",
    b"\x1b_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\": b"\x1b_Gi=31;ENOTSUP:no graphics\x1b\\",
    b"\x1b]4;1;?\x07": b"\x1b]4;1;rgb:cdcd/0000/0000\x07",
    b"\x1b]4;1;#102030\x1b\\\x1b]4;1;?\x1b\\": b"\x1b]4;1;rgb:1010/2020/3030\x1b\\",
    b"\x1b]10;?\x07": b"\x1b]10;rgb:0101/0202/0303\x07",
    b"\x1b]11;?\x1b\\": b"\x1b]11;rgb:0404/0505/0606\x1b\\",
    b"\x1b]10;?;?\x07": b"\x1b]10;rgb:0101/0202/0303\x07\x1b]11;rgb:0404/0505/0606\x07",
    b"\x1b]52;c;?\x07": b"",
    b"\x1b[?u": b"\x1b[?0u",
    b"\x1b[>5u\x1b[?u": b"\x1b[?5u",
    b"\x1b[>31u\x1b[?u": b"\x1b[?7u",
    b"\x1b[>5u\x1b[<u\x1b[?u": b"\x1b[?0u",
    b"\x1b[=3;1u\x1b[=4;2u\x1b[=1;3u\x1b[?u": b"\x1b[?6u",
    b"\x1b[>5u\x1b[?1049h\x1b[?u": b"\x1b[?0u",
    b"\x1b[>4;2m\x1b[?4m": b"\x1b[>4;2m",
    b"\x1b[?2048h": b"\x1b[48;6;20;96;160t",
    b"\x1b[63;1\"p\x1b[?69h\x1b[?69$p": b"\x1b[?69;2$y",
    b"\x1b[62;1\"p\x1b[4$p": b"",
}  # fmt: skip


def answer_to(sent: bytes) -> bytes:
    """What a small terminal with known colours answers."""
    answers: list[bytes] = []
    own = Settings(foreground=Rgb(1, 2, 3), background=Rgb(4, 5, 6), kitty_flags_granted=0b111)
    Emulator(20, 6, settings=own, reply=answers.append).feed(sent)
    return b"".join(answers)


@pytest.mark.parametrize("sent", ANSWERS, ids=repr)
def test_answer(sent: bytes) -> None:
    assert answer_to(sent) == ANSWERS[sent]


def test_eight_bit_controls_in_answers() -> None:
    """One byte, as xterm sends it in UTF-8 mode too: vttest 11.1.3 reads it so."""
    assert answer_to(b"\x1b G\x1b[5n\x1b F\x1b[5n") == b"\x9b0n\x1b[0n"


def test_answers_of_one_feed_come_in_one_call() -> None:
    answers: list[bytes] = []
    Emulator(20, 6, reply=answers.append).feed(b"\x1b[5n\x1b[6n")
    assert answers == [b"\x1b[0n\x1b[1;1R"]


ANSWER = re.compile(
    rb"(?:\x1b\[[?>]?[0-9;]*(?:[cfnRtuxmSy]|\$y|\*\{|\"w|#[QS])"
    rb"|\x1bP(?:!\|0{8}|>\|mooring|[0-9]+!~[0-9A-F]{4}|[01]\+r[0-9A-F=;]*|0\+R|0!uB|2\$u[0-9/]*)\x1b\\"
    rb"|\x1bP1\$u[0-9]+;[0-9]+;1;[@-_];[@A];[@-_];[0-3];[0-3];[@-_];[0-9A-Z<=>`f%&\"?]+\x1b\\"
    rb"|\x1bP[01]\$r[>0-9;:]*(?:[fmnrst]| q|\"q|\"p|\*x|\*\||\$\||\$\}|\$~|\)\{|>t)?\x1b\\"
    rb"|\x1b\][0-9;]+rgb:[0-9a-f/]+(?:\x07|\x1b\\)"
    rb"|\x1b_Gi=[0-9]+;ENOTSUP:no graphics\x1b\\)*"
)
"""Every answer there is: digits, hex, and our own words."""

questions = st.builds(
    lambda start, body, end: start + body + end,
    st.sampled_from(
        [b"\x1b[", b"\x1b[?", b"\x1b[>", b"\x1b[=", b"\x1bP$q", b"\x1bP+q", b"\x1b]4;", b"\x1b]10;", b"\x1b_G"]
    ),
    st.one_of(st.text('0123456789;?abcdefxyzrm $"rm -rf#>', max_size=12).map(str.encode), st.binary(max_size=6)),
    st.sampled_from([b"c", b"n", b"t", b"u", b"$p", b"x", b"q", b"m", b"$w", b"#|", b"#R", b"&u", b"\x1b\\", b"\x07"]),
)


@settings(deadline=None, max_examples=400)
@given(st.lists(questions, max_size=6).map(b"".join))
def test_no_answer_holds_text_that_the_remote_chose(sent: bytes) -> None:
    assert ANSWER.fullmatch(answer_to(sent)), answer_to(sent)
