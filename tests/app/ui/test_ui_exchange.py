"""Copies, pastes and links in the application: what is asked, what is said, and what is done."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Static

from mooring.desktop import ClipboardProgram
from mooring.store import Settings
from mooring.ui import MooringApp, Services
from mooring.ui.dialogs.open_link import OpenLinkDialog
from mooring.ui.dialogs.paste import PasteDialog
from mooring.ui.exchange.copying import copied
from mooring_widgets.terminal import Link, TerminalView
from mooring_widgets.terminal.place import Place
from support.given_machines import given
from support.pictured_fleet import FLEET


@asynccontextmanager
async def running(
    settings: Settings, clipboard: ClipboardProgram | None = None
) -> AsyncIterator[tuple[MooringApp, Pilot[None]]]:
    app = MooringApp(
        Services(sources=given(FLEET), settings=settings, find_ssh=lambda: None, find_clipboard=lambda: clipboard)
    )
    async with app.run_test(size=(100, 24)) as pilot:
        await app.workers.wait_for_complete()
        yield app, pilot


def link(text: str, address: str) -> Link:
    """A link somewhere."""
    return Link(address, text, Place(0, 0), Place(0, 9))


def words(screen: Screen[bool]) -> str:
    """What a dialog says."""
    return "\n".join(str(part.content) for part in screen.query(Static))


@pytest.mark.parametrize("copy_to", ["both", "terminal", "desktop"])
async def test_a_copy_goes_where_the_settings_say(copy_to: str, tmp_path: Path) -> None:
    program = tmp_path / "clip"
    program.write_text(f"#!/bin/sh\ncat >{tmp_path}/got\n")
    program.chmod(0o755)
    settings = Settings(copy_to=copy_to)  # type: ignore[arg-type]
    async with running(settings, ClipboardProgram((str(program),))) as (app, pilot):
        app.main_screen.desks.exchange.copy("one\ntwo\n")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert app.main_screen.status.message == "copied 2 lines"
        assert app.clipboard == ("" if copy_to == "desktop" else "one\ntwo\n")
        assert (tmp_path / "got").exists() is (copy_to != "terminal")


async def test_what_could_not_be_copied_is_told() -> None:
    async with running(Settings(), ClipboardProgram(("false",))) as (app, pilot):
        app.main_screen.desks.exchange.copy("text")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert app.main_screen.status.message == "copied through the terminal alone: false failed with status 1"
    async with running(Settings()) as (app, pilot):
        app.main_screen.desks.exchange.copy("x" * 1024 * 1024 + "x")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert app.clipboard == ""
        assert app.main_screen.status.message == "not copied: there is no program for the desktop's clipboard"


def test_what_was_copied_is_told_in_few_words() -> None:
    assert copied("one") == "copied: one"
    assert copied("one\ntwo\nthree") == "copied 3 lines"
    assert len(copied("x" * 1000)) < 100


async def test_a_link_is_copied_and_opened_only_where_that_was_asked_for() -> None:
    async with running(Settings()) as (app, pilot):
        exchange, status = app.main_screen.desks.exchange, app.main_screen.status
        exchange.follow(link("here", "https://example.com/"))
        assert (app.clipboard, status.message) == ("https://example.com/", "copied: https://example.com/")
        exchange.follow(link("file:///etc/passwd", "file:///etc/passwd"), wants_opening=True)
        assert app.clipboard == "file:///etc/passwd"
        assert "copied, not opened" in status.message
        exchange.follow(link("https://bank.example/", "https://evil.example/\u202e"), wants_opening=True)
        assert "copied, not opened" in status.message
        exchange.follow(link("https://bank.example/", "https://evil.example/"), wants_opening=True)
        await pilot.pause()
        assert isinstance(app.screen, OpenLinkDialog)
        assert "https://evil.example/" in words(app.screen)
        assert "“https://bank.example/”" in words(app.screen)
        await pilot.press("enter")
        await pilot.pause()
        assert len(app.screen_stack) == 1
        assert app.clipboard.endswith("\u202e")


class Listening(TerminalView):
    """A view that keeps what was pasted."""

    pasted = ""

    def paste(self, text: str) -> None:
        """Keep it."""
        self.pasted += text


async def test_a_paste_that_would_press_enter_is_asked_about() -> None:
    async with running(Settings()) as (app, pilot):
        view = Listening()
        await app.main_screen.deck.details.mount(view)
        web = app.main_screen.browser.find("web-1")
        text = "rm -rf x\x1b[201~\r\n" + "".join(f"line {number}\n" for number in range(8))
        app.main_screen.desks.exchange.ask_about_paste(view, text, web)
        await pilot.pause()
        assert isinstance(app.screen, PasteDialog)
        assert "Paste 9 lines into ⚠ web-1?" in words(app.screen)
        assert "rm -rf x␛[201~\nline 0" in words(app.screen)
        assert "… and 3 more" in words(app.screen)
        await pilot.press("enter")
        await pilot.pause()
        assert view.pasted == "", "on a guarded machine enter means no"
        app.main_screen.desks.exchange.ask_about_paste(view, text, None)
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert view.pasted == text
