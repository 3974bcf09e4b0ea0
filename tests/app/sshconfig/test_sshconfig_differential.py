"""Configurations that Hypothesis writes, resolved by the real `ssh -G` and by us: no difference is allowed.

What OpenSSH 9.2, the ssh of Debian 12, does not know or does otherwise than OpenSSH 10 is left out here, and has its
expectations from the manual in test_sshconfig_newer.py.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from mooring.sshconfig.dumping import KEYWORDS
from support import ssh_config_lines
from support.programs import require_program
from support.ssh_oracle import ask_ssh, ask_us, differences

PHASES = (Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink)
"""To explain a failure takes longer than to find it, where every try starts a program."""
SLOW = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture)
USUAL = settings(max_examples=2000, deadline=None, phases=PHASES, suppress_health_check=SLOW)
LONG = settings(max_examples=15000, deadline=None, phases=PHASES, suppress_health_check=SLOW)

MATCHES = (
    "host web", "host w*,x", "!host web", "host *.example.com", "originalhost web", "!originalhost other",
    "user root", "user a*", "!user carol", "localuser root", "!localuser root", "final", "canonical", "!canonical",
    'host "web,other"', "HOST web", "exec true", "exec false", '!exec "test %n = web"',
    'exec "test -n %h -a %p = 22"',
)  # fmt: skip
"""Criteria; those that start a program of their own are few."""
BLOCKS = (
    "Host web", "Host w*", "Host *", "Host ?eb", "Host !web *", "Host other", "Host *.example.com", "Host WEB web,x",
    "Host !w*b web", "Host=web", 'Host "web" other # comment', "Host web # comment", "Host * !other",
    "Match all", "Match !all", "Match final all", "Match host web user root", "Match host w* !originalhost other",
    "Match canonical all", "Match=host web", "Match host web # comment",
    *(f"Match {criterion}" for criterion in MATCHES),
    "Include {folder}/more", "Include {folder}/m*", "Include {folder}/missing", "Include more", "# comment", "",
)  # fmt: skip
LINES = ssh_config_lines.lines()
FILES = st.lists(st.sampled_from([*LINES, *(BLOCKS * (len(LINES) // (2 * len(BLOCKS))))]), max_size=12)
"""Every third line begins a block or includes a file."""
# Left to whoever reads the command line: a subsystem without a name, which ends ssh before it reads any file, and a log
# level, which silences the messages about what follows.
OPTIONS = st.lists(
    st.sampled_from([
        f"{keyword}={value}" for keyword, value in ssh_config_lines.settings()
        if (keyword, value) != ("SessionType", "subsystem") and keyword != "LogLevel"
    ]),
    max_size=2,
)  # fmt: skip
HOSTS = st.sampled_from(["web", "WEB", "other", "a.example.com", "127.0.0.1"])
NEWER = {"host", "obscurekeystroketiming", "warnweakcrypto", "channeltimeout", "tag", "versionaddendum"}
"""What a file can't set, and what came with later releases."""
JUDGED = sorted(
    {keyword for keyword, _value in ssh_config_lines.settings()}
    # Where nothing follows these, or an empty word, OpenSSH 10 has other words for it.
    - {"CanonicalDomains", "CanonicalizePermittedCNAMEs", "SendEnv", "SetEnv", "RevokedHostKeys"}
    # It reads the whole line where 9.2 stops at a blank, and no hexadecimal.
    - {"ProxyJump", "IPQoS"}
    # What this refuses ends ssh at once, so that nobody would judge the rest of the file.
    - {"PermitRemoteOpen"}
)
PIECES = "ab \t\"'\\=#\r\f,!*-.:@[]/~"


ODD_VALUES = st.one_of(
    # No "+77": 9.2 takes it for a time, OpenSSH 10 does not.
    st.sampled_from([value for _keyword, value in ssh_config_lines.settings() if value != "+77"]),
    st.sampled_from([
        "", '""', "''", "#", "none none", "a none", "0", "-1", "007", "0x10", "1e3", "99999999999999999999",
        "2147483648", "65536", "%q", "%", "${NOPE}", "${", "${}", "$", "~nobody9/x", "==", "A=1 B", "-", "^", "a,,b",
        "!a", "1y", "5d4", "15", "\\", "\\#", "\t", "x" * 1100, "a:", ":a", "@a", "a@", "[a", "a]", "[a]x", "/a:1",
        "a:b:c:d:e", "1:2:3",
    ]),
    # A list that begins with nothing is one that OpenSSH 10.5 has other words for.
    st.text(PIECES, max_size=8).filter(lambda value: not value.strip(" \t\"'").startswith(",")),
)  # fmt: skip


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """One folder for all examples: to make and remove one each costs as much as we need to resolve."""
    require_program("ssh")
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


def check(folder: Path, lines: Sequence[str], included: Sequence[str], host: str, options: Sequence[str]) -> None:
    """Write both files and compare."""
    config = folder / "config"
    text = "\n".join(lines).replace("{folder}", str(folder)) + "\n"
    more = "\n".join(included).replace("Include {folder}", "# ") + "\n"
    (folder / "more").write_text(more, encoding="utf-8")
    config.write_text(text, encoding="utf-8")
    note(f"{text}--- more\n{more}")
    assert differences(config, host, options) == {}


@USUAL
@given(lines=FILES, included=FILES, host=HOSTS, options=OPTIONS)
def test_configurations_resolve_as_ssh_resolves_them(
    folder: Path, lines: list[str], included: list[str], host: str, options: list[str]
) -> None:
    check(folder, lines, included, host, options)


@pytest.mark.soak
@pytest.mark.timeout(1800)
@LONG
@given(lines=FILES, included=FILES, host=HOSTS, options=OPTIONS)
def test_many_more_configurations_resolve_as_ssh_resolves_them(
    folder: Path, lines: list[str], included: list[str], host: str, options: list[str]
) -> None:
    check(folder, lines, included, host, options)


def said_of(messages: Sequence[str], config: Path) -> dict[int, list[str]]:
    """What was said of each line, by its number; what names no line is left out."""
    found: dict[int, list[str]] = {}
    for message in messages:
        place = re.match(rf"{re.escape(str(config))}:? line (\d+): (.*)", message, re.DOTALL)
        if place is not None:
            found.setdefault(int(place[1]), []).append(place[2])
    return found


@settings(USUAL, max_examples=60)
@given(texts=st.lists(st.text(PIECES, max_size=12), min_size=30, max_size=60))
def test_any_text_is_cut_into_words_as_ssh_cuts_it(folder: Path, texts: list[str]) -> None:
    """Quotes, escapes, blanks and comments at random: which lines are bad and why, and what the good ones say.

    One `ssh` judges a file of many lines, since IdentityFile adds up, and a bad line ends it only at the end.
    """
    config = folder / "words"
    config.write_text("".join(f"IdentityFile{text}\n" for text in texts), newline="")
    note(config.read_text())
    theirs, ours = ask_ssh(config), ask_us(config)
    assert (ours.status, ours.messages) == (theirs.status, theirs.messages)
    good = [text for number, text in enumerate(texts, start=1) if number not in said_of(theirs.messages, config)]
    config.write_text("".join(f"IdentityFile{text}\n" for text in good), newline="")
    assert differences(config) == {}


@settings(USUAL, max_examples=60)
@given(lines=st.lists(st.tuples(st.sampled_from(JUDGED), ODD_VALUES), min_size=30, max_size=60))
def test_any_value_is_taken_or_refused_as_by_ssh(folder: Path, lines: list[tuple[str, str]]) -> None:
    """Values that may be anything, for every keyword, in a block that does not apply: all that is said of them."""
    config = folder / "values"
    config.write_text("Host other\n" + "".join(f"{keyword} {value}\n" for keyword, value in lines), newline="")
    note(config.read_text())
    theirs, ours = ask_ssh(config), ask_us(config)
    assert (ours.status, ours.messages) == (theirs.status, theirs.messages)


def test_every_keyword_of_the_installed_ssh_is_tried() -> None:
    tried = {keyword.lower() for keyword, _value in ssh_config_lines.settings()}
    printed = {keyword.lower() for keyword in ask_ssh("none").values}
    assert {name for name in (*printed, *KEYWORDS) if not name.startswith("gssapi")} - tried <= NEWER
