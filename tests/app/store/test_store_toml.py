"""TOML with line numbers: whatever the file holds, the answer is values or an error that names the place."""

from __future__ import annotations

import pytest
import tomlkit
from hypothesis import given
from hypothesis import strategies as st

from mooring.model.errors import ConfigError
from mooring.store.toml import key_lines, parse_toml

KEYS = st.sampled_from(["name", "host", "port", "notes", "a-b", "tags"])
VALUES = st.one_of(
    st.integers(-5, 70000),
    st.booleans(),
    st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=30),
    st.lists(st.text("ab#=[\"'", max_size=5), max_size=3),
)
ENTRIES = st.lists(st.dictionaries(KEYS, VALUES, min_size=1, max_size=4), min_size=1, max_size=4)


@given(ENTRIES)
def test_each_key_is_found_on_the_line_that_begins_with_it(entries: list[dict[str, object]]) -> None:
    tables = tomlkit.aot()
    for entry in entries:
        table = tomlkit.table()
        table.update(entry)
        tables.append(table)
    document = tomlkit.document()
    document["machine"] = tables
    text = tomlkit.dumps(document)
    assert parse_toml(text, "file") == {"machine": entries}
    lines = text.split("\n")
    found = key_lines(text)
    for index, entry in enumerate(entries):
        assert lines[found["machine", index] - 1] == "[[machine]]"
        for key in entry:
            assert lines[found["machine", index, key] - 1].startswith(f"{key} =")


def test_text_over_several_lines_holds_no_keys() -> None:
    text = 'a = """\nb = 1\n[c]\n"""\nd = \'\'\'x\ne = """\n\'\'\'\nf = 1\n'
    assert key_lines(text) == {("a",): 1, ("d",): 5, ("f",): 8}


@pytest.mark.parametrize(
    "value",
    [
        "[\"'''\"]",
        '\'"""\'',
        r'''"a\"b\\"  # [ """ ''',
        '[\n  ["a"],\n  [["b"]],\n  { c = 1 }, # ]\n]',
        '[\n  """x\n]\n[y]\nz = 1"""\n]',
        '{ a = "}", b = [1, 2] }',
        '"""a\\"""b\n[x]\n"""',
        '""',
        "''",
        '""""two quotes"""""',
    ],
)
def test_a_key_behind_any_value_is_found(value: str) -> None:
    text = f"first = {value}\nlast = 1\n"
    assert list(parse_toml(text, "file")) == ["first", "last"]
    assert key_lines(text) == {("first",): 1, ("last",): text.count("\n")}


def test_tables_inside_entries_belong_to_the_entry_above() -> None:
    text = "[[machine]]\n[machine.options]\nPort = 1\n[[machine]]\n[machine.options]\nPort = 2\n"
    lines = key_lines(text)
    assert lines["machine", 0, "options", "Port"] == 3
    assert lines["machine", 1, "options", "Port"] == 6


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a = 1\nb =\n", 2),
        ('a = 1\nb = "open\n', 2),
        ("a = 1\na = 2\n", 2),
        ('a = 1\n\nb = """open\n', 4),
        ("[a\n", 1),
        ("a = \x01\n", 1),
    ],
)
def test_a_slip_is_told_with_its_line(text: str, line: int) -> None:
    with pytest.raises(ConfigError) as raised:
        parse_toml(text, "file")
    assert (raised.value.origin.path, raised.value.origin.line) == ("file", line)


@pytest.mark.parametrize("text", ["a = " + "[" * 100_000, "a = " + "9" * 10_000])
def test_what_the_parser_itself_can_not_take_is_an_error_too(text: str) -> None:
    with pytest.raises(ConfigError):
        parse_toml(text, "file")


@given(st.text("[]machine=\"'\n# .{},1\\\t", max_size=60))
def test_no_text_raises_anything_else(text: str) -> None:
    try:
        values = parse_toml(text, "file")
    except ConfigError as error:
        assert error.message.startswith("not valid TOML: ")
    else:
        assert isinstance(values, dict)
    for line in key_lines(text).values():
        assert 1 <= line <= text.count("\n") + 1
