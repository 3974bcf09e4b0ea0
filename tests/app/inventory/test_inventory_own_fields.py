"""The form's fields: what is wrong with them is said in words, and what is right means the same to ssh."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mooring.inventory.own.entry import OwnEntry, decode_entry
from mooring.inventory.own.fields import FIELDS, FieldError, entry_values, field_problem, field_text, field_value

VALUES: dict[str, object] = {
    "name": "web-1",
    "host": "10.0.0.1",
    "user": "ops",
    "port": 2222,
    "key": ["~/.ssh/one", "~/.ssh/two"],
    "jump": "ops@bastion:22,inner",
    "group": "production",
    "groups": ["eu", "web"],
    "tags": ["a", "b"],
    "colour": "#d08770",
    "driver": "kvm",
    "notes": "two\nlines",
    "guard": True,
    "forwards": ["-L 8080:localhost:80", "-D 1080"],
    "on_connect": ["cd /srv", "ls"],
    "record": "text",
    "password_command": "pass show 'web 1'",
    "options": {"ServerAliveInterval": "30", "SendEnv": ["A", "B C"]},
}


def test_every_field_can_be_typed() -> None:
    assert set(FIELDS) == {field.name for field in msgspec.structs.fields(OwnEntry)} == set(VALUES)


def test_what_is_shown_and_not_touched_is_what_was_there() -> None:
    texts = {field: field_text(VALUES, field) for field in FIELDS}
    assert entry_values(texts) == VALUES
    assert {field: field_problem(field, text) for field, text in texts.items()} == dict.fromkeys(FIELDS)
    _entry, errors = decode_entry(VALUES)
    assert errors == []
    odd: dict[str, object] = {"name": "x", "options": {"Port": 22, "Compression": True}, "unknown": 3}
    assert entry_values({"name": "y", "options": field_text(odd, "options")}, odd) == {**odd, "name": "y"}


def test_emptied_fields_go() -> None:
    texts = {field: field_text(VALUES, field) if field == "name" else " " for field in FIELDS}
    assert entry_values(texts, VALUES) == {"name": "web-1"}
    assert entry_values({"key": "one\n"}, VALUES)["key"] == "one"


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("name", "", "The name is empty."),
        ("name", "-x", "The name begins with a dash"),
        ("name", "a b", "The name holds white space"),
        ("name", "u@h", "The name holds @"),
        ("host", "-oProxyCommand=x", "The host begins with a dash"),
        ("host", "a b", "The host holds white space"),
        ("host", "u@h", "The host is a name or an address alone"),
        ("user", "a;b", "The user holds ;"),
        ("port", "0", "A port is a number from 1 to 65535."),
        ("port", "22x", "A port is a number from 1 to 65535."),
        ("port", "٢٢", "A port is a number from 1 to 65535."),
        ("record", "video", "It is asciicast or text"),
        ("jump", "a,,b", "'' is no jump host"),
        ("jump", "a b", "'a b' is no jump host"),
        ("jump", "a:99999", "'a:99999' is no jump host"),
        ("colour", "mauve", "A colour is one of red, orange"),
        ("colour", "#12345", "A colour is one of"),
        ("guard", "yes", "It is true, or empty."),
        ("key", "a\x1b", "It holds control characters."),
        ("tags", "a\x00b", "It holds control characters."),
        ("forwards", "-L 80", "It can't be used: Bad local forwarding specification '80'."),
        ("forwards", "-D 1080\n8080:a:80", "It can't be used: '8080:a:80' is not one of -L, -R or -D"),
        ("password_command", "pass 'x", "The command is not used: no closing quotation."),
        ("options", "ServerAliveIntervall 3", "ssh knows no option ServerAliveIntervall: is it serveraliveinterval?"),
        ("options", "Zzzzz 3", "ssh knows no option Zzzzz."),
        ("options", "Port x", "Port: Bad port 'x'."),
        (
            "options",
            "Compression yes\nStrictHostKeyChecking maybe",
            'StrictHostKeyChecking: unsupported option "maybe"',
        ),
        ("options", "Host other", "ssh knows no option Host"),
    ],
)
def test_what_is_wrong_is_said(field: str, text: str, said: str) -> None:
    problem = field_problem(field, text)
    assert problem is not None
    assert problem.startswith(said)
    with pytest.raises(FieldError) as raised:
        field_value(field, text)
    assert (raised.value.field, str(raised.value)) == (field, problem)


@given(st.sampled_from(FIELDS), st.text(max_size=40))
def test_no_text_raises_anything_else(field: str, text: str) -> None:
    problem = field_problem(field, text)
    if problem is None:
        value = field_value(field, text)
        if value is not None:
            _entry, errors = decode_entry({"name": "x", field: value})
            assert errors == []
            assert field_value(field, field_text({field: value}, field)) == value
