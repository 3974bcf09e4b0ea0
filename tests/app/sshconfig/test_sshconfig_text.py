"""Patterns, words and algorithm lists: the small parts, against independent oracles."""

from __future__ import annotations

import re
import string
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mooring.model.quoting import quote
from mooring.sshconfig.directive import Arguments
from mooring.sshconfig.lexer import LexError, split_arguments, split_keyword
from mooring.sshconfig.patterns import is_literal, match_hostname, match_list, match_pattern
from mooring.sshconfig.text import ascii_lower, visible, visible_character
from mooring.sshconfig.values.algorithms import KINDS
from mooring.sshconfig.values.numbers import scaled, seconds
from support.ssh_oracle import ask_ssh

ANY_LINE = st.text(st.characters(exclude_characters="\n"))


@given(text=st.text("ab.", max_size=12), pattern=st.text("ab.*?", max_size=8))
def test_patterns_match_as_the_regular_expression_would(text: str, pattern: str) -> None:
    expression = re.escape(pattern).replace(r"\*", ".*").replace(r"\?", ".")
    assert match_pattern(text, pattern) is (re.fullmatch(expression, text) is not None)


def test_hostile_pattern_takes_no_time() -> None:
    started = time.process_time()
    assert not match_pattern("a" * 2000, "a*" * 500 + "b")
    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    ("text", "patterns", "expected"),
    [
        ("web", "web", True),
        ("web", "a,w*", True),
        ("web", "!web,*", False),
        ("web", "*,!web", False),
        ("web", "!other", None),
        ("web", "", None),
        ("", "*", True),
        ("web", "x" * 1500 + ",web", None),
    ],
)
def test_pattern_lists(text: str, patterns: str, expected: bool | None) -> None:
    assert match_list(text, patterns) is expected


def test_host_names_match_in_any_case() -> None:
    assert match_hostname("WEB", "W*")
    assert not match_hostname("WEB", "!web,*")
    assert is_literal("web")
    assert not any(is_literal(pattern) for pattern in ("w*", "w?b", "!web"))


@given(word=st.text(min_size=1).filter(lambda word: "\0" not in word and "\n" not in word))
def test_quoted_words_come_back_whole(word: str) -> None:
    assert split_arguments(f"first {quote(word)} last") == ["first", word, "last"]


@given(line=ANY_LINE)
def test_any_line_is_cut_or_refused_but_never_breaks(line: str) -> None:
    words = split_keyword(line)
    if words is None:
        return
    keyword, text = words
    assert keyword == ascii_lower(keyword)
    assert keyword
    try:
        arguments = split_arguments(text)
    except LexError:
        assert '"' in text or "'" in text
    else:
        assert all(argument in line.replace("\\", "").replace('"', "").replace("'", "") or "\\" in line
                   for argument in arguments)  # fmt: skip


@given(
    keyword=st.sampled_from(["Port", "user"]),
    blank=st.text(" \t", max_size=3),
    separator=st.sampled_from([" ", "=", " = ", "\t=", "= ", "  "]),
    rest=st.text("ab\"'#= \t\r\f\0", max_size=6),
)
def test_the_short_cut_for_usual_lines_cuts_as_the_long_way(
    keyword: str, blank: str, separator: str, rest: str
) -> None:
    """A quoted keyword takes the long way; it must come to the same, but for what ssh does after a quote."""
    usual = split_keyword(f"{blank}{keyword}{separator}{rest}")
    # A NUL in front of everything that follows would end the line; an empty first line part forces the long way.
    long_way = split_keyword(f"={keyword}{separator}{rest}")
    assert usual == long_way


def test_arguments_are_taken_one_by_one() -> None:
    arguments = Arguments(["a", "b"])
    assert (len(arguments), arguments.next(), arguments.next(), arguments.next(), len(arguments)) == (
        2,
        "a",
        "b",
        None,
        0,
    )


@given(text=st.text())
def test_messages_hold_no_control_sequence(text: str) -> None:
    shown = visible(text)
    assert shown.isascii()
    assert not set(shown) & {"\x1b", "\x9b", "\0", "\x7f"}


@pytest.mark.parametrize(
    ("character", "expected"), [("~", "~"), ("\x1d", "\\^]"), ("\\", "\\\\"), ("\x7f", "\\^?"), (" ", "\\040")]
)
def test_escape_characters_are_shown_as_vis_shows_them(character: str, expected: str) -> None:
    assert visible_character(character) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("90", 90), ("1m30s", 90), ("1h", 3600), ("1W", 604800), ("", None), ("x", None), ("1y", None), ("-1", None),
     ("1.5s", None), ("+1", None), ("99999999999", None), ("1m30", 90)],
)  # fmt: skip
def test_times(text: str, expected: int | None) -> None:
    assert seconds(text) == expected


def test_sizes() -> None:
    assert [scaled(text) for text in ("16", "1K", "1.5k", "2G", "0.5M")] == [16, 1024, 1536, 2 << 30, 1 << 19]


@pytest.mark.parametrize("keyword", sorted(KINDS))
@pytest.mark.parametrize("wanted", ["{name}", "+{name}", "-{name}", "^{name}", "+{name},{name}", "-*", "^{name},,x"])
def test_algorithm_lists_are_assembled_as_ssh_assembles_them(keyword: str, wanted: str, tmp_path: Path) -> None:
    """Against the default list of the installed ssh, since ours is that of OpenSSH 10."""
    kind = KINDS[keyword]
    default = tuple(ask_ssh("none").values[keyword][0].split(","))
    name = {"ciphers": "aes128-cbc", "macs": "hmac-md5", "kexalgorithms": "diffie-hellman-group1-sha1"}.get(
        keyword, "rsa-*" if keyword != "casignaturealgorithms" else "ssh-rsa"
    )
    config = tmp_path / "config"
    config.write_text(f"{keyword} {wanted.format(name=name)}\n")
    theirs = ask_ssh(config)
    if theirs.status == 0:
        assert ",".join(kind.assemble(wanted.format(name=name), default)) == theirs.values[keyword][0]
    else:
        assert theirs.messages[0].startswith(f"{config} line 1: Bad")


def test_every_algorithm_of_the_installed_ssh_is_known() -> None:
    for keyword, kind in KINDS.items():
        assert set(ask_ssh("none").values[keyword][0].split(",")) <= set(kind.known)
        assert set(kind.default) <= set(kind.known)


def test_ascii_lower_leaves_other_letters_alone() -> None:
    assert ascii_lower("ABC\u00c4\u0130" + string.digits) == "abc\u00c4\u0130" + string.digits
