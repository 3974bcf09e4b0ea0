"""UpdateHostKeys and host certificates, against the real sshd and beside the real ssh."""

from __future__ import annotations

import asyncio
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pexpect
import pytest

from mooring.model.errors import HostKeyChangedError, HostKeyUnknownError
from support.both_paths import through_ours, through_ssh
from support.command_line import MOORING
from support.programs import require_program
from support.sshd import SshServer, make_key, running_sshd


@pytest.fixture(scope="module")
def three_keys(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SshServer]:
    """A server with keys of three types."""
    folder = tmp_path_factory.mktemp("three_keys")
    make_key(folder / "host_ecdsa", kind="ecdsa")
    make_key(folder / "host_rsa", kind="rsa")
    options = (f"HostKey {folder / 'host_ecdsa'}", f"HostKey {folder / 'host_rsa'}")
    with running_sshd(folder, *options) as server:
        yield server


@pytest.fixture(scope="module")
def stale_key(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A key that the server does not have (any more)."""
    path = tmp_path_factory.mktemp("stale") / "key"
    make_key(path, kind="ecdsa")
    return " ".join(path.with_suffix(".pub").read_text().split()[:2])


KNOWN = {
    "one-key-known": "{host} {key}\n",
    "a-stale-key-too": "# kept\n{host} {key}\n{host} {stale}\nother.example {stale2}\n",
    "all-known": "{host} {key}\n{host} {ecdsa}\n{host} {rsa}\n",
    "a-pattern": "*,{host} {key}\n",
    "three-names": "{host},a.example,b.example {key}\n",
    "another-name-for-one-of-them": "{host} {key}\nother.example {rsa}\n",
    "an-authority": "{host} {key}\n@cert-authority {host} {stale}\n",
    "malformed-lines": "nonsense\n{host} {key}\n",
}


@pytest.mark.parametrize("name", KNOWN)
async def test_further_keys_are_learnt_as_ssh_learns_them(three_keys: SshServer, stale_key: str, name: str) -> None:
    server = three_keys
    config = server.write_client_config("here", "UpdateHostKeys yes", "HashKnownHosts no")
    known_hosts = server.folder / "known_hosts_here"
    backup = known_hosts.with_name(known_hosts.name + ".old")

    def public(kind: str) -> str:
        return " ".join((server.folder / f"host_{kind}.pub").read_text().split()[:2])

    before = KNOWN[name].format(
        host=f"[127.0.0.1]:{server.port}",
        key=server.host_public_key,
        ecdsa=public("ecdsa"),
        rsa=public("rsa"),
        stale=stale_key,
        stale2=" ".join((server.folder / "client_key.pub").read_text().split()[:2]),
    )
    results = []
    for runs_ours in (False, True):
        backup.unlink(missing_ok=True)
        known_hosts.write_text(before)
        # The keys come after the login; the session has to last until they have been proved.
        command = "sleep 0.5"
        if runs_ours:
            status = (await through_ours(config, "here", command, [])).status
        else:
            status = (await asyncio.to_thread(through_ssh, config, "here", command, [])).status
        results.append((status, known_hosts.read_bytes(), backup.read_bytes() if backup.exists() else None))
    theirs, ours = results
    assert ours == theirs
    assert ours[0] == 0


async def test_only_keys_of_allowed_algorithms_are_learnt(three_keys: SshServer) -> None:
    config = three_keys.write_client_config("here", "UpdateHostKeys yes", "HostKeyAlgorithms ssh-ed25519,rsa-sha2-256")
    known_hosts = three_keys.folder / "known_hosts_here"
    contents = []
    for runs_ours in (False, True):
        known_hosts.write_text(three_keys.known_hosts_line)
        if runs_ours:
            await through_ours(config, "here", "sleep 0.5", [])
        else:
            await asyncio.to_thread(through_ssh, config, "here", "sleep 0.5", [])
        contents.append(known_hosts.read_bytes())
    assert contents[1] == contents[0]
    assert b"ssh-rsa" in contents[1] and b"ecdsa" not in contents[1]


@pytest.mark.parametrize("answers", [("YES",), ("perhaps", "", "yes"), ("a", "b", "c"), ("\x04", "no")], ids=repr)
def test_updates_are_asked_about_as_by_ssh(
    three_keys: SshServer, stale_key: str, own_home: Path, answers: tuple[str, ...]
) -> None:
    """In the middle of a session, with the same words, and the same file afterwards."""
    config = three_keys.write_client_config("here", "UpdateHostKeys ask", "HashKnownHosts no")
    known_hosts = three_keys.folder / "known_hosts_here"
    settings = own_home / ".config" / "mooring" / "settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text("splash = false\n")
    outcomes = []
    for client in (
        [require_program("ssh"), "-F", str(config), "here"],
        [*MOORING, "--native-ssh", "-F", str(config), "ssh", "here"],
    ):
        known_hosts.write_text(f"{three_keys.known_hosts_line}[127.0.0.1]:{three_keys.port} {stale_key}\n")
        child = pexpect.spawn(client[0], client[1:], encoding="utf-8", timeout=25, dimensions=(24, 200))
        shown = ""
        try:
            for answer in answers:
                child.expect_exact("hostkeys? (yes/no): ")
                shown += f"{child.before}{child.after}"
                child.send(answer if answer == "\x04" else f"{answer}\r")
            # The shell has the terminal again.
            child.send("\recho ba''ck; exit 3\r")
            child.expect_exact("back")
            shown += str(child.before)
            child.expect(pexpect.EOF)
            child.wait()
        finally:
            child.close(force=True)
        words = ("server", "changes", "Learned", "Deprecating", "Accept", "Please")
        said = [line for line in re.split(r"[\r\n]+", shown) if line.startswith(words)]
        outcomes.append((child.exitstatus, said, known_hosts.read_text()))
    assert outcomes[1] == outcomes[0]
    assert outcomes[1][0] == 3


async def test_a_key_that_was_just_accepted_vouches_for_the_others(three_keys: SshServer) -> None:
    config = three_keys.write_client_config("here", "UpdateHostKeys yes", "HashKnownHosts no")
    known_hosts = three_keys.folder / "known_hosts_here"
    contents = []
    for option, answers in (("StrictHostKeyChecking=ask", ["yes"]), ("StrictHostKeyChecking=accept-new", [])):
        for runs_ours in (False, True):
            known_hosts.write_text("")
            if runs_ours:
                await through_ours(config, "here", "sleep 0.5", answers, option)
            else:
                await asyncio.to_thread(through_ssh, config, "here", "sleep 0.5", answers, option)
            contents.append(known_hosts.read_bytes())
    assert contents[0] == contents[1]
    assert contents[2] == contents[3]
    assert contents[0].count(b"\n") == 3
    assert contents[2].count(b"\n") == 1


@pytest.fixture(scope="module")
def certified(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SshServer]:
    """A server whose key carries a certificate for 127.0.0.1."""
    folder = tmp_path_factory.mktemp("certified")
    program = require_program("ssh-keygen")
    make_key(folder / "authority")
    make_key(folder / "certified_key")
    subprocess.run(
        [program, "-q", "-s", str(folder / "authority"), "-I", "host", "-h", "-n", "127.0.0.1,good.example",
         str(folder / "certified_key.pub")],
        check=True,
    )  # fmt: skip
    options = (f"HostKey {folder / 'certified_key'}", f"HostCertificate {folder / 'certified_key-cert.pub'}")
    with running_sshd(folder, *options) as server:
        yield server


def public_of(path: Path) -> str:
    """`type base64` of a public key file."""
    return " ".join(path.read_text().split()[:2])


@pytest.mark.parametrize(
    ("known", "options", "answers", "status"),
    [
        ("@cert-authority * {authority}\n", (), [], 0),
        ("@cert-authority 10.0.0.* {authority}\n", (), ["yes"], 0),
        ("@cert-authority * {authority}\n", ("HostKeyAlias=good.example",), [], 0),
        ("@cert-authority * {authority}\n", ("HostKeyAlias=bad.example",), ["no"], 255),
        ("@cert-authority * {authority}\n@revoked * {authority}\n", (), [], 255),
        ("{host} {key}\n", (), [], 0),
        ("@cert-authority * {other}\n", (), ["yes"], 0),
        ("@cert-authority * {other}\n", ("StrictHostKeyChecking=yes",), [], 255),
        ("@cert-authority * {authority}\n", ("CASignatureAlgorithms=ssh-ed25519",), [], 0),
        ("@cert-authority * {authority}\n", ("CASignatureAlgorithms=rsa-sha2-512",), ["yes"], 0),
    ],
    ids=[
        "signed",
        "not-for-this-host",
        "alias",
        "other-alias",
        "revoked",
        "plain",
        "other-authority",
        "strict",
        "signed-as-allowed",
        "signed-as-not-allowed",
    ],
)
async def test_host_certificates(
    certified: SshServer, known: str, options: tuple[str, ...], answers: list[str], status: int
) -> None:
    config = certified.write_client_config("here", "HashKnownHosts no", "UpdateHostKeys no")
    known_hosts = certified.folder / "known_hosts_here"
    before = known.format(
        host=f"[127.0.0.1]:{certified.port}",
        authority=public_of(certified.folder / "authority.pub"),
        key=public_of(certified.folder / "certified_key.pub"),
        other=public_of(certified.folder / "client_key.pub"),
    )
    known_hosts.write_text(before)
    theirs = await asyncio.to_thread(through_ssh, config, "here", "true", answers, *options)
    after_theirs = known_hosts.read_text()
    known_hosts.write_text(before)
    ours = await through_ours(config, "here", "true", answers, *options)
    assert (ours.status, ours.prompts) == (theirs.status, theirs.prompts) == (status, len(answers))
    assert known_hosts.read_text() == after_theirs


async def test_known_key_types_are_asked_for_first(three_keys: SshServer) -> None:
    """Otherwise the server would show its ed25519 key, and look changed."""
    config = three_keys.write_client_config("here", "UpdateHostKeys no")
    known_hosts = three_keys.folder / "known_hosts_here"
    known_hosts.write_text(f"[127.0.0.1]:{three_keys.port} {public_of(three_keys.folder / 'host_rsa.pub')}\n")
    ours = await through_ours(config, "here", "true", [])
    assert ours.status == 0
    # A list of one's own is taken as it is, and then the key does look changed, in ssh as well.
    options = ("HostKeyAlgorithms=ssh-ed25519,rsa-sha2-512",)
    theirs = await asyncio.to_thread(through_ssh, config, "here", "true", [], *options)
    ours = await through_ours(config, "here", "true", [], *options)
    assert ours.status == theirs.status == 255
    assert isinstance(ours.error, HostKeyChangedError)


async def test_the_server_has_no_key_that_is_allowed_to_be_new(three_keys: SshServer) -> None:
    config = three_keys.write_client_config("here", "StrictHostKeyChecking yes", known=False)
    ours = await through_ours(config, "here", "true", [])
    assert isinstance(ours.error, HostKeyUnknownError)
