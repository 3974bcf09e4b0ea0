"""What SOCKS clients say, byte by byte, and what nobody should say."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mooring.ssh.remote_socks import PermittedDestinations
from mooring.ssh.socks_request import Destination, SocksError, read_request

PORT = (8080).to_bytes(2, "big")
GRANTED_4 = b"\x00\x5a" + bytes(6)
GRANTED_5 = b"\x05\x00\x05\x00\x00\x01" + bytes(6)


async def read(data: bytes) -> tuple[Destination, bytes, bytes]:
    """The destination, the answers in all, and what was left unread."""
    reader = asyncio.StreamReader()
    reader.feed_data(data)
    reader.feed_eof()
    answers = bytearray()
    request = await read_request(reader, answers.extend)
    return request.destination, bytes(answers) + request.granted, await reader.read()


@pytest.mark.parametrize(
    ("request_bytes", "host", "answer"),
    [
        (b"\x04\x01" + PORT + bytes((192, 0, 2, 7)) + b"me\0", "192.0.2.7", GRANTED_4),
        (b"\x04\x01" + PORT + bytes(4) + b"\0", "0.0.0.0", GRANTED_4),
        (b"\x04\x01" + PORT + bytes((0, 0, 0, 1)) + b"me\0web.example\0", "web.example", GRANTED_4),
        (b"\x05\x01\x00\x05\x01\x00\x01" + bytes((192, 0, 2, 7)) + PORT, "192.0.2.7", GRANTED_5),
        (b"\x05\x02\x02\x00\x05\x01\x00\x03\x0bweb.example" + PORT, "web.example", GRANTED_5),
        (b"\x05\x01\x00\x05\x01\x00\x04" + bytes(15) + b"\x01" + PORT, "::1", GRANTED_5),
    ],
)
async def test_a_request_is_read_to_its_last_byte_and_no_further(
    request_bytes: bytes, host: str, answer: bytes
) -> None:
    assert await read(request_bytes + b"GET /") == (Destination(host, 8080), answer, b"GET /")


@pytest.mark.parametrize(
    "request_bytes",
    [
        b"GET / HTTP/1.0\r\n\r\n",
        b"\x04\x02" + PORT + bytes((192, 0, 2, 7)) + b"\0",
        b"\x04\x01" + PORT + bytes((192, 0, 2, 7)) + b"x" * 300 + b"\0",
        b"\x04\x01" + PORT + bytes((0, 0, 0, 1)) + b"\0\0",
        b"\x05\x01\x02",
        b"\x05\x01\x00\x05\x02\x00\x01" + bytes(4) + PORT,
        b"\x05\x01\x00\x05\x01\x00\x02" + bytes(4) + PORT,
        b"\x05\x01\x00\x05\x01\x00\x03\x03a\0b" + PORT,
    ],
)
async def test_what_is_not_served(request_bytes: bytes) -> None:
    with pytest.raises(SocksError):
        await read(request_bytes)


@given(st.binary(max_size=64) | st.binary(max_size=40).map(lambda rest: b"\x05\x01\x00\x05\x01\x00" + rest))
def test_any_bytes_end_in_one_of_three_ways(data: bytes) -> None:
    try:
        destination, _answers, rest = asyncio.run(read(data))
    except (SocksError, asyncio.IncompleteReadError):
        return
    assert destination.host
    assert data.endswith(rest)


@pytest.mark.parametrize(
    ("words", "permitted"),
    [
        (("any",), True),
        (("none",), False),
        (("web:80",), True),
        (("web:81",), False),
        (("web:*",), True),
        (("*:80",), True),
        (("db:80", "web:80"), True),
        (("WEB:80",), False),
    ],
)
def test_permit_remote_open(words: tuple[str, ...], *, permitted: bool) -> None:
    assert PermittedDestinations(words).permits(Destination("web", 80)) == permitted
