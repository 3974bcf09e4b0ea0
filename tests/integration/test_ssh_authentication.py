"""Logging in: keys, agents, passphrases, passwords, codes; the same answers through ssh and through us."""

from __future__ import annotations

import asyncio
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from mooring.model.errors import AuthenticationFailedError, CancelledByPersonError
from mooring.model.machine import Target
from mooring.model.prompts import KeyboardInteractiveQuestion, SecretQuestion
from mooring.ssh import connect
from support.agents import SshAgent, running_agent
from support.both_paths import OurOutcome, Outcome, through_ours, through_ssh
from support.programs import require_program
from support.prompting import ScriptedPerson
from support.scripted_server import Script, scripted_server
from support.sshd import SshServer, make_key, running_sshd


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SshServer]:
    """A server of OpenSSH with its usual limit of six attempts, which also trusts a certificate authority."""
    folder = tmp_path_factory.mktemp("authentication")
    make_key(folder / "authority")
    with running_sshd(folder, "MaxAuthTries 6", f"TrustedUserCAKeys {folder / 'authority.pub'}") as running:
        yield running


@pytest.fixture
def agent() -> Iterator[SshAgent]:
    """An empty agent; its socket's path has to be short."""
    with tempfile.TemporaryDirectory() as folder, running_agent(Path(folder)) as running:
        yield running


def config_with(server: SshServer, *lines: str) -> Path:
    """A client configuration in which `lines` stand for the usual key."""
    config = server.write_client_config("here")
    kept = [
        line
        for line in config.read_text().splitlines()
        if not line.startswith(("IdentityFile", "IdentitiesOnly", "IdentityAgent"))
    ]
    config.write_text("\n".join([*kept, *lines]) + "\n")
    return config


async def both(config: Path, answers: list[str], *options: str) -> tuple[OurOutcome, Outcome]:
    """Run `echo in` through both, and expect the same status, prompts and words."""
    theirs = await asyncio.to_thread(through_ssh, config, "here", "echo in", answers, *options)
    ours = await through_ours(config, "here", "echo in", answers, *options)
    assert (ours.status, ours.prompts) == (theirs.status, theirs.prompts)
    if ours.error is not None:
        assert " ".join(ours.error.message.split()) in " ".join(theirs.output.split())
    return ours, theirs


async def test_eight_agent_keys_and_the_right_file_are_let_in(
    server: SshServer, agent: SshAgent, tmp_path: Path
) -> None:
    for number in range(8):
        make_key(tmp_path / f"wrong{number}")
        agent.add(tmp_path / f"wrong{number}")
    agent.add(server.client_key)
    config = config_with(server, f"IdentityAgent {agent.socket}", f"IdentityFile {server.client_key}")
    ours, _theirs = await both(config, [])
    assert (ours.status, ours.output) == (0, "in\n")


async def test_too_many_agent_keys_are_too_many_for_both(server: SshServer, agent: SshAgent, tmp_path: Path) -> None:
    for number in range(8):
        make_key(tmp_path / f"wrong{number}")
        agent.add(tmp_path / f"wrong{number}")
    config = config_with(server, f"IdentityAgent {agent.socket}", f"IdentityFile {tmp_path / 'none'}")
    ours, _theirs = await both(config, [])
    assert ours.status == 255
    assert isinstance(ours.error, AuthenticationFailedError)
    assert "Too many authentication failures" in ours.error.message
    assert "IdentityFile" in (ours.error.hint or "")


async def test_identities_only_keeps_the_agents_other_keys_back(
    server: SshServer, agent: SshAgent, tmp_path: Path
) -> None:
    make_key(tmp_path / "wrong")
    agent.add(server.client_key)
    lines = (f"IdentityAgent {agent.socket}", f"IdentityFile {tmp_path / 'wrong'}")
    ours, _theirs = await both(config_with(server, *lines, "IdentitiesOnly yes"), [])
    assert ours.status == 255
    ours, _theirs = await both(config_with(server, *lines), [])
    assert ours.status == 0


async def test_a_public_file_points_at_the_agents_key(server: SshServer, agent: SshAgent, tmp_path: Path) -> None:
    agent.add(server.client_key)
    public = tmp_path / "only.pub"
    public.write_text(server.client_key.with_suffix(".pub").read_text())
    lines = (f"IdentityAgent {agent.socket}", f"IdentityFile {public}", "IdentitiesOnly yes")
    ours, _theirs = await both(config_with(server, *lines), [])
    assert ours.status == 0


async def test_an_agent_that_is_gone_is_said(server: SshServer, tmp_path: Path) -> None:
    lines = (f"IdentityAgent {tmp_path / 'gone'}", f"IdentityFile {server.client_key}")
    ours = await through_ours(config_with(server, *lines), "here", "echo in", [])
    assert ours.status == 0
    assert "can't be reached" in ours.told


async def test_an_agent_that_hangs_is_said_not_waited_for(server: SshServer) -> None:
    async def silent(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await _reader.read()
        writer.close()

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "agent"
        listener = await asyncio.start_unix_server(silent, path)
        lines = (f"IdentityAgent {path}", f"IdentityFile {server.client_key}")
        ours = await through_ours(config_with(server, *lines), "here", "echo in", [])
        listener.close()
        await listener.wait_closed()
    assert ours.status == 0
    assert "does not answer" in ours.told


@pytest.fixture(scope="module")
def locked_key(server: SshServer) -> Path:
    """A key with a passphrase that the server accepts."""
    path = server.folder / "locked_key"
    make_key(path, passphrase="open sesame")
    server.authorize(path.with_suffix(".pub").read_text())
    return path


@pytest.mark.parametrize(
    ("answers", "status"),
    [
        (["open sesame"], 0),
        (["wrong", "open sesame"], 0),
        (["wrong", "wronger", "wrongest"], 255),
        ([""], 255),
    ],
    ids=["right", "second", "thrice-wrong", "empty"],
)
async def test_passphrases(server: SshServer, locked_key: Path, answers: list[str], status: int) -> None:
    ours, _theirs = await both(config_with(server, f"IdentityFile {locked_key}", "IdentityAgent none"), answers)
    assert ours.status == status


async def test_a_passphrase_is_not_asked_when_the_server_does_not_want_the_key(
    server: SshServer, tmp_path: Path
) -> None:
    make_key(tmp_path / "stranger", passphrase="secret")
    lines = (f"IdentityFile {tmp_path / 'stranger'}", f"IdentityFile {server.client_key}", "IdentityAgent none")
    ours, _theirs = await both(config_with(server, *lines), [])
    assert (ours.status, ours.prompts) == (0, 0)


async def test_an_old_key_file_without_its_public_half(server: SshServer, tmp_path: Path) -> None:
    path = tmp_path / "old"
    program = require_program("ssh-keygen")
    subprocess.run([program, "-q", "-t", "rsa", "-b", "2048", "-m", "PEM", "-N", "secret", "-f", str(path)], check=True)
    server.authorize(path.with_suffix(".pub").read_text())
    path.with_suffix(".pub").unlink()
    ours, _theirs = await both(config_with(server, f"IdentityFile {path}", "IdentityAgent none"), ["no", "secret"])
    assert ours.status == 0


@pytest.mark.parametrize("kind", ["rsa", "ecdsa", "ed25519"])
async def test_every_kind_of_key(server: SshServer, tmp_path: Path, kind: str) -> None:
    make_key(tmp_path / "key", kind=kind)
    server.authorize((tmp_path / "key.pub").read_text())
    ours, _theirs = await both(config_with(server, f"IdentityFile {tmp_path / 'key'}", "IdentityAgent none"), [])
    assert ours.status == 0


async def test_a_key_file_that_others_can_read_is_refused(server: SshServer, tmp_path: Path) -> None:
    path = tmp_path / "open"
    path.write_bytes(server.client_key.read_bytes())
    path.chmod(0o644)
    ours, theirs = await both(config_with(server, f"IdentityFile {path}", "IdentityAgent none"), [])
    assert ours.status == 255
    for line in ours.told.splitlines():
        assert line in theirs.output
    assert "UNPROTECTED PRIVATE KEY FILE" in ours.told


async def test_batch_mode_asks_nobody(server: SshServer, locked_key: Path) -> None:
    lines = (f"IdentityFile {locked_key}", "IdentityAgent none", "BatchMode yes")
    ours, _theirs = await both(config_with(server, *lines), [])
    assert (ours.status, ours.prompts) == (255, 0)


@pytest.mark.parametrize("from_agent", [False, True], ids=["from-the-file", "from-the-agent"])
async def test_a_certificate_lets_in(server: SshServer, agent: SshAgent, tmp_path: Path, from_agent: bool) -> None:
    make_key(tmp_path / "key")
    subprocess.run(
        [require_program("ssh-keygen"), "-q", "-s", str(server.folder / "authority"), "-I", "me", "-n", server.user,
         str(tmp_path / "key.pub")],
        check=True,
    )  # fmt: skip
    lines = [f"CertificateFile {tmp_path / 'key-cert.pub'}", f"IdentityFile {tmp_path / 'key'}"]
    if from_agent:
        # Alone, so that the agent is not given the certificate as well.
        (tmp_path / "alone").write_bytes((tmp_path / "key").read_bytes())
        (tmp_path / "alone").chmod(0o600)
        agent.add(tmp_path / "alone")
        (tmp_path / "key").unlink()
        lines.append(f"IdentityAgent {agent.socket}")
    else:
        lines.append("IdentityAgent none")
    ours, _theirs = await both(config_with(server, *lines), [])
    assert ours.status == 0


async def test_an_opened_key_goes_to_the_agent(server: SshServer, agent: SshAgent, locked_key: Path) -> None:
    lines = (f"IdentityAgent {agent.socket}", f"IdentityFile {locked_key}", "AddKeysToAgent yes")
    ours = await through_ours(config_with(server, *lines), "here", "echo in", ["open sesame"])
    assert ours.status == 0
    blob = locked_key.with_suffix(".pub").read_text().split()[1]
    assert [line.split()[1] for line in agent.listed()] == [blob]
    ours = await through_ours(config_with(server, *lines), "here", "echo in", [])
    assert (ours.status, ours.prompts) == (0, 0)


async def test_nothing_fits(server: SshServer) -> None:
    ours, _theirs = await both(config_with(server, "IdentityFile none", "IdentityAgent none"), [])
    assert isinstance(ours.error, AuthenticationFailedError)
    assert ours.error.message == f"{server.user}@127.0.0.1: Permission denied (publickey)."


async def test_leaving_a_question_is_no_answer(server: SshServer, locked_key: Path) -> None:
    config = config_with(server, f"IdentityFile {locked_key}", "IdentityAgent none")
    with pytest.raises(CancelledByPersonError):
        await connect(Target("here", config_file=str(config)), ScriptedPerson([None]))


@pytest.mark.parametrize(
    ("answers", "status"),
    [(["right"], 0), (["wrong", "right"], 0), (["1", "2", "3"], 255), (["", "right"], 0)],
    ids=["right", "second", "thrice-wrong", "empty-first"],
)
async def test_passwords(tmp_path: Path, answers: list[str], status: int) -> None:
    script = Script(password="right")
    async with scripted_server(tmp_path, script) as config:
        ours, theirs = await both(config, answers)
    assert ours.status == status
    if len(answers) > 1:
        assert "Permission denied, please try again." in ours.told
        assert "Permission denied, please try again." in theirs.output
    assert script.attempts[: len(answers)] == script.attempts[len(answers) :] == answers


async def test_number_of_password_prompts(tmp_path: Path) -> None:
    async with scripted_server(tmp_path, Script(password="right")) as config:
        ours, _theirs = await both(config, ["wrong"], "NumberOfPasswordPrompts=1")
    assert ours.status == 255
    assert isinstance(ours.error, AuthenticationFailedError)


async def test_a_second_factor_with_several_questions(tmp_path: Path) -> None:
    rounds = [
        ("Welcome", "Two things", [("Password: ", False), ("Code: ", True)], ["secret", "123456"]),
        ("", "", [("Last code: ", True)], ["7"]),
    ]
    script = Script(rounds=rounds)
    async with scripted_server(tmp_path, script) as config:
        person = ScriptedPerson([("secret", "123456"), ("7",)])
        connection = await connect(Target("here", config_file=str(config)), person)
        await connection.close()
        theirs = await asyncio.to_thread(through_ssh, config, "here", "true", ["secret", "123456", "7"])
    assert theirs.status == 0
    first, second = person.questions
    assert isinstance(first, KeyboardInteractiveQuestion)
    assert isinstance(second, KeyboardInteractiveQuestion)
    assert (first.name, first.instruction) == ("Welcome", "Two things")
    assert [(field.prompt, field.echo) for field in first.fields] == [
        ("(someone@127.0.0.1) Password: ", False),
        ("(someone@127.0.0.1) Code: ", True),
    ]
    for field in (*first.fields, *second.fields):
        assert field.prompt in theirs.output
    assert connection.facts.authentication == "keyboard-interactive"


async def test_preferred_authentications_and_what_is_switched_off(tmp_path: Path) -> None:
    script = Script(password="right", rounds=[("", "", [("Code: ", True)], ["7"])])
    async with scripted_server(tmp_path, script) as config:
        ours, _theirs = await both(config, ["7"])
        assert ours.status == 0
        ours, _theirs = await both(config, ["right"], "PreferredAuthentications=password,keyboard-interactive")
        assert ours.status == 0
        ours, _theirs = await both(config, ["right"], "KbdInteractiveAuthentication=no")
        assert ours.status == 0
        ours, _theirs = await both(config, [], "KbdInteractiveAuthentication=no", "PasswordAuthentication=no")
        assert ours.status == 255
        ours, _theirs = await both(config, [], "BatchMode=yes")
        assert ours.status == 255


async def test_a_banner_and_prompts_are_fit_for_a_terminal(tmp_path: Path) -> None:
    evil = "hello\x1b]0;owned\x07\r\nsecond\x9b31m line\x00"
    rounds = [("na\x1bme", "in\x07struction", [("Co\x1b[31mde: ", True)], ["7"])]
    async with scripted_server(tmp_path, Script(banner=evil, rounds=rounds)) as config:
        person = ScriptedPerson([("7",)])
        connection = await connect(Target("here", config_file=str(config)), person)
        await connection.close()
    assert person.told == "hello]0;owned\nsecond31m line"
    (question,) = person.questions
    assert isinstance(question, KeyboardInteractiveQuestion)
    assert (question.name, question.instruction) == ("name", "instruction")
    assert question.fields[0].prompt == "(someone@127.0.0.1) Co[31mde: "


async def test_a_password_question_names_its_hop_and_attempt(tmp_path: Path) -> None:
    async with scripted_server(tmp_path, Script(password="right")) as config:
        person = ScriptedPerson([("wrong",), ("right",)])
        connection = await connect(Target("here", config_file=str(config)), person)
        await connection.close()
    assert person.questions == [
        SecretQuestion("here", "someone@127.0.0.1's password: ", 1),
        SecretQuestion("here", "someone@127.0.0.1's password: ", 2),
    ]
    assert connection.facts.authentication == "password"


async def test_partial_success_goes_on_with_the_next_method(server: SshServer, tmp_path: Path) -> None:
    make_key(tmp_path / "second")
    folder = tmp_path / "both"
    with running_sshd(folder, "AuthenticationMethods publickey,publickey") as strict:
        strict.authorize((tmp_path / "second.pub").read_text())
        lines = (f"IdentityFile {strict.client_key}", f"IdentityFile {tmp_path / 'second'}", "IdentityAgent none")
        ours, _theirs = await both(config_with(strict, *lines), [])
        assert ours.status == 0
        ours, _theirs = await both(config_with(strict, *lines[::2]), [])
        assert ours.status == 255
