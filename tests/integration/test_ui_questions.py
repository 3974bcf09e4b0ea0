"""What the real program asks while it connects, and what it does with the answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mooring.store import Paths
from support.asking_server import CODE, PASSWORD, AskingServer, running_asking_server
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


def test_each_hop_of_the_way_is_asked_about_by_its_name(plain_sshd: SshServer, sshd: SshServer) -> None:
    """The jump host stands below a pattern, so that `harbour` is the only machine in the list."""
    harbour = plain_sshd.write_client_config("harbour", "ProxyJump gate", known=False)
    gate = sshd.write_client_config("gate", known=False)
    harbour.write_text(harbour.read_text() + gate.read_text().replace("Host gate", "Host gat?"))
    with connecting(harbour) as tmux:
        tmux.wait_for("Is this really gate?", "SHA256:", absent="Is this really harbour?")
        tmux.send("y")
        tmux.wait_for("Is this really harbour?", "SHA256:", absent="Is this really gate?")
        assert known_hosts(plain_sshd).read_text() == ""
        tmux.send("y")
        tmux.wait_for("● open", "ed25519 ✓")
    assert plain_sshd.host_public_key in known_hosts(plain_sshd).read_text()
    assert sshd.host_public_key in (sshd.folder / "known_hosts_gate").read_text()


def test_enter_at_an_unknown_host_key_means_no(plain_sshd: SshServer) -> None:
    config = plain_sshd.write_client_config("harbour", known=False)
    with connecting(config) as tmux:
        tmux.wait_for("Is this really harbour?")
        tmux.send("Enter")
        tmux.wait_for("✕ failed", "r reconnect")
    assert known_hosts(plain_sshd).read_text() == ""


def with_changed_key(sshd: SshServer, folder: Path) -> Path:
    """A configuration for `harbour`, of which another key is on record, on the second line."""
    config = sshd.write_client_config("harbour", known=False)
    make_key(folder / "other")
    other = " ".join((folder / "other.pub").read_text().split()[:2])
    known_hosts(sshd).write_text(f"# a comment\n[127.0.0.1]:{sshd.port} {other}\n")
    return config


def test_a_changed_host_key_is_refused_with_the_place_of_the_old_one(plain_sshd: SshServer, tmp_path: Path) -> None:
    config = with_changed_key(plain_sshd, tmp_path)
    before = known_hosts(plain_sshd).read_text()
    with connecting(config) as tmux:
        asked = tmux.wait_for("harbour shows another host key than before", "On record", "type harbour", "+--[ED25519")
        assert "known_hosts_harbour:2" in "".join(line.strip(" │") for line in asked.splitlines())
        assert len(set(re.findall(r"SHA256:[\w+/]+", asked))) == 2
        tmux.send("Enter")
        tmux.type("yes")
        tmux.send("Enter")
        tmux.wait_for("That is not harbour")
        tmux.send("Escape")
        screen = tmux.wait_for("refused", "✕ failed", "r reconnect")
        assert "known_hosts_harbour:2" in "".join(line.strip() for line in screen.splitlines())
    assert known_hosts(plain_sshd).read_text() == before


def test_typing_the_name_of_the_machine_puts_its_new_key_on_record(plain_sshd: SshServer, tmp_path: Path) -> None:
    config = with_changed_key(plain_sshd, tmp_path)
    with connecting(config) as tmux:
        tmux.wait_for("harbour shows another host key than before", "type harbour")
        tmux.type("harbour")
        tmux.send("Enter")
        tmux.wait_for("● open", "ed25519 ✓")
    assert known_hosts(plain_sshd).read_text() == f"# a comment\n{plain_sshd.known_hosts_line}"


def test_there_is_no_way_round_a_revoked_host_key(plain_sshd: SshServer) -> None:
    config = plain_sshd.write_client_config("harbour", known=False)
    known_hosts(plain_sshd).write_text(f"@revoked {plain_sshd.known_hosts_line}{plain_sshd.known_hosts_line}")
    with connecting(config) as tmux:
        screen = tmux.wait_for("revoked: refused", "✕ failed", "r reconnect")
        assert "type harbour" not in screen


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


def with_notes(server: AskingServer, folder: Path, notes: str) -> Path:
    """An ssh_config with that server as `asking`, and the person's own list with notes on it."""
    (folder / "known_hosts").write_text(server.known_hosts_line)
    file = Paths.of_this_person().machines_file
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f'[[machine]]\nname = "asking"\nnotes = "{notes}"\n')
    return server.write_client_config(folder)


def test_a_password_is_asked_beside_the_notes_and_never_shown(tmp_path: Path) -> None:
    with running_asking_server(tmp_path, "password") as server:
        config = with_notes(server, tmp_path, "It hangs in the safe.")
        with running_screens("-F", str(config)) as tmux:
            tmux.wait_for("enter open", "asking")
            tmux.send("Enter")
            tmux.wait_for("asking wants to know", "somebody@", "'s password", "Notes: It hangs in the safe.")
            tmux.type("wrong")
            tmux.send("Enter")
            tmux.wait_for("attempt 2", "Notes: It hangs in the safe.")
            tmux.type(PASSWORD)
            assert "sesame" not in tmux.wait_for("•" * len(PASSWORD))
            tmux.send("Enter")
            assert "sesame" not in tmux.wait_for("ended with status 0")


def test_a_second_factor_is_asked_in_the_words_of_the_server(tmp_path: Path) -> None:
    """The server wants the code echoed; the password before it is not, and is gone when the code is asked."""
    with running_asking_server(tmp_path, "keyboard") as server:
        config = with_notes(server, tmp_path, "The token lies in the drawer.")
        with running_screens("-F", str(config)) as tmux:
            tmux.wait_for("enter open", "asking")
            tmux.send("Enter")
            tmux.wait_for("asking asks", "Password:", "Notes: The token lies in the drawer.")
            tmux.type(PASSWORD)
            assert "sesame" not in tmux.wait_for("•" * len(PASSWORD))
            tmux.send("Enter")
            tmux.wait_for("Second factor", "Look at your token.", "Code:", "Notes: The token lies in the drawer.")
            tmux.type("0")
            tmux.send("Enter")
            tmux.wait_for("That was not accepted; attempt 2.", "Password:")
            tmux.type(PASSWORD)
            tmux.send("Enter")
            tmux.wait_for("Second factor", "Code:", absent="not accepted")
            tmux.type(CODE)
            assert "sesame" not in tmux.wait_for(CODE)
            tmux.send("Enter")
            screen = tmux.wait_for("ended with status 0")
            assert "sesame" not in screen
            assert CODE not in screen


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
