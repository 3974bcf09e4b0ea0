"""One machine for one name, whoever names it, each value from the first who has it."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from mooring.inventory import natural_key
from mooring.inventory.merge import merge
from mooring.model.machine import Machine, OptionSetting, Target
from mooring.model.origin import Origin
from mooring.model.recording import RecordingFormat


def machine(source: str, name: str = "web", problem: str | None = None, **values: object) -> Machine:
    options = tuple(
        OptionSetting(keyword, str(value), Origin(source)) for keyword, value in values.items() if keyword[0].isupper()
    )
    given_user = values.get("user", "")
    return Machine(
        name=name,
        sources=(source,),
        origin=Origin(source),
        target=Target(name, options=options),
        user=str(given_user),
        groups=(source,) if source == "docker-machine" else (),
        tags=(source,),
        problem=problem,
    )


def settings(options: tuple[OptionSetting, ...]) -> list[str]:
    return [f"{option.origin}: {option}" for option in options]


def test_own_values_beat_ssh_config_and_the_store_falls_behind_it() -> None:
    own = machine("mooring", Port=1)
    config = machine("ssh_config", user="ops")
    store = machine("docker-machine", user="root", Port=2, HostName="a")
    (merged,) = merge([[own], [config], [store]])
    assert merged.sources == ("mooring", "ssh_config", "docker-machine")
    assert merged.origin == Origin("mooring")
    assert settings(merged.target.options) == ["mooring: Port=1"]
    assert settings(merged.target.fallbacks) == ["docker-machine: HostName=a"]
    assert (merged.user, merged.groups) == ("ops", ("docker-machine",))
    assert merged.tags == ("mooring", "ssh_config", "docker-machine")


def test_without_ssh_config_the_stores_values_are_options() -> None:
    own = machine("mooring", Port=1)
    store = machine("docker-machine", port=2, IdentityFile="/k")
    (merged,) = merge([[own], [], [store]])
    assert settings(merged.target.options) == ["mooring: Port=1", "docker-machine: IdentityFile=/k"]
    assert merged.target.fallbacks == ()


def test_a_keyword_hides_all_of_the_same_keyword_below_it() -> None:
    own = machine("mooring", IdentityFile="/own")
    store = machine("docker-machine", IdentityFile="/store", IdentitiesOnly="yes")
    (merged,) = merge([[own], [], [store]])
    assert settings(merged.target.options) == ["mooring: IdentityFile=/own", "docker-machine: IdentitiesOnly=yes"]


def test_a_problem_counts_where_it_is_the_first_that_names_the_machine() -> None:
    broken = machine("docker-machine", problem="config.json is missing", Port=3)
    (merged,) = merge([[], [machine("ssh_config")], [broken]])
    assert merged.problem is None
    assert merged.target.fallbacks == ()
    assert merged.warnings == ("docker-machine: config.json is missing",)
    (merged,) = merge([[machine("mooring", problem="wrong port")], [machine("ssh_config")], []])
    assert (merged.problem, merged.warnings) == ("wrong port", ())


def test_how_it_is_recorded_comes_from_the_first_who_says_so() -> None:
    silent, broken = machine("mooring"), machine("ssh_config", problem="wrong")
    text, cast = (
        replace(machine(form.value), record=form) for form in (RecordingFormat.TEXT, RecordingFormat.ASCIICAST)
    )
    for found, expected in (
        ([silent, text, cast], RecordingFormat.TEXT),
        ([cast, text], RecordingFormat.ASCIICAST),
        ([silent, replace(broken, record=RecordingFormat.TEXT)], None),
    ):
        (merged,) = merge([[each] for each in found])
        assert merged.record is expected


def test_machines_are_sorted_as_a_person_counts() -> None:
    names = ["web-10", "Web-9", "web-2", "db", "10", "9", "web-02", "web-2a", "0" * 5000 + "1"]
    merged = merge([[machine("mooring", name) for name in names]])
    assert [found.name for found in merged] == [
        "0" * 5000 + "1",
        "9",
        "10",
        "db",
        "web-02",
        "web-2",
        "web-2a",
        "Web-9",
        "web-10",
    ]


@given(st.lists(st.text(), unique=True))
def test_the_order_does_not_depend_on_where_it_began(names: list[str]) -> None:
    backwards = list(reversed(names))
    assert sorted(names, key=natural_key) == sorted(backwards, key=natural_key)


@given(st.text(), st.integers(0, 10**30), st.integers(0, 10**30), st.text())
def test_numbers_compare_by_value(before: str, first: int, second: int, after: str) -> None:
    if before[-1:].isdigit() or after[:1].isdigit() or first == second:
        return
    ordered = natural_key(f"{before}{first}{after}") < natural_key(f"{before}{second}{after}")
    assert ordered == (first < second)
