"""Copies, pastes and links of sessions: what a person or a remote program asks for, as far as the settings let it."""

from __future__ import annotations

import asyncio
import os
from functools import partial
from typing import Any

from textual.screen import Screen

from mooring.desktop import can_be_opened, find_opener, open_address
from mooring.model.errors import DesktopError
from mooring.model.machine import Machine
from mooring.ui.dialogs.open_link import OpenLinkDialog
from mooring.ui.dialogs.paste import PasteDialog
from mooring.ui.exchange.copying import Copier
from mooring.ui.notice import Notice, Say
from mooring.ui.settings.in_force import SettingsInForce
from mooring_widgets.terminal import Link, TerminalView


class Exchange:
    """Acts for the active session; dialogs go over `screen`, what there is to say goes to `say`."""

    def __init__(self, screen: Screen[Any], settings: SettingsInForce, copier: Copier, say: Say) -> None:
        self._screen = screen
        self._settings = settings
        self._copier = copier
        self._say = say

    def copy(self, text: str) -> None:
        """Put text on the clipboard, and say so; "" stands for more than can be copied."""
        if text:
            self._copier.copy(text)
        else:
            self._say(Notice("not copied: that is too much at once", is_warning=True))

    def follow(self, link: Link, *, wants_opening: bool = False) -> None:
        """Copy the address of a link or open it, by the settings; `wants_opening` says that opening was asked for.

        An address that does not stand in the text as it is, is asked about before it is opened.
        """
        if not (wants_opening or self._settings.now.link_action == "open"):
            self.copy(link.address)
        elif not can_be_opened(link.address):
            self.copy(link.address)
            self._say(Notice(f"copied, not opened, since it is no web or mail address: {link.address}"))
        elif link.is_plain:
            self._open(link.address)
        else:
            dialog = OpenLinkDialog(link.text, link.address)
            self._screen.app.push_screen(dialog, partial(self._open_if, link.address))

    def ask_about_paste(self, view: TerminalView, text: str, machine: Machine | None) -> None:
        """Paste what would press enter, if that is meant."""
        name = machine.name if machine is not None else "this session"
        dialog = PasteDialog(text, name, guarded=machine is not None and machine.guard)
        self._screen.app.push_screen(dialog, partial(self._paste_if, view, text))

    def _paste_if(self, view: TerminalView, text: str, meant: bool | None) -> None:
        if meant and view.is_attached:
            view.paste(text)

    def _open_if(self, address: str, meant: bool | None) -> None:
        if meant:
            self._open(address)

    def _open(self, address: str) -> None:
        self._screen.run_worker(self._open_address(address), group="open address", name="open an address")

    async def _open_address(self, address: str) -> None:
        opener = await asyncio.to_thread(find_opener, os.environ)
        if opener is None:
            self.copy(address)
            return
        self._say(Notice(f"opening {address}"))
        try:
            await open_address(opener, address)
        except DesktopError as error:
            self._say(Notice(error.message, is_warning=True))
