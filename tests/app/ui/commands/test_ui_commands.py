"""The panel of saved commands: what is offered, typed, run apart, asked first, remembered and kept secret."""

from __future__ import annotations

from pathlib import Path

from textual.events import Key

from mooring.model.prompts import HostKeyQuestion
from mooring.ui.commands.run_form import RunForm
from mooring.ui.commands.run_view import RunView
from mooring.ui.keys import Area
from mooring.ui.screens.focus import area_of
from support.saved_commands import write_commands
from support.session_screens import Desk, running_desk
from support.still_engine import Reply


async def opened(desk: Desk) -> None:
    """Open the panel with the leader, and wait for the commands."""
    await desk.lead("c")
    await desk.until(lambda: desk.main.desks.command_panel.list.shown > 0, "the commands are listed")


async def asked(desk: Desk) -> None:
    """Wait for the form."""
    await desk.until(lambda: isinstance(desk.app.screen, RunForm), "the form is there")


def last_run(desk: Desk) -> RunView:
    """What ran last."""
    run = desk.main.desks.command_panel.runs.current
    assert run is not None
    return run


async def test_a_command_runs_apart_while_the_session_goes_on(tmp_path: Path) -> None:
    async with running_desk("web-1", folder=write_commands(tmp_path)) as desk:
        desk.engine.replies["web-1"] = Reply(b"\x1b[32m12:00 up\x1b[m 3 days\n", b"careful\n", 3)
        await opened(desk)
        await desk.press("slash", *"uptime", "enter")
        await desk.until(lambda: desk.main.desks.command_panel.runs.current is not None, "it runs")
        await desk.until(lambda: last_run(desk).result.exit is not None and not last_run(desk).is_live, "it ended")
        assert desk.engine.commands == [("web-1", "uptime")]
        assert last_run(desk).text == "12:00 up 3 days\ncareful"
        await desk.until(lambda: "web-1 · status 3 · 0 s" in desk.shown(), "how it ended")
        assert bytes(desk.engine.typed[1]) == b"", "the session got nothing of it"
        place = desk.main.desks.command_panel.list.get_option_index("disk free")
        await desk.pilot.click("CommandList", offset=(5, place))
        await desk.settled()
        assert desk.main.desks.command_panel.list.current_key == "disk free"
        await desk.pilot.click("CommandList", offset=(5, place))
        await asked(desk)
        await desk.press("escape", "w")
        await desk.fill(str(tmp_path / "out"))
        await desk.until(lambda: "written to" in desk.main.status.message, "it is written")
        assert (tmp_path / "out").read_bytes() == b"\x1b[32m12:00 up\x1b[m 3 days\ncareful\n"
        await desk.press("escape", "R", "escape")
        await desk.until(
            lambda: len(desk.engine.commands) == 1, "R is for the panel, and here the session has the keys"
        )
        assert bytes(desk.engine.typed[1]) == b"R\x1b"


async def test_values_are_checked_remembered_per_machine_and_shown_as_they_will_run(tmp_path: Path) -> None:
    async with running_desk("web-1", folder=write_commands(tmp_path)) as desk:
        await opened(desk)
        assert desk.main.desks.command_panel.current is not None
        assert desk.main.desks.command_panel.current.name == "restart service", "the machine's own come first"
        await desk.press("enter")
        await asked(desk)
        await desk.until(lambda: "reason: a value is needed" in desk.shown(), "what is missing")
        await desk.press("right", "enter", *"it hung")
        await desk.until(lambda: "systemctl restart 'app' && logger 'it hung'" in desk.shown(), "what will run")
        await desk.press("enter")
        await desk.until(lambda: bool(desk.engine.commands), "it runs")
        assert desk.engine.commands == [("web-1", "systemctl restart 'app' && logger 'it hung'")]
        assert isinstance(desk.app.screen, type(desk.main))
        await desk.until(lambda: (tmp_path / "commands.json").is_file(), "the values are kept")
        await desk.press("enter")
        await asked(desk)
        await desk.until(lambda: "systemctl restart 'app' && logger 'it hung'" in desk.shown(), "they are there again")


async def test_letters_typed_right_before_enter_are_in_what_runs(tmp_path: Path) -> None:
    async with running_desk("web-1", folder=write_commands(tmp_path)) as desk:
        await opened(desk)
        await desk.press("enter")
        await asked(desk)
        await desk.until(lambda: "reason: a value is needed" in desk.shown(), "what is missing")
        await desk.press("right", "tab")
        for key in (*"hung", "enter"):
            desk.app.post_message(Key(key, key if len(key) == 1 else None))
        await desk.until(lambda: bool(desk.engine.commands), "it runs")
        assert desk.engine.commands == [("web-1", "systemctl restart 'app' && logger 'hung'")]


async def test_a_secret_reaches_standard_input_alone(tmp_path: Path) -> None:
    async with running_desk("web-1", folder=write_commands(tmp_path)) as desk:
        await opened(desk)
        desk.main.desks.command_panel.list.go_to("unlock")
        await desk.press("t")
        await asked(desk)
        await desk.press(*"hush", "enter")
        await desk.until(lambda: "run it apart" in desk.shown(), "it can't be typed")
        await desk.press("escape", "enter")
        assert bytes(desk.engine.typed[1]) == b""
        await asked(desk)
        await desk.press(*"hush")
        assert "hush" not in desk.shown()
        await desk.press("enter")
        await desk.until(lambda: bool(desk.engine.commands), "it runs")
        await desk.until(lambda: not last_run(desk).is_live, "it ended")
        assert "hush" not in desk.engine.commands[0][1]
        assert [bytes(fed) for fed in desk.engine.inputs.values()] == [b"hush\n"]
        assert "hush" not in (tmp_path / "commands.json").read_text() if (tmp_path / "commands.json").exists() else True
        assert not any(job.secret_lines for job in last_run(desk).plan.jobs), "nothing of it is kept"


async def test_what_a_run_asks_is_asked_in_the_panel(tmp_path: Path) -> None:
    async with running_desk("web-1", folder=write_commands(tmp_path)) as desk:
        key = HostKeyQuestion("web-1", "web-1", "192.0.2.1", 22, "ED25519", "SHA256:AAAA", "")
        desk.engine.replies["web-1"] = Reply(b"up\n", asks=key)
        await opened(desk)
        desk.main.desks.command_panel.list.go_to("uptime")
        await desk.press("enter")
        await desk.until(lambda: area_of(desk.main.focused) is Area.QUESTION, "the keys are for the question")
        await desk.press("y")
        await desk.until(lambda: desk.engine.answers == [("yes",)], "it is answered")
        await desk.until(lambda: last_run(desk).text == "up" and not last_run(desk).is_live, "it went on")
        await desk.until(lambda: area_of(desk.main.focused) is Area.COMMANDS, "and they stay in the panel")


async def test_a_command_is_typed_with_and_without_enter(tmp_path: Path) -> None:
    async with running_desk("web-1", folder=write_commands(tmp_path)) as desk:
        await opened(desk)
        desk.main.desks.command_panel.list.go_to("uptime")
        await desk.press("t")
        await desk.until(lambda: bytes(desk.engine.typed[1]) == b"uptime", "it is typed")
        await opened(desk)
        await desk.press("T")
        await desk.until(lambda: bytes(desk.engine.typed[1]) == b"uptimeuptime\r", "it is typed, with enter")
        assert not desk.engine.commands


async def test_files_that_change_are_read_again_and_a_projects_commands_always_ask(tmp_path: Path) -> None:
    async with running_desk("web-1", folder=tmp_path / "none", project=tmp_path) as desk:
        await desk.lead("c")
        await desk.until(lambda: "No commands are saved yet" in desk.shown(), "it says how to make one")
        write_commands(tmp_path / ".mooring", '[[command]]\nname = "deploy"\ncommand = "make deploy"\n')
        await desk.until(lambda: "deploy ◆" in desk.shown(), "the project's command is there")
        await desk.press("down", "enter")
        await asked(desk)
        await desk.until(lambda: "it comes with the project" in desk.shown(), "whose it is")
        assert not desk.engine.commands
        await desk.press("escape")
        await desk.press("f")
        await desk.until(lambda: "★" in desk.shown(), "it is a favourite")


async def test_the_panel_folds_away_and_opens_over_the_middle_where_it_is_narrow(tmp_path: Path) -> None:
    async with running_desk("web-1", folder=write_commands(tmp_path), size=(80, 24)) as desk:
        await opened(desk)
        panel = desk.main.desks.command_panel
        assert panel.region.right == 80 and panel.region.width == 46
        await desk.press("escape")
        assert not panel.display and desk.main.focused is not None
        await desk.lead("c")
        assert panel.display
        await desk.press("c")
        assert not panel.display


async def test_beside_a_session_the_list_runs_commands_on_what_is_marked_in_it(tmp_path: Path) -> None:
    async with running_desk("web-1", folder=write_commands(tmp_path)) as desk:
        await opened(desk)
        await desk.press("escape")
        await desk.lead("m")
        for name in ("db-1", "web-2"):
            desk.main.panel.view.select(name)
            await desk.press("space")
        await desk.press("r", *"uptime")
        await desk.until(lambda: "2 marked: db-1,web-2" in desk.shown(), "whom it is for")
        await desk.press("enter")
        await asked(desk)
        assert {machine.name for machine in desk.main.desks.commands.machines} == {"db-1", "web-2"}
        await desk.press("escape", "escape")
        await desk.lead("c")
        assert [machine.name for machine in desk.main.desks.commands.machines] == ["web-1"], (
            "the session asks, and means its own"
        )


async def test_the_end_of_a_long_command_line_is_seen_while_it_is_typed(tmp_path: Path) -> None:
    async with running_desk("web-1", folder=write_commands(tmp_path)) as desk:
        await opened(desk)
        await desk.press("slash", *f"!echo {'on ' * 30}to-the-end")
        await desk.until(lambda: "on on to-the-end" in desk.shown(), "what is typed stands where it is typed")
