"""Machines looked for, and what a form says tried out step by step, against a real sshd."""

from __future__ import annotations

from pathlib import Path

from mooring.session import Sessions
from mooring.ui.editing.field_box import FieldBox
from mooring.ui.editing.machine_form import MachineForm
from mooring.ui.editing.trial_dialog import TrialDialog
from support.browser_screens import BrowserDesk, running_browser
from support.sshd import SshServer, free_port


def trial_of(desk: BrowserDesk) -> TrialDialog:
    screen = desk.app.screen
    assert isinstance(screen, TrialDialog)
    return screen


async def test_machines_are_looked_for_by_the_engine(tmp_path: Path, sshd: SshServer) -> None:
    known = sshd.write_client_config("known").read_text()
    stranger = sshd.write_client_config("stranger", known=False).read_text()
    nobody = known.replace("Host known", "Host nobody").replace(f"Port {sshd.port}", f"Port {free_port()}")
    (tmp_path / "config").write_text(known + stranger + nobody)
    (tmp_path / "config").chmod(0o600)
    logins = sshd.logins
    async with running_browser(tmp_path, make_sessions=Sessions, probe_visible=True) as desk:
        await desk.until(lambda: all(state in desk.shown for state in ("refused", "key unknown", " ms ")), "all states")
        desk.panel.view.select("nobody")
        await desk.until(lambda: "refused: ssh: connect to host" in desk.details, "the reason")
    assert sshd.logins == logins, "nobody logged in"


async def test_a_form_is_tried_before_it_is_saved(tmp_path: Path, sshd: SshServer) -> None:
    known = tmp_path / "known_hosts"
    async with running_browser(tmp_path, make_sessions=Sessions) as desk:
        await desk.press("n")
        await desk.until(lambda: isinstance(desk.app.screen, MachineForm) and desk.app.screen.is_mounted, "the form")
        form = desk.app.screen
        texts = {
            "name": "box",
            "host": "127.0.0.1",
            "port": str(sshd.port),
            "user": sshd.user,
            "key": str(sshd.client_key),
            "options": f"UserKnownHostsFile {known}\nIdentitiesOnly yes",
        }
        for name, text in texts.items():
            form.query_one(f"#field-{name}", FieldBox).text = text

        await desk.press("ctrl+t")
        await desk.until(lambda: isinstance(desk.app.screen, TrialDialog), "it is tried")
        await desk.until(lambda: "SHA256:" in desk.shown, "the host key is asked about")
        await desk.press("y")
        await desk.until(lambda: "it works" in trial_of(desk).text, "it works")
        told = trial_of(desk).text
        for words in ("✓ read the configuration", "✓ log in to box", "by publickey", f"127.0.0.1:{sshd.port}"):
            assert words in told, told
        assert "127.0.0.1" in known.read_text()
        await desk.press("escape")
        await desk.until(lambda: desk.app.screen is form, "back in the form")
        assert not desk.paths.machines_file.exists(), "nothing was saved for it"

        form.query_one("#field-port", FieldBox).text = str(free_port())
        await desk.press("ctrl+t")
        await desk.until(lambda: isinstance(desk.app.screen, TrialDialog), "it is tried again")
        await desk.until(lambda: "✕ connect to box" in trial_of(desk).text, "the step that failed")
        assert "refused" in trial_of(desk).text
