"""Output goes against credit, whole and in order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mooring.engine.credit import CreditedOutput
from mooring.engine.framing import FrameKind


@given(
    st.integers(min_value=0, max_value=50),
    st.lists(st.one_of(st.binary(max_size=30), st.integers(min_value=0, max_value=40))),
)
def test_what_goes_is_a_prefix_of_what_came_and_never_more_than_granted(credit: int, steps: list[bytes | int]) -> None:
    output = CreditedOutput(credit)
    came, gone, granted = b"", b"", credit
    for step in steps:
        if isinstance(step, int):
            output.grant(step)
            granted += step
        else:
            output.add(step)
            came += step
        gone += b"".join(data for _kind, data in output.take())
        assert gone == came[: min(len(came), granted)]
        assert output.waiting == len(came) - len(gone)
        assert output.blocked == (granted <= len(came))


def test_a_grant_lets_the_channel_go_on() -> None:
    output = CreditedOutput(4)
    output.add(b"abcdef")
    assert output.take() == [(FrameKind.OUTPUT, b"abcd")]
    assert output.blocked
    output.grant(10)
    assert output.take() == [(FrameKind.OUTPUT, b"ef")]
    assert not output.blocked


def test_standard_error_keeps_its_place_in_the_output() -> None:
    output = CreditedOutput(7)
    for data, kind in ((b"ab", FrameKind.OUTPUT), (b"cd", FrameKind.OUTPUT), (b"EF", FrameKind.ERROR)):
        output.add(data, kind)
    output.add(b"gh")
    assert output.take() == [(FrameKind.OUTPUT, b"abcd"), (FrameKind.ERROR, b"EF"), (FrameKind.OUTPUT, b"g")]
