"""Runs on many machines in tabs: what is named first, how far they are, what they ask, and their answers."""

from __future__ import annotations

import errno
import json
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from textual.events import Key
from textual.widgets import Static

from mooring.fleet.history import RunHistory
from mooring.fleet.result import State
from mooring.model.errors import ConnectionRefusedByHostError
from mooring.model.prompts import HostKeyQuestion
from mooring.ui.commands.run_form import RunForm
from mooring.ui.fleet.answers_view import AnswersView
from mooring.ui.fleet.run_tab import RunTab
from mooring.ui.keys import Area
from mooring.ui.screens.focus import area_of
from support.saved_commands import web_machine, write_commands
from support.session_screens import Desk, running_desk
from support.still_engine import Reply, StillEngine

MACHINES = tuple(web_machine(number, guard=number == 2) for number in range(1, 13))
TEXT = b"".join(b"line %d at 12:00:%02d\n" % (number, number) for number in range(30))


def answers(engine: StillEngine) -> None:
    """Most say the same; one differs, one fails, one is not reached, one goes on and on."""
    engine.replies |= {machine.name: Reply(TEXT) for machine in MACHINES}
    engine.replies["web-07"] = Reply(TEXT.replace(b"line 20 at 12", b"line 20 at 13"))
    engine.replies["web-08"] = Reply(TEXT.replace(b"line 20", b"line twenty"))
    engine.replies["web-09"] = Reply(b"", b"no such file\n", 1)
    engine.replies["web-10"] = Reply(failure=ConnectionRefusedByHostError("web-10: refused", hop="web-10"))
    engine.replies["web-11"] = Reply(b"first\nsecond\n", status=None)


def tab_of(desk: Desk) -> RunTab:
    """The run that is looked at."""
    tab = desk.main.deck.active_tab
    assert isinstance(tab, RunTab)
    return tab


async def asked(desk: Desk) -> None:
    """Wait for the form."""
    await desk.until(lambda: isinstance(desk.app.screen, RunForm), "the form is there")


async def grouped(desk: Desk, words: str) -> None:
    """Wait for what the answers show."""
    await desk.until(lambda: tab_of(desk).record is not None and words in tab_of(desk).text, words)


async def test_a_run_on_many_machines_from_the_form_to_its_answers(tmp_path: Path) -> None:
    async with running_desk(folder=write_commands(tmp_path), machines=MACHINES) as desk:
        answers(desk.engine)
        await desk.press("a", "r")
        await desk.fill("!cat log")
        await asked(desk)
        assert "on 12 machines: web-[01-12]" in desk.shown() and "guarded: web-02" in desk.shown()
        await desk.press("enter")
        await desk.fill("web-2")
        assert not desk.engine.commands, "a guarded machine is named before anything is sent"
        await desk.fill("web-02")
        await desk.until(lambda: isinstance(desk.main.deck.active_tab, RunTab), "the tab is there")
        await desk.until(lambda: "second" in tab_of(desk).text, "what the last one says")
        await desk.until(lambda: "1  ● web-11  still running" in tab_of(desk).text, "who is waited for")
        await desk.until(lambda: "7  ✓ web-[01-06,12]" in tab_of(desk).text, "what the others said so far")
        assert "1  ✕ web-10  web-10: refused" in tab_of(desk).text
        assert area_of(desk.main.focused) is Area.RUN
        await desk.press("x")
        await grouped(desk, "7  ✓ web-[01-06,12]")
        assert area_of(desk.main.focused) is Area.ANSWERS
        record = tab_of(desk).record
        assert record is not None
        states = {result.machine: result.state for result in record.results}
        assert states["web-11"] is State.CANCELLED
        assert record.results[10].output.read() == b"first\nsecond\n", "what had come is kept"
        view = tab_of(desk).answers
        assert [group.machines for group in view.groups][:3] == [("web-07",), ("web-08",), ("web-09",)]
        await desk.press("d")
        await grouped(desk, "+line 20 at 13:00:20")
        await desk.press("t")
        await grouped(desk, "8  ✓ web-[01-07,12]")
        await grouped(desk, "+line twenty at")
        await desk.press("d")
        await grouped(desk, "| line twenty at")
        await desk.press("d", "b", "end")
        await grouped(desk, "line 2 at 12:00:02")
        assert view.machine_names == ("web-12",)
        await desk.press("slash")
        await desk.fill("no such")
        await grouped(desk, "web-09 error:1  no such file")
        await desk.press("escape", "w")
        await desk.fill(str(tmp_path / "all.json"))
        await desk.until(lambda: "written to" in desk.main.status.message, "it is written")
        exported = json.loads((tmp_path / "all.json").read_text())
        assert len(exported["machines"]) == 12
        desk.engine.replies |= {name: Reply(TEXT) for name in ("web-09", "web-10", "web-11")}
        await desk.press("f")
        await asked(desk)
        assert "on 3 machines: web-[09-11]" in desk.shown()
        await desk.press("enter")
        await grouped(desk, "3  ✓ web-[09-11]")
        await desk.press("H")
        await desk.until(lambda: "✕ 3 of 12" in desk.shown(), "both are kept")
        await desk.press("down", "enter")
        await grouped(desk, "7  ✓ web-[01-06,12]")
        assert not tab_of(desk).is_live


async def test_one_machine_first_and_the_others_once_it_is_confirmed(tmp_path: Path) -> None:
    machines = MACHINES[2:8]
    async with running_desk(folder=write_commands(tmp_path), machines=machines) as desk:
        answers(desk.engine)
        await desk.press("a", "r")
        await desk.fill("!uptime")
        await asked(desk)
        await desk.press("space", "enter")
        await desk.until(lambda: "Go on with the other 5" in desk.shown(), "it asks")
        assert [host for host, _command in desk.engine.commands] == ["web-03"]
        assert "line 3 at" in desk.shown(), "by what the first one said"
        await desk.press("y")
        await grouped(desk, "4  ✓ web-[03-06]")


async def test_questions_of_many_machines_are_one_list(tmp_path: Path) -> None:
    machines = MACHINES[2:5]
    key = HostKeyQuestion("web-03", "web-03", "192.0.2.3", 22, "ED25519", "SHA256:AAAA", "")
    async with running_desk(folder=write_commands(tmp_path), machines=machines) as desk:
        for machine in machines:
            asks = replace(key, hop=machine.name, host=machine.name)
            desk.engine.replies[machine.name] = Reply(b"up\n", asks=asks)
        await desk.press("a", "r")
        await desk.fill("!uptime")
        await asked(desk)
        await desk.press("enter")
        await desk.until(lambda: "3 host keys are not known yet" in desk.shown(), "they are asked about at once")
        for pressed, letter in (("down", None), ("space", " "), ("enter", "\r")):
            desk.app.post_message(Key(pressed, letter))
        await desk.until(lambda: len(desk.engine.answers) == 3, "each has its answer")
        assert sorted(answer[0] for answer in desk.engine.answers if answer) == ["no", "no", "yes"]
        await grouped(desk, "3  ✓ web-[03-05]")


async def test_the_notes_of_a_machine_stand_beside_its_question(tmp_path: Path) -> None:
    noted = replace(MACHINES[2], notes="It hangs in the safe.")
    async with running_desk(folder=write_commands(tmp_path), machines=(noted,)) as desk:
        question = HostKeyQuestion(noted.name, noted.name, "", 22, "ed25519", "SHA256:3", "")
        desk.engine.replies[noted.name] = Reply(b"ok\n", asks=question)
        await desk.press("r")
        await desk.fill("!uptime")
        await desk.until(lambda: bool(desk.main.query("QuestionCard .card--notes")), "it is asked, with notes")
        (notes,) = desk.main.query(".card--notes").results(Static)
        assert str(notes.render()) == "Notes: It hangs in the safe."


async def test_a_run_whose_tab_is_closed_ends_and_is_kept(tmp_path: Path) -> None:
    machines = MACHINES[2:4]
    async with running_desk(folder=write_commands(tmp_path), machines=machines) as desk:
        desk.engine.replies |= {machine.name: Reply(b"so far\n", status=None) for machine in machines}
        await desk.press("a", "r")
        await desk.fill("!sleep 100")
        await asked(desk)
        await desk.press("enter")
        await desk.until(lambda: "so far" in desk.shown(), "it goes on")
        await desk.lead("1")
        await desk.press("q")
        await desk.until(lambda: "This still goes on" in desk.shown(), "quitting asks")
        assert "the run of sleep 100" in desk.shown()
        await desk.press("escape")
        await desk.lead("2")
        await desk.lead("X")
        await desk.until(lambda: "This still goes on" in desk.shown(), "closing asks")
        await desk.press("y")
        history = RunHistory(tmp_path / "runs")
        await desk.until(lambda: bool(history.ids()), "it is kept")
        assert [result.output.read() for result in history.load().results] == [b"so far\n"] * 2
        assert not desk.main.deck.tabs


async def test_answers_are_grouped_while_machines_are_waited_for(tmp_path: Path) -> None:
    machines = MACHINES[2:10]
    async with running_desk(folder=write_commands(tmp_path), machines=machines) as desk:
        engine = desk.engine
        engine.replies |= {machine.name: Reply(TEXT * 10, status=None) for machine in machines}
        engine.replies["web-10"] = Reply(b"another\n", status=None)
        await desk.press("a", "r")
        await desk.fill("!cat log")
        await asked(desk)
        await desk.press("enter")
        await desk.until(lambda: len(engine.commands) == 8, "all of them run")
        await desk.until(lambda: "8  ● web-[03-10]  still running" in tab_of(desk).text, "nobody is through")

        def ends(name: str) -> None:
            engine.ends(next(session for session, host in engine.hosts.items() if host == name))

        ends("web-05")
        await desk.until(lambda: "1  ✓ web-05" in tab_of(desk).text, "the first is through")
        assert "7  ● web-[03-04,06-10]  still running" in tab_of(desk).text
        assert "running  line 29" in tab_of(desk).text, "what the others write is shown as before"
        await desk.press("down", "tab", *["down"] * 20)
        view = tab_of(desk).answers
        place = view.answer.lines.scroll_offset.y
        assert place == 20 and "line 20 at" in tab_of(desk).text
        for name in ("web-10", "web-04", "web-03"):
            ends(name)
            await desk.until(partial(has_ended, view, name), name)
        assert [group.machines for group in view.groups] == [("web-03", "web-04", "web-05"), ("web-10",)], (
            "as they came"
        )
        assert view.machine_names == ("web-03", "web-04", "web-05"), "the cursor stays with its group"
        await desk.until(lambda: "\nweb-[03-05]" in tab_of(desk).text, "the text says whose it is now")
        assert view.answer.lines.scroll_offset.y == place, "and stands where it was"
        await desk.press("slash")
        await desk.fill("another")
        await grouped_live(desk, "web-10:1  another")
        await desk.press("escape", "b")
        await grouped_live(desk, "● web-06  running")
        ends("web-06")
        await grouped_live(desk, "✓ web-06  done")
        await desk.press("escape", "down")
        for name in ("web-07", "web-08", "web-09"):
            ends(name)
        await desk.until(lambda: tab_of(desk).record is not None, "it is over")
        await grouped(desk, "7  ✓ web-[03-09]  most of them")
        assert [group.names for group in view.groups] == ["web-10", "web-[03-09]"], "the smallest is first"
        assert view.machine_names == view.groups[1].machines, "the cursor is where it was"


def has_ended(view: AnswersView, name: str) -> bool:
    """Whether a machine is in a group."""
    return any(name in group.machines for group in view.groups)


async def grouped_live(desk: Desk, words: str) -> None:
    """Wait for what the answers show while machines run."""
    await desk.until(lambda: tab_of(desk).is_live and words in tab_of(desk).text, words)


async def test_answers_of_a_run_that_cannot_be_kept_are_shown_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_things: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(RunHistory, "save", full)
    machines = MACHINES[2:4]
    async with running_desk(folder=write_commands(tmp_path), machines=machines) as desk:
        desk.engine.replies |= {machine.name: Reply(b"up 3 days\n") for machine in machines}
        await desk.press("a", "r")
        await desk.fill("!uptime")
        await asked(desk)
        await desk.press("enter")
        await desk.until(lambda: "the run can't be kept: No space left on device" in desk.shown(), "it says so")
        await desk.until(lambda: "2  ✓ web-[03-04]" in tab_of(desk).text, "who said what")
        await desk.until(lambda: "up 3 days" in tab_of(desk).text, "and what")
