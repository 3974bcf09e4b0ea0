"""asyncio's word on writes to a socket that is gone: said once for each write, and a copy has many on their way."""

from __future__ import annotations

import logging


def leave_out_vain_sends() -> None:
    """Keep it out of this process's log: the loss itself is an error of ours, and told."""
    logging.getLogger("asyncio").addFilter(_is_news)


def _is_news(record: logging.LogRecord) -> bool:
    return record.msg != "socket.send() raised exception."
