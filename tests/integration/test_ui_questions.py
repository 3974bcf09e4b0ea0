"""What the real program asks while it connects, and what it does with the answers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from support.screens import running_screens
from support.sshd import SshServer, make_key
from support.tmux import Tmux


@contextmanager
def connecting(config: Path) -> Iterator[Tmux]:
    """Mooring on its way to the only machine."""
    with running_screens("-F", str(config)) as tmux:
        tmux.wait_for("enter open", "harbour")
        tmux.send("Enter")
        yield tmux


def known_hosts(sshd: SshServer) -> Path:
    return sshd.folder / "known_hosts_harbour"


def test_an_unknown_host_key_is_shown_and_a_yes_is_written_down(plain_sshd: SshServer) -> None:
    config = plain_sshd.write_client_config("harbour", known=False)
    with connecting(config) as tmux:
        tmux.wait_for("Is this really harbour?", "SHA256:", "+--[ED25519", "No, leave it", "? harbour")
        tmux.send("y")
        tmux.wait_for("● open", "ed25519 ✓")
    assert plain_sshd.host_public_key in known_hosts(plain_sshd).read_text()


def test_enter_at_an_unknown_host_key_means_no(plain_sshd: SshServer) -> None:
    config = plain_sshd.write_client_config("harbour", known=False)
    with connecting(config) as tmux:
        tmux.wait_for("Is this really harbour?")
        tmux.send("Enter")
        tmux.wait_for("✕ failed", "r reconnect")
    assert known_hosts(plain_sshd).read_text() == ""


def test_a_changed_host_key_is_refused_with_the_place_of_the_old_one(plain_sshd: SshServer, tmp_path: Path) -> None:
    config = plain_sshd.write_client_config("harbour", known=False)
    make_key(tmp_path / "other")
    other = " ".join((tmp_path / "other.pub").read_text().split()[:2])
    known_hosts(plain_sshd).write_text(f"# a comment\n[127.0.0.1]:{plain_sshd.port} {other}\n")
    with connecting(config) as tmux:
        screen = tmux.wait_for("refused", "✕ failed", "r reconnect")
        assert "known_hosts_harbour:2" in "".join(line.strip() for line in screen.splitlines())
    assert plain_sshd.host_public_key not in known_hosts(plain_sshd).read_text()


def test_a_passphrase_is_asked_and_never_shown(plain_sshd: SshServer, tmp_path: Path) -> None:
    key = tmp_path / "locked"
    make_key(key, passphrase="open sesame")
    plain_sshd.authorize((tmp_path / "locked.pub").read_text())
    config = plain_sshd.write_client_config("harbour")
    config.write_text(config.read_text().replace(str(plain_sshd.client_key), str(key)))
    with connecting(config) as tmux:
        tmux.wait_for("Enter passphrase for key")
        tmux.type("wrong")
        tmux.send("Enter")
        tmux.wait_for("attempt 2", "Enter passphrase for key")
        tmux.type("open sesame")
        assert "sesame" not in tmux.screen
        tmux.send("Enter")
        tmux.wait_for("● open")
        assert "sesame" not in tmux.screen


def test_leaving_a_question_ends_the_attempt_and_it_can_be_made_again(plain_sshd: SshServer, tmp_path: Path) -> None:
    config = plain_sshd.write_client_config("harbour", known=False)
    with connecting(config) as tmux:
        tmux.wait_for("Is this really harbour?")
        tmux.send("Escape")
        tmux.wait_for("r reconnect")
        tmux.send("r")
        tmux.wait_for("Is this really harbour?")
        tmux.send("Left", "Enter")
        tmux.wait_for("● open")
