"""The dialog of forwards, and how forwards are typed and told."""

from __future__ import annotations

import pytest

from mooring.model.errors import UsageError
from mooring.model.forward_report import ForwardReport, ForwardState
from mooring.model.forward_specification import ForwardSpecification
from mooring.ui.forwards.forward_lines import forward_line
from mooring.ui.forwards.forwards_dialog import ForwardsDialog
from mooring.ui.forwards.typed_forward import read_typed_forward
from support.session_screens import running_desk


async def test_forwards_are_added_and_removed_over_the_session() -> None:
    async with running_desk("web-1") as desk:
        await desk.lead("f")
        assert isinstance(desk.app.screen, ForwardsDialog)
        await desk.until(lambda: "Nothing is forwarded yet." in desk.shown(), "it is asked for")
        await desk.press(*"8080", "enter")
        assert "! That is no forward: it is written like 8080:localhost:80." in desk.shown()
        await desk.press(*":localhost:80", "enter")
        await desk.until(lambda: "● L 8080 → localhost:80" in desk.shown(), "it is listed")
        await desk.press(*"D 1080", "enter")
        await desk.until(lambda: "● D 1080  SOCKS" in desk.shown(), "it is listed")
        await desk.press(*"22:localhost:22", "enter")
        await desk.until(lambda: "Address already in use (sshd has port 22)" in desk.shown(), "it is said")
        await desk.press("down", "ctrl+d")
        await desk.until(lambda: "SOCKS" not in desk.shown(), "it is gone")
        await desk.press("escape")
        assert "2 forwards · ● open" in desk.shown()
        assert [each.specification.listen_port for each in desk.engine.forwarded] == [8080]


@pytest.mark.parametrize(
    ("text", "listen", "connect", "remote"),
    [
        ("8080:localhost:80", "8080", "[localhost]:80", False),
        ("-L 0.0.0.0:8080:db:5432", "[0.0.0.0]:8080", "[db]:5432", False),
        ("-R9000:localhost:3000", "9000", "[localhost]:3000", True),
        ("R 0:localhost:3000", "0", "[localhost]:3000", True),
        ("R 1080", "1080", "", True),
        ("D 1080", "1080", "", False),
        ("L 5432:/run/postgres", "5432", "/run/postgres", False),
    ],
)
def test_what_is_typed_is_what_ssh_takes(text: str, listen: str, connect: str, remote: bool) -> None:
    specification, is_remote = read_typed_forward(text)
    assert (specification.listen, specification.connect, is_remote) == (listen, connect, remote)


@pytest.mark.parametrize("text", ["8080", "L 8080:", "D", "R x:y:z", "L 0:localhost:80", "hello"])
def test_what_ssh_refuses_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(UsageError, match="it is written like"):
        read_typed_forward(text)


def test_a_line_tells_where_it_leads_and_what_went_through_it() -> None:
    way = ForwardSpecification(listen_port=8080, connect_host="localhost", connect_port=80)
    report = ForwardReport(way, False, ForwardState.LISTENING, 8080, "", 2, 14, 1_234, 34_567_890)
    assert forward_line(report, 60) == "● L 8080 → localhost:80      2 open of 14  ↑ 1.2 KB  ↓ 33 MB"
    assert forward_line(report, 20) == "● L 8080 → localhos…"
    failed = ForwardReport(way, True, ForwardState.FAILED, reason="another program has port 8080")
    assert forward_line(failed, 70).startswith("✕ R 8080 → localhost:80  ")
    assert forward_line(failed, 32) == "✕ R 8080 → localhost:80\n  another program has port 8080"
