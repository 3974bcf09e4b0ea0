"""Changing entries while others change them too: nothing else moves, nobody's work is lost, and it can be undone."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mooring.model.errors import ConfigError, EditConflictError, UsageError
from mooring.store.entry_editor import EntryEditor, merge_fields
from mooring.store.entry_text import EntryText, Values
from mooring.store.toml import parse_toml

TEXT = """\
# My machines.\r
theme-of-nobody = "kept"   # and told as meaningless when it is read


# The first one.
[[machine]]
name = "web-1" # its name
host = "10.0.0.1"
tags = [
    "web",  # it serves
    "eu",
]

[machine.options]
# inside a table
ServerAliveInterval = 30

[[machine]]
name = "db-1"
notes = '''
[[machine]]
name = "not this"
'''


# About the end.
[[machine]]
name = "last"
port=22

[elsewhere]
key = 1"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "machines.toml"
    path.write_bytes(TEXT.encode())
    return path


@pytest.fixture
def editor(path: Path) -> EntryEditor:
    return EntryEditor(path, "machine")


def text(path: Path) -> str:
    return path.read_bytes().decode()


def with_changes(values: Values, **changes: object) -> dict[str, object]:
    return {**values, **changes}


def test_a_change_touches_its_own_lines_alone(path: Path, editor: EntryEditor) -> None:
    base = editor.read()["web-1"]
    mine = with_changes(base, host="10.0.0.9", tags=["web", "canary"], options={"ServerAliveInterval": 60})
    editor.change("web-1", mine, base=base)
    expected = TEXT.replace('"10.0.0.1"', '"10.0.0.9"').replace('"eu",', '"canary",').replace("= 30", "= 60")
    assert text(path) == expected
    editor.change("db-1", with_changes(editor.read()["db-1"], port=5432))
    assert text(path) == expected.replace("this\"\n'''\n", "this\"\n'''\nport = 5432\n")


def test_fields_go_and_names_change(path: Path, editor: EntryEditor) -> None:
    base = editor.read()["last"]
    editor.change("last", {"name": "first"}, base=base)
    assert text(path) == TEXT.replace('name = "last"\nport=22\n', 'name = "first"\n')
    assert list(editor.read()) == ["web-1", "db-1", "first"]


def test_a_new_entry_stands_at_the_end(path: Path, editor: EntryEditor) -> None:
    editor.add({"name": "new", "notes": "two\nlines", "tags": ("a", "b"), "guard": True, "options": {"Port": 1}})
    assert text(path).startswith(TEXT + "\n\n[[machine]]\n")
    assert editor.read()["new"] == {
        "name": "new",
        "notes": "two\nlines",
        "tags": ["a", "b"],
        "guard": True,
        "options": {"Port": 1},
    }
    assert parse_toml(text(path), "x")["elsewhere"] == {"key": 1}


def test_removing_takes_the_comment_above_along_and_nothing_else(path: Path, editor: EntryEditor) -> None:
    editor.remove("last")
    assert text(path) == TEXT[: TEXT.index("# About")] + TEXT[TEXT.index("[elsewhere]") :]
    editor.remove("web-1")
    assert list(editor.read()) == ["db-1"]
    assert text(path).startswith(TEXT[: TEXT.index("# The first")])


def test_the_version_before_is_kept_beside_and_undo_brings_it_back(path: Path, editor: EntryEditor) -> None:
    assert not editor.can_undo
    editor.undo()
    editor.remove("db-1")
    assert path.with_name("machines.toml~").read_bytes().decode() == TEXT
    assert editor.can_undo
    editor.undo()
    assert text(path) == TEXT
    assert not editor.can_undo


def test_several_changes_are_taken_back_one_by_one_and_many_entries_are_one(path: Path, editor: EntryEditor) -> None:
    editor.set_fields_of_all(("web-1", "db-1", "new"), {"tags": ["here"]})
    assert [editor.read()[name]["tags"] for name in ("web-1", "db-1", "new")] == [["here"]] * 3
    before = text(path)
    editor.remove("new")
    editor.set_fields("web-1", {"tags": ["here"]})
    assert editor.changes_made == 2, "the last one changed nothing"
    editor.undo()
    assert text(path) == before
    editor.undo()
    assert text(path) == TEXT


def test_undo_does_not_take_others_changes_back(path: Path, editor: EntryEditor) -> None:
    editor.remove("db-1")
    changed = text(path) + "# by hand\n"
    path.write_text(changed)
    with pytest.raises(EditConflictError, match="changed after that"):
        editor.undo()
    assert text(path) == changed


def test_what_others_changed_meanwhile_stays_changed(path: Path, editor: EntryEditor) -> None:
    base = editor.read()["web-1"]
    other = EntryEditor(path, "machine")
    other.change("web-1", with_changes(base, user="ops", host="10.0.0.7"), base=base)
    other.remove("db-1")
    editor.change("web-1", with_changes(base, port=22, host="10.0.0.7"), base=base)
    assert editor.read()["web-1"] == with_changes(base, user="ops", host="10.0.0.7", port=22)
    assert "db-1" not in editor.read()


def test_one_field_changed_by_both_is_a_conflict_that_carries_both_versions(path: Path, editor: EntryEditor) -> None:
    base = editor.read()["web-1"]
    theirs, mine = with_changes(base, host="theirs", port=1), with_changes(base, host="mine", user="me")
    EntryEditor(path, "machine").change("web-1", theirs, base=base)
    before = text(path)
    with pytest.raises(EditConflictError) as raised:
        editor.change("web-1", mine, base=base)
    error = raised.value
    assert (error.base, error.mine, error.theirs, error.fields) == (base, mine, theirs, ("host",))
    assert text(path) == before
    editor.change("web-1", mine, base=base, overwrite=True)
    assert editor.read()["web-1"] == with_changes(base, host="mine", user="me", port=1)


def test_an_entry_that_is_gone_or_another_by_now_is_a_conflict(path: Path, editor: EntryEditor) -> None:
    base = editor.read()["last"]
    other = EntryEditor(path, "machine")
    other.change("last", with_changes(base, port=23), base=base)
    with pytest.raises(EditConflictError) as raised:
        editor.remove("last", base)
    assert raised.value.theirs == with_changes(base, port=23)
    other.remove("last")
    with pytest.raises(EditConflictError, match="taken out") as raised:
        editor.change("last", with_changes(base, port=24), base=base)
    assert raised.value.theirs is None
    editor.change("last", with_changes(base, port=24), base=base, overwrite=True)
    assert editor.read()["last"] == with_changes(base, port=24)


def test_names_are_there_once(path: Path, editor: EntryEditor) -> None:
    with pytest.raises(UsageError, match="There is a machine called db-1 already"):
        editor.add({"name": "db-1"})
    base = editor.read()["last"]
    with pytest.raises(UsageError, match="already"):
        editor.change("last", with_changes(base, name="db-1"), base=base)
    with pytest.raises(UsageError, match="no machine called nobody"):
        editor.remove("nobody")
    assert text(path) == TEXT


@pytest.mark.parametrize(
    ("content", "said"),
    [("[[machine]]\nname = 'a", "not valid TOML"), ("machine = [{name = 'a'}]\n", "not written as [[machine]] tables")],
)
def test_a_file_that_can_not_be_read_is_not_written(path: Path, editor: EntryEditor, content: str, said: str) -> None:
    path.write_text(content)
    with pytest.raises(ConfigError) as raised:
        editor.add({"name": "b"})
    assert said in raised.value.message
    assert text(path) == content


def test_the_first_entry_makes_the_file_private(tmp_path: Path) -> None:
    path = tmp_path / "new" / "machines.toml"
    editor = EntryEditor(path, "machine")
    editor.add({"name": "a"})
    assert text(path) == '[[machine]]\nname = "a"\n'
    assert path.stat().st_mode & 0o777 == 0o600
    assert [entry.name for entry in path.parent.iterdir()] == ["machines.toml"]
    editor.undo()
    assert text(path) == ""


def test_windows_that_write_at_the_same_time_lose_nothing(path: Path) -> None:
    def add(names: range) -> None:
        editor = EntryEditor(path, "machine")
        for number in names:
            editor.add({"name": f"m{number}"})

    threads = [threading.Thread(target=add, args=(range(start, start + 8),)) for start in (0, 8, 16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {f"m{number}" for number in range(24)} <= set(EntryEditor(path, "machine").read())


WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
VALUES: st.SearchStrategy[object] = st.one_of(
    WORDS, st.integers(-5, 5), st.booleans(), st.lists(WORDS, max_size=3), st.dictionaries(WORDS, WORDS, max_size=2)
)
ENTRIES = st.dictionaries(st.sampled_from(["host", "port", "tags", "notes", "options"]), VALUES)


@settings(deadline=None)
@given(first=ENTRIES, second=ENTRIES, comment=st.sampled_from(["", "# one\n", "\n\n# two\n# three\n"]))
def test_any_entry_can_be_written_read_and_changed(
    first: dict[str, object], second: dict[str, object], comment: str
) -> None:
    entries = EntryText(f'{comment}[[machine]]\nname = "before"\n', "machines.toml", "machine")
    entries.append({"name": "it", **first})
    entries.append({"name": "behind"})
    again = EntryText(entries.text, "machines.toml", "machine")
    assert again.entries == {"before": {"name": "before"}, "it": {"name": "it", **first}, "behind": {"name": "behind"}}
    again.update("it", {"name": "it", **second})
    assert parse_toml(again.text, "machines.toml") == {"machine": again.in_order}
    assert again.in_order[1] == {"name": "it", **second}
    assert again.text.startswith(comment)


@given(ENTRIES, ENTRIES, ENTRIES)
def test_merging_keeps_what_only_one_side_changed(
    base: dict[str, object], mine: dict[str, object], theirs: dict[str, object]
) -> None:
    merged, conflicts = merge_fields(base, mine, theirs)
    for field in {*base, *mine, *theirs}:
        if mine.get(field) == base.get(field):
            assert merged.get(field) == theirs.get(field)
        else:
            assert merged.get(field) == mine.get(field)
            assert (field in conflicts) == (theirs.get(field) not in (base.get(field), mine.get(field)))


def test_ten_thousand_entries_are_changed_without_parsing_them_all_for_comments() -> None:
    whole = "".join(f'[[machine]]\nname = "m{number}"\n\n' for number in range(10_000))
    entries = EntryText(whole, "machines.toml", "machine")
    entries.update("m7", {"name": "m7", "port": 22})
    assert entries.text == whole.replace('name = "m7"\n', 'name = "m7"\nport = 22\n')
