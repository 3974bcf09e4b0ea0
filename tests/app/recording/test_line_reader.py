"""Plain text of a terminal's output: each line as it stood in the end, wherever the output is cut."""

from __future__ import annotations

import pytest

from mooring.recording.line_reader import LineReader

CASES = {
    "a coloured log": (
        "\x1b[32mINFO\x1b[0m  started\r\n\x1b[1;31mERROR\x1b[m \x1b[38;5;208mdisk\x1b[39m 91 %\r\n",
        ["INFO  started", "ERROR disk 91 %"],
    ),
    "titles, links and hostile strings": (
        "\x1b]0;title\x07one\x1b]8;;http://x.test/\x1b\\link\x1b]8;;\x1b\\\r\n\x1bPq#0\x1b\\two\x1b[?2004h\r\n\x9b31mthree\n",
        ["onelink", "two", "three"],
    ),
    "many lines at once": (
        "begun\r\nab \r\n\r\n日本\r\n" + "z" * 25 + "\r\nlast\x1b[3b\r\n",
        ["begun", "ab", "", "日本", "z" * 25, "lastttt"],
    ),
    "lines into what is there already": ("y" * 15 + "\x1b[A\rone\r\ntwo\r\nthree\r\n", ["oneyyyyyyytwoyy", "three"]),
    "a progress line": ("10 %\r 55 %\r100 %\x1b[K\r\ndone\n", ["100 %", "done"]),
    "typing errors that were taken back": (
        "$ sl\b\b\x1b[Kls -l\b\b\x1b[1P\x1b[C\x1b[K\r\n",
        ["$ ls l"],
    ),
    "a letter put into a line": ("$ ech hi\x1b[3D\x1b[1@o\r\n", ["$ echo hi"]),
    "a line of insert mode": ("abc\x1b[4h\r>\x1b[4l\r\n", [">abc"]),
    "tabs, repeated letters, erased ones": ("a\tb\x1b[2b\r\nabcdef\x1b[4D\x1b[2X\r\n", ["a       bbb", "ab  ef"]),
    "a line that wraps": ("x" * 25 + "\r\n", ["x" * 25]),
    "a wrapped line that is edited in its first row": ("$ " + "y" * 10 + "\x1b[A\r>\x1b[B\r\n", ["> " + "y" * 10]),
    "the last column": ("x" * 10 + "\rA\r\n" + "y" * 10 + "\bB\r\n", ["A" + "x" * 9, "y" * 8 + "By"]),
    "wide and combining characters": ("日本\x1b[3Dx\r\ncafe\u0301 \U0001f680\r\n", [" x本", "cafe\u0301 \U0001f680"]),
    "an editor": ("$ vi\r\n\x1b[?1049h\x1b[2J\x1b[Hhello\r\n~\r\n\x1b[?1049l$ exit\r\n", ["$ vi", "$ exit"]),
    "a cleared screen": ("one\r\ntwo\x1b[H\x1b[2Jthree\r\n", ["one", "two", "three"]),
    "what is put elsewhere": ("pulling a\r\npulling b\x1b[1A\rdone    a\r\n", ["pulling a", "pulling b", "done    a"]),
    "a place that was saved": ("at \x1b7one\x1b8two\r\n", ["at two"]),
    "line feeds alone": ("one\n\n  two  \nthree", ["one", "", "     two", "         three"]),
}


@pytest.mark.parametrize("output, lines", CASES.values(), ids=CASES)
def test_lines_as_they_stood_in_the_end(output: str, lines: list[str]) -> None:
    for cut in range(len(output)):
        reader = LineReader(10)
        assert [*reader.feed(output[:cut]), *reader.feed(output[cut:]), *reader.rest()] == lines, cut


def test_endless_lines_and_sequences_are_bounded() -> None:
    reader = LineReader(80)
    found = [line for _ in range(10) for line in reader.feed("z" * 50_000)]
    assert sum(map(len, found)) >= 400_000 and max(map(len, found)) < 200_000
    reader.feed("\n")
    for _ in range(100):
        reader.feed("\x1b]0;" + "t" * 1000)
    assert reader.feed("\x07after\n") == ["after"]
