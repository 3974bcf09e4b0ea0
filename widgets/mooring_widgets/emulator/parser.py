"""From bytes to calls: one regular expression for what is well formed, a state machine for the rest."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mooring_widgets.emulator.blocks import LEAST_LINES, PLAIN_LINES, BlockWriter
from mooring_widgets.emulator.decoding import Decoder
from mooring_widgets.emulator.dispatch import Dispatcher
from mooring_widgets.emulator.machine import Machine

if TYPE_CHECKING:
    from mooring_widgets.emulator.screen import Screen

SLICE = 65536
"""Bytes decoded at a time, so that a big chunk makes no big intermediate lists."""

SMALLEST_WINDOW = 256
"""Characters tokenised at once after the state machine was needed, lest a flood of such be read again and again."""

TOKEN = re.compile(
    r"[^\x00-\x1f\x7f-\x9f]+"  # text
    r"|\x1b\[[0-?]*[ -/]*[@-~]"  # a control sequence
    r"|\r\n"
    r"|[\x00-\x1a\x1c-\x1f\x7f]"  # one control
    r"|\x1b[ -/]*[0-OQ-WYZ\\`-~]"  # an escape sequence
    r"|\x1b\][^\x00-\x1f\x7f-\x9f]*(?:\x07|\x1b\\)"  # an operating system command
    r"|[\x80-\x8f\x91-\x97\x99\x9a\x9c]"  # one C1 control
    r"|[\x1b\x90\x98\x9b\x9d-\x9f][\s\S]*"  # anything else, with all that follows: for the state machine
)


class Parser:
    """Feeds a screen. Any division of the input into chunks gives the same calls."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._decoder = Decoder()
        self.dispatcher = Dispatcher(screen)
        self._blocks = BlockWriter(screen)
        self._machine = Machine(self.dispatcher, max(SLICE, screen.settings.clipboard_limit * 4 // 3 + 64))

    def feed(self, data: bytes) -> None:
        """Take bytes as they came."""
        view = memoryview(data)
        for start in range(0, len(data), SLICE):
            for text in self._decoder.decode(view[start : start + SLICE]):
                self._feed_text(text)

    def forget_encoding(self) -> None:
        """Take what follows for UTF-8."""
        self._decoder.reset()

    @property
    def unfinished(self) -> bytes:
        """The beginning of a sequence or character whose rest has not come yet."""
        return self._decoder.encode(self._machine.unfinished) + self._decoder.undecoded

    def _feed_text(self, text: str) -> None:
        machine = self._machine
        position = 0
        length = len(text)
        window = length
        while position < length:
            if machine.active:
                if position:
                    window = SMALLEST_WINDOW
                position = machine.run(text, position)
                continue
            end = min(position + window, length)
            window *= 2
            piece = text[position:end]
            if piece.count("\r\n") <= LEAST_LINES:
                position = end - self._run_tokens(piece)
            else:
                position = end - self._run_lines(piece)

    def _run_lines(self, text: str) -> int:
        """Carry out text of many lines: one by one until they scroll, then as a block; return how much is left over."""
        blocks = self._blocks
        start = 0
        for _ in range(self._screen.lines if blocks.possible else 0):
            if blocks.ready:
                break
            end = text.find("\r\n", start) + 2
            if end < 2:
                break
            left = self._run_tokens(text[start:end])
            if left:
                return left + len(text) - end
            start = end
        end = text.rfind("\r\n") + 2
        if not blocks.ready or text.count("\r\n", start, end) < LEAST_LINES:
            return self._run_tokens(text[start:])
        if blocks.take(text[start:end]):
            return len(text) - end
        return self._run_mixed(text[start:])

    def _run_mixed(self, text: str) -> int:
        """Carry out text of which some stretches may be plain lines; return how much is left over."""
        done = 0
        for match in PLAIN_LINES.finditer(text):
            left = self._run_tokens(text[done : match.start()])
            if left:
                return left + len(text) - match.start()
            done = match.end()
            for piece in self._blocks.pieces(match.group()):
                if not (self._blocks.ready and self._blocks.take(piece)):
                    self._run_tokens(piece)
        return self._run_tokens(text[done:])

    def _run_tokens(self, text: str) -> int:
        """Carry out tokens up to one that only the state machine understands; return how much is left over."""
        screen = self._screen
        printer = screen.printer
        draw = printer.draw
        compiled = self.dispatcher.compiled
        execute = self.dispatcher.execute
        last = printer.last
        for token in TOKEN.findall(text):
            if token >= " " and (token < "\x7f" or token >= "\xa0"):
                draw(token)
                last = token
                continue
            pen = screen.pen.following.get(token)
            if pen is not None:
                screen.pen = pen
                last = ""
                continue
            call = compiled.get(token)
            if call is not None:
                function, arguments = call
                function(*arguments)
                last = ""
                continue
            printer.last = last
            if not execute(token):
                self._machine.start()
                return len(token)
            last = ""
        printer.last = last
        return 0
