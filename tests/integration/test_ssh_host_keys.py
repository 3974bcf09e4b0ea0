"""Host keys: the same known_hosts, options and answers through ssh and through us end alike."""

from __future__ import annotations

import asyncio
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from mooring.model.errors import (
    CancelledByPersonError,
    HostKeyChangedError,
    HostKeyRevokedError,
    HostKeyUnknownError,
    MooringError,
)
from mooring.model.machine import OptionSetting, Target
from mooring.model.origin import COMMAND_LINE
from mooring.model.prompts import HostKeyQuestion
from mooring.ssh import connect
from mooring.ssh.known_hosts import forget_host, hash_name
from support.both_paths import OurOutcome, Outcome, through_ours, through_ssh
from support.programs import require_program
from support.prompting import ScriptedPerson
from support.sshd import SshServer, make_key, running_sshd


@pytest.fixture(scope="module")
def two_keys(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SshServer]:
    """A server with an ed25519 and an ecdsa key."""
    folder = tmp_path_factory.mktemp("two_keys")
    make_key(folder / "host_ecdsa", kind="ecdsa")
    with running_sshd(folder, f"HostKey {folder / 'host_ecdsa'}") as server:
        yield server


@pytest.fixture(scope="module")
def other_key(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A key that belongs to no server, as `type base64`."""
    path = tmp_path_factory.mktemp("other") / "key"
    make_key(path)
    return " ".join(path.with_suffix(".pub").read_text().split()[:2])


@dataclass(frozen=True)
class Case:
    """What is on record, with {key} {ecdsa} {other} {port} filled in; the options; the answers; how it ends."""

    name: str
    known: str = ""
    options: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    status: int = 0
    error: type[MooringError] | None = None
    told: tuple[str, ...] = field(default=())
    hashed: bool = False


HOST = "[127.0.0.1]:{port}"
CASES = [
    Case("known", HOST + " {key}\n"),
    Case("known by a pattern", "[127.0.0.*]:{port} {key}\n"),
    Case("known without the port", "127.0.0.1 {key}\n"),
    Case("known by its second key", HOST + " {ecdsa}\n"),
    Case("unknown and yes", answers=("yes",), told=("Permanently added",)),
    Case("unknown and no", answers=("no",), status=255, error=HostKeyUnknownError),
    Case("unknown and the fingerprint", answers=("{fingerprint}",)),
    Case("unknown and something else first", answers=("perhaps", "yes")),
    Case("unknown and strict", options=("StrictHostKeyChecking=yes",), status=255, error=HostKeyUnknownError),
    Case("unknown and accept-new", options=("StrictHostKeyChecking=accept-new",), told=("Permanently added",)),
    Case("unknown and off", options=("StrictHostKeyChecking=no",), told=("Permanently added",)),
    Case("unknown in batch mode", options=("BatchMode=yes",), status=255, error=HostKeyUnknownError),
    Case("unknown and hashed", options=("HashKnownHosts=yes",), answers=("yes",), hashed=True),
    Case("unknown with an alias", options=("HostKeyAlias=MyMachine",), answers=("yes",)),
    Case("unknown under another name", "other.example {key}\n", answers=("yes",)),
    Case("unknown with the address checked", options=("CheckHostIP=yes",), answers=("yes",)),
    Case("changed", HOST + " {other}\n", status=255, error=HostKeyChangedError, told=("IDENTIFICATION HAS CHANGED",)),
    Case("changed in two lines", HOST + " {other}\n# between\n" + HOST + " ssh-rsa AAAA\n", status=255,
         error=HostKeyChangedError),
    Case("changed and accept-new", HOST + " {other}\n", ("StrictHostKeyChecking=accept-new",), status=255,
         error=HostKeyChangedError),
    Case("changed and off", HOST + " {other}\n", ("StrictHostKeyChecking=no",), told=("IDENTIFICATION HAS CHANGED",)),
    Case("another key without the port is unknown", "127.0.0.1 {other}\n", answers=("yes",)),
    Case("one of two keys", HOST + " {other}\n" + HOST + " {key}\n"),
    Case("revoked", HOST + " {key}\n@revoked * {key}\n", status=255, error=HostKeyRevokedError,
         told=("REVOKED HOST KEY",)),
    Case("revoked and off", "@revoked * {key}\n", ("StrictHostKeyChecking=no",), told=("REVOKED HOST KEY",)),
    Case("negated for the port, known without it", "!" + HOST + ",* {key}\n"),
    Case("negated", "!127.0.0.1,!" + HOST + ",* {key}\n", answers=("yes",)),
    Case("malformed lines are skipped", "nonsense\n@nothing " + HOST + " {other}\n" + HOST + " ssh-ed25519 AAAA\n"
         + HOST + " {key}\n"),
    Case("no file", options=("UserKnownHostsFile=none", "StrictHostKeyChecking=accept-new"), status=255,
         error=HostKeyUnknownError),
    Case("loopback is trusted when asked for", options=("NoHostAuthenticationForLocalhost=yes",)),
]  # fmt: skip


def fill(text: str, server: SshServer, other: str) -> str:
    """Put the keys and the port into a case's text."""
    ecdsa = " ".join((server.folder / "host_ecdsa.pub").read_text().split()[:2])
    return text.format(
        key=server.host_public_key, ecdsa=ecdsa, other=other, port=server.port, fingerprint=fingerprint(server)
    )


def fingerprint(server: SshServer) -> str:
    """The server's ed25519 fingerprint, by ssh-keygen."""
    listed = subprocess.run(
        [require_program("ssh-keygen"), "-l", "-f", str(server.folder / "host_ed25519.pub")],
        capture_output=True,
        text=True,
        check=True,
    )
    return listed.stdout.split()[1]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name.replace(" ", "-"))
async def test_a_case_ends_as_with_ssh(two_keys: SshServer, other_key: str, case: Case) -> None:
    server = two_keys
    config = server.write_client_config("here", "HashKnownHosts no", "UpdateHostKeys no")
    if case.hashed or any("UserKnownHosts" in option for option in case.options):
        config.write_text(config.read_text().replace("HashKnownHosts no\n", ""))
    known_hosts = server.folder / "known_hosts_here"
    before = fill(case.known, server, other_key)
    answers = [fill(answer, server, other_key) for answer in case.answers]

    known_hosts.write_text(before)
    theirs = await asyncio.to_thread(through_ssh, config, "here", "echo in", answers, *case.options)
    after_theirs = known_hosts.read_bytes()

    known_hosts.write_text(before)
    ours = await through_ours(config, "here", "echo in", answers, *case.options)
    after_ours = known_hosts.read_bytes()

    assert (ours.status, ours.prompts) == (theirs.status, theirs.prompts) == (case.status, len(answers))
    if case.hashed:
        assert after_ours.startswith(b"|1|") and after_theirs.startswith(b"|1|")
        assert after_ours.split()[1:] == after_theirs.split()[1:]
    else:
        assert after_ours == after_theirs
    assert type(ours.error) is (case.error or type(None))
    for text in case.told:
        assert text in ours.told
        assert text in theirs.output
    check_words(ours, theirs)


def check_words(ours: OurOutcome, theirs: Outcome) -> None:
    """Whatever we say is what ssh says."""
    said = " ".join(theirs.output.split())
    for line in (ours.told + "\n" + (ours.error.message if ours.error else "")).splitlines():
        assert " ".join(line.split()) in said, line


async def test_the_question_tells_all(two_keys: SshServer) -> None:
    config = two_keys.write_client_config("here", "VisualHostKey yes", known=False)
    known_hosts = two_keys.folder / "known_hosts_here"
    known_hosts.write_text(f"other.example {two_keys.host_public_key}\n")
    person = ScriptedPerson([None])
    with pytest.raises(CancelledByPersonError):
        await connect(Target("here", config_file=str(config)), person)
    (question,) = person.questions
    assert isinstance(question, HostKeyQuestion)
    assert question.hop == "here"
    assert question.host == question.address == f"[127.0.0.1]:{two_keys.port}"
    assert (question.key_type, question.fingerprint) == ("ED25519", fingerprint(two_keys))
    assert question.randomart.startswith("+--[ED25519 256]--+")
    assert question.show_randomart
    assert question.other_names == (f"{known_hosts}:1: other.example",)


async def test_a_changed_key_names_the_line_and_both_fingerprints(two_keys: SshServer, other_key: str) -> None:
    config = two_keys.write_client_config("here", known=False)
    known_hosts = two_keys.folder / "known_hosts_here"
    known_hosts.write_text(f"# first\n[127.0.0.1]:{two_keys.port} {other_key}\n")
    with pytest.raises(HostKeyChangedError) as caught:
        await connect(Target("here", config_file=str(config)), ScriptedPerson())
    assert (caught.value.origin.path, caught.value.origin.line) == (str(known_hosts), 2)
    assert caught.value.fingerprint == fingerprint(two_keys)
    assert caught.value.known_fingerprint.startswith("SHA256:")
    assert caught.value.known_fingerprint != caught.value.fingerprint
    assert caught.value.known_name == f"[127.0.0.1]:{two_keys.port}"
    assert "ssh-keygen -R" in (caught.value.hint or "")
    assert forget_host(str(known_hosts), caught.value.known_name)
    person = ScriptedPerson([("yes",)])
    connection = await connect(Target("here", config_file=str(config)), person)
    await connection.close()
    assert person.exhausted


async def test_a_file_that_cannot_be_written_is_a_warning(two_keys: SshServer, tmp_path: Path) -> None:
    missing = tmp_path / "no such folder" / "known_hosts"
    config = two_keys.write_client_config("here", known=False)
    options = (f"UserKnownHostsFile={missing}", "StrictHostKeyChecking=accept-new")
    quoted = tuple(option.replace(str(missing), f'"{missing}"') for option in options)
    ours = await through_ours(config, "here", "true", [], *quoted)
    assert ours.status == 0
    assert f"Failed to add the host to the list of known hosts ({missing})." in ours.told


async def test_a_wrong_key_with_checking_off_gets_no_password_and_no_forward(
    two_keys: SshServer, other_key: str
) -> None:
    config = two_keys.write_client_config(
        "here", "StrictHostKeyChecking no", "LocalForward 1 localhost:1", "ForwardAgent yes", known=False
    )
    (two_keys.folder / "known_hosts_here").write_text(f"[127.0.0.1]:{two_keys.port} {other_key}\n")
    person = ScriptedPerson()
    connection = await connect(Target("here", config_file=str(config)), person)
    try:
        assert connection.forwards.active == ()
    finally:
        await connection.close()
    assert "Port forwarding is disabled to avoid man-in-the-middle attacks." in person.told
    assert "Password authentication is disabled" in person.told


async def test_revoked_host_keys_in_a_file_of_their_own(two_keys: SshServer, tmp_path: Path) -> None:
    revoked = tmp_path / "revoked"
    revoked.write_text(two_keys.host_public_key + "\n")
    config = two_keys.write_client_config("here", f"RevokedHostKeys {revoked}")
    theirs = await asyncio.to_thread(through_ssh, config, "here", "true", [])
    ours = await through_ours(config, "here", "true", [])
    assert ours.status == theirs.status == 255
    assert isinstance(ours.error, HostKeyRevokedError)
    assert f"revoked by file {revoked}" in ours.error.message
    check_words(ours, theirs)


@pytest.mark.parametrize("content", ["", "# nothing\n\n", "word\n", "ssh-ed25519 AAAA\n", "two words\n"])
async def test_a_list_of_revoked_keys_that_is_none(two_keys: SshServer, tmp_path: Path, content: str) -> None:
    revoked = tmp_path / "revoked"
    revoked.write_text(content)
    config = two_keys.write_client_config("here", f"RevokedHostKeys {revoked}")
    theirs = await asyncio.to_thread(through_ssh, config, "here", "true", [])
    ours = await through_ours(config, "here", "true", [])
    assert ours.status == theirs.status
    if theirs.status:
        assert ours.error is not None
        assert f"in revoked keys file {revoked}: invalid format" in ours.error.message
        assert f"in revoked keys file {revoked}: invalid format" in theirs.output


async def test_revoked_host_keys_in_a_binary_list(two_keys: SshServer, tmp_path: Path) -> None:
    listed, revoked = tmp_path / "listed", tmp_path / "revoked"
    listed.write_text(two_keys.host_public_key + "\n")
    subprocess.run([require_program("ssh-keygen"), "-q", "-k", "-f", str(revoked), str(listed)], check=True)
    config = two_keys.write_client_config("here", f"RevokedHostKeys {revoked}")
    whole = revoked.read_bytes()
    for content, words in ((whole, "revoked by file"), (whole[:-1], "Error checking host key")):
        revoked.write_bytes(content)
        theirs = await asyncio.to_thread(through_ssh, config, "here", "true", [])
        ours = await through_ours(config, "here", "true", [])
        assert ours.status == theirs.status == 255
        assert isinstance(ours.error, HostKeyRevokedError)
        assert words in ours.error.message
        assert words in theirs.output


async def test_a_command_may_know_the_host(two_keys: SshServer, tmp_path: Path) -> None:
    script = tmp_path / "known"
    script.write_text(
        f'#!/bin/sh\necho "$2 $1" >> {tmp_path}/log\n'
        "echo '# written in pieces'; sleep 0.2\n"
        f"echo '[127.0.0.1]:{two_keys.port} {two_keys.host_public_key}'\n"
    )
    script.chmod(0o755)
    config = two_keys.write_client_config("here", f"KnownHostsCommand {script} %I %H", known=False)
    theirs = await asyncio.to_thread(through_ssh, config, "here", "true", [])
    ours = await through_ours(config, "here", "true", [])
    assert (ours.status, ours.prompts) == (theirs.status, theirs.prompts) == (0, 0)
    lines = (tmp_path / "log").read_text().splitlines()
    name = f"[127.0.0.1]:{two_keys.port}"
    # OpenSSH 9.2 leaves the port out where it asks for the order; 10 has it (order_hostkeyalgs in sshconnect2.c).
    assert lines[1::2] == [f"{name} HOSTNAME"] * 2
    assert lines[2] == f"{name} ORDER"
    (tmp_path / "log").unlink()
    # Nothing is put in order where the configuration has set one.
    option = "HostKeyAlgorithms=ssh-ed25519"
    await asyncio.to_thread(through_ssh, config, "here", "true", [], option)
    await through_ours(config, "here", "true", [], option)
    assert (tmp_path / "log").read_text().splitlines() == [f"{name} HOSTNAME"] * 2


async def test_a_host_that_changed_its_hash_salt_is_still_known(two_keys: SshServer) -> None:
    config = two_keys.write_client_config("here", known=False)
    (two_keys.folder / "known_hosts_here").write_text(
        f"{hash_name(f'[127.0.0.1]:{two_keys.port}')} {two_keys.host_public_key}\n"
    )
    ours = await through_ours(config, "here", "true", [])
    assert (ours.status, ours.prompts) == (0, 0)


REPLACEABLE = {
    "its only line": ("{host} {other}\n", True, ()),
    "every line of its own": ("# kept\n{host} {other}\nelse.example {other}\n{host} {stale}\n", True, ()),
    "name and address": ("{host},192.0.2.1 {other}\n", True, ()),
    "a hashed line": ("{hashed} {other}\n", True, ()),
    "accept-new": ("{host} {other}\n", True, ("StrictHostKeyChecking=accept-new",)),
    "a pattern": ("[127.0.0.*]:{port} {other}\n", False, ()),
    "a line of three names": ("{host},a.example,b.example {other}\n", False, ()),
    "an authority": ("{host} {other}\n@cert-authority {host} {stale}\n", False, ()),
    "strict checking": ("{host} {other}\n", False, ("StrictHostKeyChecking=yes",)),
    "batch mode": ("{host} {other}\n", False, ("BatchMode=yes",)),
    "the system's file": ("", False, ("GlobalKnownHostsFile={file}",)),
}


@pytest.mark.parametrize("name", REPLACEABLE)
async def test_a_changed_key_is_replaced_where_that_is_about_this_host_alone(
    name: str, two_keys: SshServer, other_key: str, tmp_path: Path
) -> None:
    known, replaceable, options = REPLACEABLE[name]
    config = two_keys.write_client_config("here", known=False)
    file = two_keys.folder / "known_hosts_here"
    make_key(tmp_path / "stale", kind="ecdsa")
    host = f"[127.0.0.1]:{two_keys.port}"
    values = {
        "host": host, "port": two_keys.port, "other": other_key, "hashed": hash_name(host), "file": tmp_path / "system",
        "stale": " ".join((tmp_path / "stale.pub").read_text().split()[:2]),
    }  # fmt: skip
    (tmp_path / "system").write_text(f"{host} {other_key}\n")
    file.write_text(known.format(**values))
    parts = [option.format(**values).partition("=") for option in options]
    settings = tuple(OptionSetting(keyword, value, COMMAND_LINE) for keyword, _equals, value in parts)
    before = file.read_text()
    for answer in (None, ("yes",), ("there",), ("here",)):
        person = ScriptedPerson(replacing=answer)
        try:
            connection = await asyncio.wait_for(connect(Target("here", settings, config_file=str(config)), person), 20)
        except HostKeyChangedError:
            assert file.read_text() == before
            assert answer != ("here",) or not replaceable
        else:
            await connection.close()
            assert answer == ("here",) and replaceable
        assert bool(person.offers) is replaceable
        if person.offers:
            (offer,) = person.offers
            assert (offer.known_as, offer.key_type) == (host, "ED25519")
            assert offer.known_key_type in ("ED25519", "ECDSA")
            assert offer.fingerprint != offer.known_fingerprint
            assert offer.origin.startswith(f"{file}:")
    if replaceable:
        kept = [line for line in before.splitlines() if line.startswith(("#", "else"))]
        assert file.read_text().splitlines() == [*kept, f"{host} {two_keys.host_public_key}"]
        assert file.with_name(f"{file.name}.old").read_text() == before
