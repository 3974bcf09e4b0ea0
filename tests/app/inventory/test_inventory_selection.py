"""Words that pick machines: what they mean, and that a slip picks nothing at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mooring.inventory import select
from mooring.inventory.terms import Field, Term, matcher, parse_terms
from mooring.model.errors import NothingSelectedError, UsageError
from mooring.model.machine import Machine, Target
from mooring.model.origin import Origin


def machine(name: str, *, groups: str = "", tags: str = "", user: str = "", driver: str = "") -> Machine:
    return Machine(
        name=name,
        sources=("mooring",) if not driver else ("mooring", "docker-machine"),
        origin=Origin("test"),
        target=Target(name),
        user=user,
        driver=driver,
        groups=tuple(groups.split()),
        tags=tuple(tags.split()),
    )


FLEET = (
    machine("db-1", groups="production", tags="db", user="postgres"),
    machine("Web-1", groups="production Frontend", tags="web"),
    machine("web-2", groups="staging", tags="web canary"),
    machine("web-10", groups="production", tags="web", driver="kvm"),
    machine("staging", tags="odd"),
    machine("[red]box"),
    machine("fe80::1"),
)


def picked(*patterns: str) -> list[str]:
    return [each.name for each in select(FLEET, patterns)]


def refusal(*patterns: str) -> NothingSelectedError:
    with pytest.raises(NothingSelectedError) as raised:
        select(FLEET, patterns)
    return raised.value


@pytest.mark.parametrize(
    ("patterns", "names"),
    [
        (("web-2",), ["web-2"]),
        (("WEB-1",), ["Web-1"]),
        (("production",), ["db-1", "Web-1", "web-10"]),
        (("PRODUCTION",), ["db-1", "Web-1", "web-10"]),
        # A machine of that name goes before the group.
        (("staging",), ["staging"]),
        (("group:staging",), ["web-2"]),
        (("web-*",), ["Web-1", "web-2", "web-10"]),
        (("web-?",), ["Web-1", "web-2"]),
        (("name:web-[0-9]*",), ["Web-1", "web-2", "web-10"]),
        # Brackets are a glob only where they are no name.
        (("[red]box",), ["[red]box"]),
        (("fe80::1",), ["fe80::1"]),
        (("tag:web",), ["Web-1", "web-2", "web-10"]),
        (("TAG:Web",), ["Web-1", "web-2", "web-10"]),
        (("tag:c*y",), ["web-2"]),
        (("driver:kvm",), ["web-10"]),
        (("source:docker-machine",), ["web-10"]),
        (("user:postgres",), ["db-1"]),
        (("tag:web production",), ["Web-1", "web-10"]),
        (("tag:web !production",), ["web-2"]),
        (("!tag:web production",), ["db-1"]),
        (("tag:web", "db-1", "tag:web"), ["db-1", "Web-1", "web-2", "web-10"]),
        (("production", "!web-10"), ["db-1", "Web-1"]),
        (("!web-*", "production"), ["db-1"]),
        (("!tag:web", "!*[0-9]"), ["staging", "[red]box"]),
        (("production", "!tag:nobody-has-it"), ["db-1", "Web-1", "web-10"]),
        ((), []),
    ],
)
def test_what_patterns_pick_in_the_order_of_the_machines(patterns: tuple[str, ...], names: list[str]) -> None:
    assert picked(*patterns) == names


@pytest.mark.parametrize(
    ("patterns", "said", "nearest"),
    [
        (("wbe-2",), "No machine or group fits `wbe-2`.", ("web-2",)),
        # One slip among many: nothing is done to the others either.
        (("web-2", "prodution"), "No machine or group fits `prodution`.", ("production",)),
        (("tag:wbe",), "No machine fits `tag:wbe`.", ("tag:web",)),
        (("tga:web",), "No machine or group fits `tga:web`.", ("tag:web",)),
        (("db-*x",), "No machine fits `db-*x`.", ("db-1",)),
        # A name that was to be left out and is not there would leave the right one in.
        (("production", "!wbe-10"), "No machine or group fits `!wbe-10`.", ("web-10", "Web-1")),
        (("tag:db tag:web",), "No machine fits all of `tag:db tag:web`.", ()),
        (("tag:db", "!db-1"), "Nothing is left of what `tag:db` and `!db-1` selects.", ()),
        (("nothing-like-it-anywhere",), "No machine or group fits `nothing-like-it-anywhere`.", ()),
    ],
)
def test_a_slip_picks_nothing_and_says_what_comes_near(
    patterns: tuple[str, ...], said: str, nearest: tuple[str, ...]
) -> None:
    error = refusal(*patterns)
    assert error.message == said
    assert error.nearest[: len(nearest)] == nearest
    assert (error.hint is None) == (not error.nearest)


@pytest.mark.parametrize("pattern", ["", "  ", "tag:", "!group:", "!", "web-2 tag:"])
def test_an_empty_variable_selects_nothing_instead_of_everything(pattern: str) -> None:
    with pytest.raises(UsageError):
        select(FLEET, ("db-1", pattern))


def test_a_state_is_asked_of_whoever_knows_it() -> None:
    up = select(FLEET, ["state:up"], state_of=lambda each: "up" if each.name == "db-1" else "refused")
    assert [each.name for each in up] == ["db-1"]
    with pytest.raises(UsageError, match="`state:` is not known here"):
        select(FLEET, ["state:up"])


def test_terms_are_cut_at_white_space_and_unknown_fields_are_words() -> None:
    assert parse_terms(" web !tag:a\tGroup:B*  x:y ! user: group:my\\ own") == (
        Term("web"),
        Term("a", Field.TAG, excludes=True),
        Term("B*", Field.GROUP),
        Term("x:y"),
        Term("", Field.USER),
        Term("my own", Field.GROUP),
    )


@given(st.text(st.characters(exclude_characters="*?[")), st.text(st.characters(exclude_characters="*?[")))
def test_without_a_glob_a_value_is_itself_without_regard_to_case(first: str, second: str) -> None:
    assert matcher(first)(first.swapcase()) == (first.casefold() == first.swapcase().casefold())
    assert matcher(first)(second) == (first.casefold() == second.casefold())
    assert matcher("*")(first)


@given(st.text(), st.text(max_size=30))
def test_no_value_raises_or_takes_long(value: str, text: str) -> None:
    assert matcher(value)(text) in (True, False)
    assert matcher("*a" * 30 + value)("a" * 200) in (True, False)
