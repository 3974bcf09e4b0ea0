"""One session in a tab: its terminal, and what is shown before, between and after."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.events import Key
from textual.geometry import Size
from textual.message import Message
from textual.timer import Timer

from mooring.model.machine import Machine
from mooring.model.prompts import Question
from mooring.model.recording import RecordingState
from mooring.model.terminal import TerminalSize
from mooring.session import Session, SessionState
from mooring.ui.sessions.broadcast.session_terminal import Others, SessionTerminal
from mooring.ui.sessions.end_pane import EndPane
from mooring.ui.sessions.outage_bar import OutageBar
from mooring.ui.sessions.pane_focus import PaneFocus
from mooring.ui.sessions.session_cover import SessionCover
from mooring.ui.sessions.session_facts import facts_of
from mooring.ui.sessions.window_title import SETTLING_SECONDS, title_beside
from mooring.ui.settings.in_force import SettingsInForce
from mooring_widgets.session_tabs import TabItem, TabState
from mooring_widgets.terminal import PalettePolicy, TerminalView
from mooring_widgets.terminal.copy_mode.sign import CopyModeSign
from mooring_widgets.terminal.search.search_bar import SearchBar
from mooring_widgets.terminal.selection import word_pattern

OpenSession = Callable[[Machine, TerminalSize], Session]


class SessionPane(Container):
    """The terminal lies below; questions and failures lie over it while there is nothing to be read in it."""

    @dataclass
    class Changed(Message):
        """State, facts or marks are new."""

        pane: SessionPane

    @dataclass
    class RecordingChanged(Message):
        """Its recording began, ended or failed; `before` is what there was."""

        pane: SessionPane
        before: RecordingState | None

    @dataclass
    class FocusChanged(Message):
        """The keys came to this pane, or left it."""

        pane: SessionPane
        has_focus: bool

    @dataclass
    class ClipboardWanted(Message):
        """Text for the clipboard: the remote program asked for it (OSC 52)."""

        pane: SessionPane
        text: str

    def __init__(
        self,
        machine: Machine,
        settings: SettingsInForce,
        open_session: OpenSession,
        *,
        ssh_available: bool,
    ) -> None:
        super().__init__()
        self.machine = machine
        self.session: Session | None = None
        self.has_news = False
        self.has_rung = False
        self.program_title = ""
        self._recording: RecordingState | None = None
        self._settling_title: Timer | None = None
        self._settings = settings
        self._open_session = open_session
        self._ssh_available = ssh_available
        self._over = SessionCover(machine.notes)
        self._opened = False
        # Made here and not in `compose`: output has to find it without a search.
        self.terminal = SessionTerminal(
            scrollback_lines=settings.now.scrollback_lines,
            scrollback_bytes=settings.now.scrollback_bytes,
        )
        self._focus = PaneFocus(self, self.terminal, self.take_focus)
        self._search_bar = SearchBar(self.terminal)
        self._copy_sign = CopyModeSign()
        self._outage_bar = OutageBar(lambda action: settings.keymap.where(action))
        self.follow_settings()

    def compose(self) -> ComposeResult:
        """Terminal, the bar below it, and the cover above both."""
        yield self.terminal
        yield EndPane()
        yield self._search_bar
        yield self._copy_sign
        yield self._outage_bar
        yield self._over

    # What its tab asks and tells.

    @property
    def is_live(self) -> bool:
        """Whether the session is connecting or open."""
        return self.session is not None and self.session.is_live

    @property
    def is_at_stake(self) -> bool:
        """Whether closing ends something: a shell, or the way back to one."""
        return self.state in (TabState.OPEN, TabState.RECONNECTING)

    @property
    def state(self) -> TabState:
        """What goes on in this tab."""
        if self._over.is_asking:
            return TabState.QUESTION
        if self.session is None:
            return TabState.CONNECTING
        return {
            SessionState.CONNECTING: TabState.CONNECTING,
            SessionState.OPEN: TabState.OPEN,
            SessionState.RECONNECTING: TabState.RECONNECTING,
            SessionState.ENDED: TabState.ENDED,
            SessionState.FAILED: TabState.FAILED,
        }[self.session.state]

    @property
    def _is_silent(self) -> bool:
        return self.session is not None and self.session.is_silent

    def facts(self) -> Content:
        """What the footer shows at its right edge."""
        return facts_of(self.session) if self.session is not None else Content("")

    def item(self) -> TabItem:
        """What the row of tabs and a divided tab show of it."""
        return TabItem(
            key=self.machine.name,
            title=self.machine.name,
            detail=self.program_title,
            state=TabState.SILENT if self.state is TabState.OPEN and self._is_silent else self.state,
            colour=self.machine.colour,
            guard=self.machine.guard,
            unseen=self.has_news,
            bell=self.has_rung,
            receives=self.terminal.others is not None,
            recorded=self.session is not None and self.session.is_recorded,
        )

    def set_active(self, active: bool, *, has_keys: bool) -> None:
        """Whether this session is one that is looked at, and the one of its tab that keys are for."""
        self._focus.is_active, self._focus.has_keys = active, has_keys
        if active:
            self.has_news = self.has_rung = False

    def take_focus(self) -> None:
        """Give the keys to what wants them: a question, what comes next, or the terminal."""
        if self._over.is_asking:
            self._over.take_focus()
        elif self._search_bar.is_open:
            self._search_bar.take_focus()
        elif self.session is not None and not self.session.is_live and not self.terminal.look_back.is_copying:
            self.screen.set_focus(self.query_one(EndPane))
        else:
            self.screen.set_focus(self.terminal)

    def search(self) -> None:
        """Have the person asked what to search the text for, if there is any."""
        if self._opened:
            self._search_bar.open()

    def begin_copying(self) -> None:
        """Let keys walk over the text, if there is any."""
        if self._opened:
            self.terminal.begin_copying()
            self.take_focus()

    def begin(self, size: Size) -> None:
        """Begin the session before it is seen, on a terminal of this size."""
        if self.session is None:
            self.terminal.emulator.resize(size.width, size.height)
            self._start(TerminalSize(size.width, size.height))

    def reconnect(self) -> None:
        """Connect again in this tab, with the scrollback kept; one that is open, where it does not answer any more."""
        if self.session is not None and self.session.is_live:
            self.session.reconnect_now()
        else:
            self.begin_again()

    def begin_again(self) -> None:
        """Leave the session there was to its end, and connect again in this tab."""
        if self.session is None:
            return
        self._opened = False
        self.terminal.revive()
        self._focus.keep_inside()
        self._start(self.session.size)

    def send_key(self, key: str) -> None:
        """Send a key to the remote side that is otherwise ours."""
        self.terminal.type_key(Key(key, None))

    def set_receiving(self, others: Others | None) -> None:
        """Have what is typed here typed in others too, or in this session alone."""
        self.terminal.others = others
        self.post_message(self.Changed(self))

    def follow_settings(self) -> None:
        """Take what the settings say now; the scrollback has the size that it began with."""
        now, keymap, terminal = self._settings.now, self._settings.keymap, self.terminal
        terminal.reserved_keys = frozenset(keymap.reserved)
        terminal.set_scroll_keys(keymap.scroll)
        terminal.word_pattern = word_pattern(now.word_characters)
        terminal.holds_pastes = now.confirm_paste
        if terminal.palette is not (palette := PalettePolicy(now.palette)):
            terminal.palette = palette

    def hang_up(self) -> None:
        """End the session, if it lives."""
        if self.session is not None:
            self.session.close()

    def on_descendant_focus(self) -> None:
        """A click brings the keys here, too."""
        self.post_message(self.FocusChanged(self, True))

    def on_descendant_blur(self) -> None:
        """They went elsewhere."""
        self.post_message(self.FocusChanged(self, False))

    # What the engine tells.

    def session_changed(self) -> None:
        """State or step are new."""
        session = self.session
        if session is None:
            return
        match session.state:
            case SessionState.CONNECTING:
                self._over.show_progress(session)
            case SessionState.OPEN:
                self._opened = True
            case SessionState.RECONNECTING:
                self.has_news = not self._focus.is_active
            case SessionState.ENDED | SessionState.FAILED:
                self._show_end(session)
                self.has_news = not self._focus.is_active
        self._outage_bar.follow(session)
        if session.recording != self._recording:
            before, self._recording = self._recording, session.recording
            # In a turn of its own: what is posted while the deck acts would not go further than to the deck.
            self.call_later(self._tell_recording, before)
        self._arrange()
        self.post_message(self.Changed(self))

    def output(self, data: bytes) -> None:
        """The remote program wrote something."""
        self.terminal.feed(data)
        if not self._focus.is_active and not self.has_news:
            self.has_news = True
            self.post_message(self.Changed(self))

    async def ask(self, question_id: int, question: Question) -> None:
        """Put a question into this tab."""
        await self._over.ask(question_id, question)
        self._arrange()
        self._focus.settle()
        self.post_message(self.Changed(self))

    async def withdraw(self, question_id: int) -> None:
        """A question was answered or has lapsed: its card goes."""
        card = self._over.take_out(question_id)
        if card is None:
            return
        self._focus.keep_inside()
        await card.remove()
        self._arrange()
        self.post_message(self.Changed(self))

    # What the terminal tells.

    def on_terminal_view_resized(self, event: TerminalView.Resized) -> None:
        """The first size opens the session, each further one is told to the remote side."""
        event.stop()
        size = TerminalSize(event.columns, event.lines)
        if self.session is None:
            self._start(size)
        else:
            self.session.resize(size)

    def on_terminal_view_input(self, event: TerminalView.Input) -> None:
        """Keys, mouse, paste and replies go to the remote side.

        Before there is a shell they are dropped, as ssh drops them: a password typed ahead of its prompt would else
        end up in the shell. While a lost one is made again they say that somebody waits, and no more.
        """
        event.stop()
        if self.session is not None and self.session.state is SessionState.OPEN:
            self.session.send(event.data)
        elif self.session is not None and self.session.state is SessionState.RECONNECTING:
            self.session.reconnect_now()

    def on_terminal_view_consumed(self, event: TerminalView.Consumed) -> None:
        """As much output may follow."""
        event.stop()
        if self.session is not None:
            self.session.consumed(event.count)

    def on_terminal_view_copying_changed(self, event: TerminalView.CopyingChanged) -> None:
        """Show where the cursor of copy mode is; when it is left, the keys are for what they were for before."""
        event.stop()
        self._copy_sign.show(event.status)
        if event.status is None:
            self._focus.settle()
        self.post_message(self.Changed(self))

    def on_search_bar_closed(self, event: SearchBar.Closed) -> None:
        """The keys are for the terminal again."""
        event.stop()
        self.take_focus()

    def on_terminal_view_bell_rang(self, event: TerminalView.BellRang) -> None:
        """Mark the tab, unless it is looked at."""
        event.stop()
        if not self._focus.is_active:
            self.has_rung = True
            self.post_message(self.Changed(self))

    def on_terminal_view_title_changed(self, event: TerminalView.TitleChanged) -> None:
        """Show the program's title once it stands."""
        event.stop()
        if self._settling_title is not None:
            self._settling_title.stop()
        self._settling_title = self.set_timer(SETTLING_SECONDS, partial(self._show_title, event.title))

    def on_terminal_view_clipboard_requested(self, event: TerminalView.ClipboardRequested) -> None:
        """Only the tab that is looked at may write to the clipboard, and only where the settings let it."""
        event.stop()
        if self._focus.is_active and self._settings.now.clipboard_writes:
            self.post_message(self.ClipboardWanted(self, event.text))

    # Inner parts.

    def _start(self, size: TerminalSize) -> None:
        self.session = self._open_session(self.machine, size)
        self.session_changed()

    def _tell_recording(self, before: RecordingState | None) -> None:
        self.post_message(self.RecordingChanged(self, before))

    def _show_title(self, title: str) -> None:
        self.program_title = title_beside(title, self.machine.name)
        self.post_message(self.Changed(self))

    def _show_end(self, session: Session) -> None:
        self.query_one(EndPane).show(session, opened=self._opened, ssh_available=self._ssh_available)
        if self._opened:
            self.terminal.finish("")

    def _arrange(self) -> None:
        """Show what the state wants: cover, bar or terminal alone."""
        session = self.session
        over = session is not None and not session.is_live
        has_question = self._over.is_asking
        connecting = session is None or session.state is SessionState.CONNECTING
        self.set_class(over, "-over")
        self.set_class(has_question or connecting, "-covered")
        self.set_class(has_question, "-asking")
        self.call_after_refresh(self._focus.settle)
