"""known_hosts against ssh-keygen: what matches, what is skipped, what is written."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mooring.model.origin import Origin
from mooring.ssh.known_hosts import (
    KeyStatus,
    KnownHosts,
    Lines,
    Marker,
    RevokedKeys,
    append_host,
    bracketed,
    forget_host,
    hash_name,
    matches,
    parse_entry,
)
from mooring.ssh.public_key import PublicKey
from support.programs import require_program
from support.sshd import make_key

KINDS = ("ed25519", "rsa", "ecdsa", "ed25519")


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> list[PublicKey]:
    """Keys of several types, made by ssh-keygen; the first and the last are of one type."""
    folder = tmp_path_factory.mktemp("keys")
    made = []
    for number, kind in enumerate(KINDS):
        make_key(folder / f"key{number}", kind=kind)
        algorithm, encoded = (folder / f"key{number}.pub").read_text().split()[:2]
        made.append(PublicKey.parse(algorithm, encoded))
    return made


def found_by_keygen(file: Path, name: str) -> list[int]:
    """The lines that `ssh-keygen -F` finds for `name`."""
    program = require_program("ssh-keygen")
    result = subprocess.run([program, "-F", name, "-f", str(file)], capture_output=True, text=True, check=False)
    return [int(line.split(" line ")[1].split()[0]) for line in result.stdout.splitlines() if line.startswith("# Host")]


def found_by_us(file: Path, name: str) -> list[int]:
    """The lines that we find."""
    lines = [entry.origin.line for entry in Lines.of_files([str(file)]).about(name)]
    return [line for line in lines if line is not None]


def known_as(name: str, file: Path) -> KnownHosts:
    """What the file says of a name."""
    return KnownHosts(name, Lines.of_files([str(file)]).about(name))


def test_lines_of_every_form_are_found_as_ssh_keygen_finds_them(keys: list[PublicKey], tmp_path: Path) -> None:
    key = keys[0].encoded
    file = tmp_path / "known_hosts"
    lines = [
        f"plain.example {key} a comment",
        f"a.example,b.example\t{key}",
        f"*.wild.example,!not.wild.example {key}",
        f"{hash_name('hidden.example')} {key}",
        f"[ported.example]:2222 {key}",
        f"@cert-authority *.signed.example {key}",
        f"@revoked stolen.example {key}",
        "broken.example ssh-ed25519 AAAA",
        "alone.example",
        f"@unknown plain.example {key}",
        f"|1|bad|hash {key}",
        "# plain.example comment",
        f"   indented.example   {key}  ",
        f"UPPER.example {key}",
        f"plain.example ssh-rsa {key.split()[1]}",
        f"@revoked @cert-authority plain.example {key}",
        f"que?tion.example {key}",
        f"crlf.example {key}\r",
        f"plain.example {keys[1].encoded}",
        f"@revoked\ttabbed.example {key}",
        f"@revoked\ttabs.example\t{key.replace(' ', chr(9))}",
        f"signing.example rsa-sha2-512 {keys[1].encoded.split()[1]}",
        f"signing.example rsa-sha2-512 {key.split()[1]}",
    ]
    file.write_text("\n".join(lines) + "\n")
    names = [
        "plain.example", "a.example", "b.example", "x.wild.example", "not.wild.example", "hidden.example",
        "[ported.example]:2222", "ported.example", "host.signed.example", "stolen.example", "broken.example",
        "alone.example", "indented.example", "upper.example", "question.example", "crlf.example", "nobody.example",
        "tabbed.example", "tabs.example", "signing.example",
    ]  # fmt: skip
    # `ssh-keygen -F` does not read the keys; `ssh` does, and skips these lines (sshkey_read in sshkey.c).
    unreadable = {8, 15, 23}
    for name in names:
        expected = [line for line in found_by_keygen(file, name) if line not in unreadable]
        assert found_by_us(file, name) == expected, name
    assert found_by_us(file, "plain.example") == [1, 19]
    assert found_by_us(file, "not.wild.example") == []


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    patterns=st.lists(st.text(alphabet="ab*?!.-", min_size=1, max_size=6), min_size=1, max_size=4),
    name=st.text(alphabet="ab.-", min_size=1, max_size=6),
)
def test_patterns_match_as_in_ssh_keygen(keys: list[PublicKey], tmp_path: Path, patterns: list[str], name: str) -> None:
    file = tmp_path / "known_hosts"
    file.write_text(f"{','.join(patterns)} {keys[0].encoded}\n")
    if name.startswith("-"):
        name = "a" + name
    assert found_by_us(file, name) == found_by_keygen(file, name)


def test_a_pattern_made_to_be_slow_is_not_slow() -> None:
    assert not matches("*a" * 200 + "b", "a" * 2000)


@pytest.mark.parametrize(
    "line",
    ["@revoked", "@cert-authority ", "a.example", "a.example ssh-ed25519", "a.example ssh-ed25519 ====", "\ud800 x y"],
)
def test_a_malformed_line_says_what_is_wrong(line: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        parse_entry(line, Origin("known_hosts", 1))


@given(st.text(max_size=80))
@settings(max_examples=200, deadline=None)
def test_no_line_does_more_than_a_value_error(line: str) -> None:
    try:
        entry = parse_entry(line, Origin("known_hosts", 1))
    except ValueError:
        return
    assert entry is None or entry.marker in Marker


def test_appended_lines_are_found_by_ssh_keygen(keys: list[PublicKey], tmp_path: Path) -> None:
    file = tmp_path / "known_hosts"
    file.write_text("# no newline at the end")
    file.chmod(0o640)
    append_host(str(file), ["Web.example", "192.0.2.7"], keys[0], hashed=False)
    append_host(str(file), [bracketed("db.example", 2222), bracketed("192.0.2.8", 2222)], keys[1], hashed=True)
    lines = file.read_text().splitlines()
    assert lines[0] == "# no newline at the end"
    assert lines[1] == f"web.example,192.0.2.7 {keys[0].encoded}"
    assert len(lines) == 4
    assert all(line.startswith("|1|") for line in lines[2:])
    assert file.stat().st_mode & 0o777 == 0o640
    for name in ("web.example", "192.0.2.7", "[db.example]:2222", "[192.0.2.8]:2222"):
        assert len(found_by_keygen(file, name)) == 1
        assert found_by_us(file, name) == found_by_keygen(file, name)


APPENDING = """
import base64, os, sys
from mooring.ssh.known_hosts import append_host
from mooring.ssh.public_key import PublicKey
path, _algorithm, encoded = sys.argv[1:]
key = PublicKey(base64.b64decode(encoded))
waiting, go = os.pipe()
children = []
for number in range(20):
    child = os.fork()
    if child == 0:
        os.close(go)
        os.read(waiting, 1)
        for line in range(10):
            append_host(path, [f"host-{number}-{line}.example"], key, hashed=False)
        os._exit(0)
    children.append(child)
os.close(go)
sys.exit(any([os.waitpid(child, 0)[1] for child in children]))
"""
"""Twenty processes that wait for each other, and write ten lines each at once."""


def test_lines_of_many_processes_at_once_are_whole(keys: list[PublicKey], tmp_path: Path) -> None:
    file = tmp_path / "known_hosts"
    words = [sys.executable, "-c", APPENDING, str(file), *keys[0].encoded.split()]
    subprocess.run(words, check=True, timeout=100)
    expected = {f"host-{number}-{line}.example {keys[0].encoded}" for number in range(20) for line in range(10)}
    assert sorted(file.read_text().splitlines()) == sorted(expected)


def test_a_missing_folder_is_made_for_the_own_ssh_folder_alone(keys: list[PublicKey], own_home: Path) -> None:
    append_host(str(own_home / ".ssh" / "known_hosts"), ["a.example"], keys[0], hashed=False)
    assert (own_home / ".ssh").stat().st_mode & 0o777 == 0o700
    with pytest.raises(FileNotFoundError):
        append_host(str(own_home / "elsewhere" / "known_hosts"), ["a.example"], keys[0], hashed=False)


def test_a_hash_of_ssh_keygen_is_ours(keys: list[PublicKey], tmp_path: Path) -> None:
    file = tmp_path / "known_hosts"
    file.write_text(f"web.example {keys[0].encoded}\n")
    subprocess.run([require_program("ssh-keygen"), "-q", "-H", "-f", str(file)], check=True, capture_output=True)
    assert file.read_text().startswith("|1|")
    assert found_by_us(file, "web.example") == [1]
    assert found_by_us(file, "other.example") == []


def test_the_verdicts(keys: list[PublicKey], tmp_path: Path) -> None:
    file = tmp_path / "known_hosts"
    file.write_text(
        f"web.example {keys[1].encoded}\nweb.example {keys[2].encoded}\n"
        f"@revoked * {keys[3].encoded}\n@cert-authority *.example {keys[0].encoded}\n"
    )
    known = known_as("web.example", file)
    assert known.check(keys[1]).status is KeyStatus.KNOWN
    changed = known.check(keys[0])
    assert changed.status is KeyStatus.CHANGED
    assert changed.entry is not None
    assert changed.entry.origin == Origin(str(file), 2)
    assert known.check(keys[3]).status is KeyStatus.REVOKED
    assert known.check_certificate(keys[0], keys[1]).status is KeyStatus.KNOWN
    assert known.check_certificate(keys[1], keys[0]).status is KeyStatus.UNKNOWN
    assert known.check_certificate(keys[0], keys[3]).status is KeyStatus.REVOKED
    assert known.has_authority
    assert known.knows_kind("rsa-sha2-512")
    assert not known.knows_kind("ssh-ed25519")
    assert known_as("elsewhere.test", file).check(keys[1]).status is KeyStatus.UNKNOWN


def test_other_names_of_a_key(keys: list[PublicKey], own_home: Path) -> None:
    file = own_home / "known_hosts"
    file.write_text(
        f"first.example {keys[0].encoded}\n{hash_name('second.example')} {keys[0].encoded}\n"
        f"web.example {keys[0].encoded}\n@revoked third.example {keys[0].encoded}\nfourth.example {keys[1].encoded}\n"
        + "".join(f"more{number}.example {keys[0].encoded}\n" for number in range(8))
    )
    names = Lines.of_files([str(file)]).other_names(keys[0], "web.example")
    assert names[:2] == ("~/known_hosts:1: first.example", "~/known_hosts:2: [hashed name]")
    assert names[-1] == "(2 additional names omitted)"
    assert len(names) == 9


def test_fingerprints_and_randomart_are_those_of_ssh_keygen(keys: list[PublicKey], tmp_path: Path) -> None:
    program = require_program("ssh-keygen")
    for number, key in enumerate(keys):
        file = tmp_path / f"{number}.pub"
        file.write_text(key.encoded + "\n")
        for digest in ("sha256", "md5"):
            listed = subprocess.run(
                [program, "-l", "-v", "-E", digest, "-f", str(file)], capture_output=True, text=True, check=True
            ).stdout
            bits, fingerprint, *_comment, kind = listed.splitlines()[0].split()
            assert (str(key.bits), key.fingerprint(digest), f"({key.short_name})") == (bits, fingerprint, kind)
            assert key.randomart(digest) == "\n".join(listed.splitlines()[1:])


def test_revoked_keys_are_a_list_of_public_keys(keys: list[PublicKey], tmp_path: Path) -> None:
    file = tmp_path / "revoked"
    file.write_text(f"# stolen\n{keys[0].encoded} who\n")
    revoked = RevokedKeys(str(file))
    assert revoked.revokes(keys[0])
    assert not revoked.revokes(keys[1])


@pytest.mark.parametrize("name", ["web.example", "[db.example]:2222", "hidden.example", "nobody.example"])
def test_a_host_is_forgotten_as_by_ssh_keygen(keys: list[PublicKey], tmp_path: Path, name: str) -> None:
    key = keys[0].encoded
    before = (
        f"# comment\nweb.example,10.0.0.1 {key}\n[db.example]:2222 {key}\n\n{hash_name('hidden.example')} {key}\n"
        f"@cert-authority web.example {key}\n*.example {keys[1].encoded}\n"
    )
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    for file in (ours, theirs):
        file.write_text(before)
        file.chmod(0o644)
    program = require_program("ssh-keygen")
    subprocess.run([program, "-R", name, "-f", str(theirs)], check=False, capture_output=True)
    assert forget_host(str(ours), name) == (theirs.read_text() != before)
    assert ours.read_text() == theirs.read_text()
    assert ours.stat().st_mode & 0o777 == 0o644
    assert ours.with_name("ours.old").exists() == theirs.with_name("theirs.old").exists()


def test_lines_about_others_cost_little(tmp_path: Path) -> None:
    """Half a second for ten thousand lines would be felt at each connection; a tenth is allowed for slow machines."""
    key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFMlDbL92P0YdPe8HOpkK5pzSueAyg8nMmBfQc+BzKHf"
    file = tmp_path / "known_hosts"
    hashed = hash_name("somebody.example")
    file.write_text("".join(f"host{n}.example,10.0.0.{n} {key}\n{hashed} {key}\n" for n in range(5000)))
    start = time.process_time()
    assert [entry.origin.line for entry in Lines.of_files([str(file)]).about("host4000.example")] == [8001]
    assert time.process_time() - start < 0.3
