"""The form for a machine: checked as fields are left, tried out, saved with comments, merged, and taken back."""

from __future__ import annotations

from pathlib import Path

from textual.events import Key, Paste
from textual.widgets import Static

from mooring.ui.editing.conflict_dialog import ConflictDialog
from mooring.ui.editing.delete_dialog import DeleteDialog
from mooring.ui.editing.field_box import FieldBox
from mooring.ui.editing.machine_form import MachineForm
from support.browser_screens import BrowserDesk, running_browser

OWN = """# my machines

# the one in the cellar
[[machine]]
name = "cellar"
host = "10.0.0.7"  # moved in spring
port = 2222

[[machine]]
name = "attic"
"""


def form_of(desk: BrowserDesk) -> MachineForm:
    screen = desk.app.screen
    assert isinstance(screen, MachineForm)
    return screen


def box(desk: BrowserDesk, name: str) -> FieldBox:
    return form_of(desk).query_one(f"#field-{name}", FieldBox)


async def open_form(desk: BrowserDesk, key: str) -> None:
    await desk.press(key)
    await desk.until(lambda: isinstance(desk.app.screen, MachineForm) and desk.app.screen.is_mounted, "the form")
    await desk.pilot.pause()


def said(desk: BrowserDesk) -> str:
    return str(form_of(desk).query_one(".form--said", Static).content)


async def closed(desk: BrowserDesk) -> None:
    await desk.until(lambda: desk.app.screen is desk.app.main_screen, "the form is closed")


async def test_a_new_machine_is_checked_field_by_field_and_saved(tmp_path: Path) -> None:
    async with running_browser(tmp_path, size=(80, 24)) as desk:
        await open_form(desk, "n")
        await desk.press(*"-x", "tab", *"a b", "tab", "tab", *"70000", "tab")
        await desk.until(lambda: "from 1 to 65535" in desk.shown, "the port is checked as it is left")
        assert box(desk, "name").has_class("-wrong")
        assert box(desk, "host").has_class("-wrong")
        await desk.press("ctrl+s")
        await desk.until(lambda: said(desk) == "3 fields have to be mended first", "nothing is saved")
        assert not desk.paths.machines_file.exists()
        box(desk, "name").text, box(desk, "host").text, box(desk, "port").text = "new-1", "10.0.0.9", "22"
        box(desk, "tags").text, box(desk, "guard").text = "web, db", "true"
        await desk.press("ctrl+s")
        await closed(desk)
        await desk.until(lambda: desk.panel.current_key == "new-1", "the cursor goes to it")
        made = desk.machine("new-1")
        assert (made.address, made.port, made.tags, made.guard) == ("10.0.0.9", 22, ("web", "db"), True)
        await open_form(desk, "n")
        for key, letter in (("n", "n"), ("e", "e"), ("w", "w"), ("minus", "-"), ("1", "1"), ("ctrl+s", None)):
            desk.app.post_message(Key(key, letter))
        await desk.until(lambda: "new-1" in said(desk), "a name that is taken is said, typed and saved at once")
        await desk.press("escape")
        assert said(desk) == "esc again leaves, and nothing is saved"
        await desk.press("escape")
        await closed(desk)
        await desk.press("ctrl+z")
        await desk.until(lambda: "new-1" not in desk.names, "it is taken back")


async def test_a_pasted_command_line_fills_the_form(tmp_path: Path) -> None:
    async with running_browser(tmp_path) as desk:
        await open_form(desk, "n")
        field = form_of(desk).focused
        assert field is not None
        field.post_message(Paste("ssh ops@db.example.org -p 2222 -J gate -N\n"))
        await desk.until(lambda: box(desk, "user").text == "ops", "it is taken apart")
        texts = form_of(desk).texts
        assert (texts["name"], texts["host"], texts["port"], texts["jump"]) == (
            "db.example.org", "db.example.org", "2222", "gate",
        )  # fmt: skip
        assert said(desk) == "taken from the line; left out: -N"


async def test_an_entry_is_edited_merged_deleted_and_comes_back(tmp_path: Path) -> None:
    async with running_browser(tmp_path) as desk:
        file = desk.paths.machines_file
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(OWN)
        await desk.press("ctrl+r")
        await desk.until(lambda: "cellar" in desk.names, "the own machines are there")
        desk.panel.view.select("cellar")
        await open_form(desk, "e")
        assert box(desk, "host").text == "10.0.0.7"
        box(desk, "user").text = "ops"
        file.write_text(OWN.replace("port = 2222", "port = 2200"))
        await desk.press("ctrl+s")
        await closed(desk)
        text = file.read_text()
        assert "# the one in the cellar" in text and "# moved in spring" in text
        assert "port = 2200" in text and 'user = "ops"' in text, "both changes are there"
        assert file.with_name("machines.toml~").read_text() == OWN.replace("port = 2222", "port = 2200")

        await open_form(desk, "e")
        box(desk, "user").text = "me"
        file.write_text(text.replace('"ops"', '"them"'))
        await desk.press("ctrl+s")
        await desk.until(lambda: isinstance(desk.app.screen, ConflictDialog), "both changed one field")
        await desk.until(lambda: "them" in desk.shown, "both versions are shown")
        await desk.press("t")
        await desk.until(lambda: isinstance(desk.app.screen, MachineForm), "back in the form")
        assert box(desk, "user").text == "them"
        box(desk, "user").text = "us"
        await desk.press("ctrl+s")
        await closed(desk)
        await desk.until(lambda: desk.machine("cellar").user == "us", "it is saved")

        await desk.press("delete")
        await desk.until(lambda: isinstance(desk.app.screen, DeleteDialog), "deleting asks")
        await desk.press("n")
        await closed(desk)
        assert "cellar" in file.read_text()
        await desk.press("delete")
        await desk.until(lambda: isinstance(desk.app.screen, DeleteDialog), "deleting asks")
        await desk.press("y")
        await desk.until(lambda: "cellar" not in desk.names, "it is gone")
        await desk.press("ctrl+z")
        await desk.until(lambda: "cellar" in desk.names, "and back")
        assert "# the one in the cellar" in file.read_text()


async def test_what_another_source_names_is_annotated_and_not_deleted(tmp_path: Path) -> None:
    async with running_browser(tmp_path, size=(40, 10)) as desk:
        desk.panel.view.select("web-2")
        await open_form(desk, "e")
        box(desk, "tags").text, box(desk, "notes").text, box(desk, "colour").text = "blue", "ask Ann\nfirst", "#d08770"
        await desk.press("ctrl+s")
        await closed(desk)
        await desk.until(lambda: desk.machine("web-2").tags == ("blue",), "the tag is there")
        machine = desk.machine("web-2")
        assert (machine.notes, machine.colour, machine.sources) == ("ask Ann\nfirst", "#d08770", ("ssh_config",))
        await desk.press("delete")
        await desk.until(lambda: "is not Mooring's own" in desk.app.main_screen.status.message, "where it comes from")
        await open_form(desk, "e")
        for name in ("tags", "notes", "colour"):
            box(desk, name).text = ""
        await desk.press("ctrl+s")
        await closed(desk)
        await desk.until(lambda: not desk.machine("web-2").tags, "all is taken away")
        assert desk.paths.annotations_file.read_text() == ""
