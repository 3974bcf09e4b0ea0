"""Key files: what is public about them, opening them, and files that hold something else."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mooring.ssh.key_files import KeyFileError, PrivateKeyFile, load_certificate, load_public
from support.programs import require_program
from support.sshd import make_key

FORMATS = [("ed25519", None), ("rsa", "RFC4716"), ("rsa", "PEM"), ("rsa", "PKCS8"), ("ecdsa", "PEM")]


def make(path: Path, kind: str, form: str | None, passphrase: str) -> str:
    """Make a key in one of ssh-keygen's formats; returns its `type base64`."""
    words = [require_program("ssh-keygen"), "-q", "-t", kind, "-N", passphrase, "-f", str(path)]
    subprocess.run([*words, *(["-m", form] if form is not None else [])], check=True)
    return " ".join(path.with_suffix(".pub").read_text().split()[:2])


@pytest.mark.parametrize(("kind", "form"), FORMATS)
async def test_every_format_is_opened(tmp_path: Path, kind: str, form: str | None) -> None:
    public = make(tmp_path / "key", kind, form, "")
    file = PrivateKeyFile(str(tmp_path / "key"))
    assert not file.is_encrypted
    key = await file.open(None)
    assert key is not None
    assert key.export_public_key("openssh").decode().startswith(public)


@pytest.mark.parametrize(("kind", "form"), FORMATS)
async def test_every_format_is_locked_and_unlocked(tmp_path: Path, kind: str, form: str | None) -> None:
    make(tmp_path / "key", kind, form, "open sesame")
    file = PrivateKeyFile(str(tmp_path / "key"))
    assert file.is_encrypted
    assert await file.open("wrong") is None
    assert await file.open("open sesame") is not None


def test_the_public_half_is_found_where_ssh_finds_it(tmp_path: Path) -> None:
    public = make(tmp_path / "key", "ed25519", None, "secret")
    beside = load_public(str(tmp_path / "key"))
    assert beside is not None
    assert beside.encoded == public
    itself = load_public(str(tmp_path / "key.pub"))
    assert itself == beside
    (tmp_path / "key.pub").unlink()
    assert load_public(str(tmp_path / "key")) == beside
    make(tmp_path / "old", "rsa", "PEM", "secret")
    (tmp_path / "old.pub").unlink()
    assert load_public(str(tmp_path / "old")) is None
    assert load_public(str(tmp_path / "nothing")) is None


def test_a_certificate_is_told_from_a_key(tmp_path: Path) -> None:
    make_key(tmp_path / "authority")
    make_key(tmp_path / "key")
    program = require_program("ssh-keygen")
    subprocess.run(
        [program, "-q", "-s", str(tmp_path / "authority"), "-I", "me", str(tmp_path / "key.pub")], check=True
    )
    certificate = load_certificate(str(tmp_path / "key-cert.pub"))
    assert certificate is not None
    assert certificate.short_name == "ED25519-CERT"
    assert load_certificate(str(tmp_path / "key-cert")) == certificate
    assert load_certificate(str(tmp_path / "key.pub")) is None


def test_what_is_wrong_is_said_in_sshs_words(tmp_path: Path) -> None:
    with pytest.raises(KeyFileError, match=r"^no such identity: .*: No such file or directory$"):
        PrivateKeyFile(str(tmp_path / "nothing"))
    with pytest.raises(KeyFileError, match=r'^Load key ".*": Is a directory$'):
        (tmp_path / "folder").mkdir(mode=0o700)
        PrivateKeyFile(str(tmp_path / "folder"))
    make_key(tmp_path / "key")
    (tmp_path / "key").chmod(0o640)
    with pytest.raises(KeyFileError, match=r"Permissions 0640 for '.*' are too open"):
        PrivateKeyFile(str(tmp_path / "key"))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.binary(max_size=300)
    | st.binary(max_size=200).map(
        lambda body: b"-----BEGIN OPENSSH PRIVATE KEY-----\n" + body + b"\n-----END OPENSSH PRIVATE KEY-----\n"
    )
)
async def test_a_file_with_anything_in_it_is_no_more_than_a_complaint(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "key"
    path.write_bytes(content)
    path.chmod(0o600)
    load_public(str(path))
    load_certificate(str(path))
    file = PrivateKeyFile(str(path))
    try:
        opened = await file.open("passphrase" if file.is_encrypted else None)
    except KeyFileError as error:
        assert "Load key" in str(error)
    else:
        assert opened is None
