"""Binary key revocation lists, made by ssh-keygen and judged by it."""

from __future__ import annotations

import base64
import struct
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mooring.ssh.certificate import Certificate
from mooring.ssh.known_hosts.revocation_list import MAGIC, KeyRevocationList
from mooring.ssh.public_key import PublicKey
from support.programs import require_program

SERIALS = (0, 1, 7, 8, 64, 5000)


class Authority:
    """A key, an authority, and certificates of the key with the numbers of SERIALS, in files."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        for name in ("authority", "other_authority", "host", "other"):
            run("-q", "-t", "ed25519", "-N", "", "-C", "", "-f", str(folder / name))
        for serial in SERIALS:
            plain = folder / f"host_{serial}.pub"
            plain.write_bytes((folder / "host.pub").read_bytes())
            run("-q", "-s", str(folder / "authority"), "-h", "-I", f"name-{serial}", "-z", str(serial), str(plain))

    def file(self, name: str) -> Path:
        """A public key by its name, or a certificate by its number."""
        return self._folder / (f"host_{name}-cert.pub" if name.isdigit() else f"{name}.pub")

    def public_key(self, name: str) -> PublicKey:
        """What the file holds."""
        return PublicKey(base64.b64decode(self.file(name).read_text().split()[1]))

    def make_list(self, lines: str, *options: str) -> Path:
        """Have ssh-keygen make a list; {host} and {authority} in `lines` stand for public keys."""
        texts = {name: self.file(name).read_text().strip() for name in ("host", "authority", "other")}
        lines_file, made = self._folder / "lines", self._folder / "list"
        lines_file.write_text(lines.format(**texts, fingerprint=self.public_key("host").fingerprint()))
        run("-q", "-k", "-f", str(made), *options, str(lines_file))
        return made

    def ours(self, made: Path, name: str) -> bool:
        """What we say of a key or a certificate."""
        certificate = None
        if name.isdigit():
            certificate = Certificate.read(self.public_key(name).blob, self.public_key("authority"))
            assert (certificate.serial, certificate.key_id) == (int(name), f"name-{name}".encode())
        key = self.public_key("host" if name.isdigit() else name)
        return KeyRevocationList(made.read_bytes()).revokes(key, certificate)

    def theirs(self, made: Path, name: str) -> bool:
        """What ssh-keygen says."""
        return subprocess.run(
            [require_program("ssh-keygen"), "-Q", "-f", str(made), str(self.file(name))], capture_output=True
        ).returncode != 0  # fmt: skip


def run(*arguments: str) -> None:
    subprocess.run([require_program("ssh-keygen"), *arguments], check=True, stdin=subprocess.DEVNULL)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """Keys and certificates for all tests."""
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.mark.parametrize(
    ("lines", "signed_by"),
    [
        ("", None),
        ("{host}\n", None),
        ("sha1: {host}\n", None),
        ("sha256: {host}\n", None),
        ("hash: {fingerprint}\n", None),
        ("{authority}\n", None),
        ("serial: 7\n", "authority"),
        ("serial: 8\n", "authority"),
        ("serial: 2-100\n", "authority"),
        ("serial: 1\nserial: 7-8\nserial: 60\nserial: 64\nserial: 66\n", "authority"),
        ("serial: 1-100\n", "other_authority"),
        ("id: name-7\nid: name-5000\n", "authority"),
        ("id: name-7\n", "other_authority"),
        ("serial: 7\nid: name-8\nsha256: {other}\n", "authority"),
        ("serial: 5000\nid: name-1\n", "none"),
    ],
)
def test_a_list_revokes_what_ssh_keygen_says(authority: Authority, lines: str, signed_by: str | None) -> None:
    options = () if signed_by is None else ("-s", "none" if signed_by == "none" else str(authority.file(signed_by)))
    made = authority.make_list(lines, *options)
    names = ("host", "other", "authority", *map(str, SERIALS))
    assert {name: authority.ours(made, name) for name in names} == {
        name: authority.theirs(made, name) for name in names
    }


HEADER = MAGIC + struct.pack(">I", 1) + bytes(24) + bytes(8)


def section(kind: int, data: bytes) -> bytes:
    """One section."""
    return struct.pack(">BI", kind, len(data)) + data


EXTENSION = struct.pack(">I", 4) + b"more" + b"%c" + struct.pack(">I", 0)


def test_an_extension_is_skipped_unless_it_is_critical() -> None:
    KeyRevocationList(HEADER + section(255, EXTENSION % 0))
    with pytest.raises(ValueError, match="critical extension 'more'"):
        KeyRevocationList(HEADER + section(255, EXTENSION % 1))
    certificates = struct.pack(">II", 0, 0)
    KeyRevocationList(HEADER + section(1, certificates + section(0x39, EXTENSION % 0)))
    with pytest.raises(ValueError, match="critical extension 'more'"):
        KeyRevocationList(HEADER + section(1, certificates + section(0x39, EXTENSION % 1)))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"ssh-ed25519 AAAA", "no key revocation list"),
        (MAGIC + struct.pack(">I", 2) + bytes(32), "version 2"),
        (HEADER[:-1], "cut short"),
        (HEADER + section(4, b""), "signed"),
        (HEADER + section(9, b""), "unknown kind 9"),
        (HEADER + section(1, bytes(8) + section(0x30, b"")), "unknown kind 48"),
        (HEADER + section(1, bytes(8) + section(0x20, bytes(7))), "cut short"),
        (HEADER + section(5, struct.pack(">I", 3) + b"abc"), "wrong length"),
    ],
)
def test_what_is_not_understood_is_said(content: bytes, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        KeyRevocationList(content)


@given(st.binary(max_size=80))
def test_any_bytes_are_a_list_or_refused(data: bytes) -> None:
    try:
        revoked = KeyRevocationList(HEADER + data)
    except ValueError:
        return
    assert not revoked.revokes(PublicKey(b"\0\0\0\0 a key that no random list names"))
