"""`mooring settings`: what holds, which line says so, and a file to begin with."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mooring.cli.main import run
from mooring.model.errors import ConfigError


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path / "mooring" / "settings.toml"


def test_init_writes_once_and_path_says_where(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["settings", "--path"]) == 0
    assert not file.exists()
    assert run(["settings", "--init"]) == 0
    assert capsys.readouterr().out.splitlines() == [str(file)] * 2
    written = file.read_bytes()
    with pytest.raises(ConfigError, match="there already"):
        run(["settings", "--init"])
    assert file.read_bytes() == written


def test_show_names_the_line_of_what_is_set_and_of_what_is_wrong(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file.parent.mkdir()
    file.write_text('theme = "nord"\nsplash = "no"\n[keys.list]\nhelp = 3\nquit = "x"\nfilter = "pgupp"\n[keys.lst]\n')
    assert run(["settings", "--show"]) == 1
    out, err = capsys.readouterr()
    rows = {row[0]: row[1:] for row in map(str.split, out.splitlines())}
    assert rows["theme"] == ['"nord"', f"{file}:1"]
    assert rows["splash"] == ["true", "default"]
    assert f"{file}:2: setting `splash`" in err
    assert "it takes true or false; the default is used" in err
    assert f"{file}:4: `help` in [keys.list] is no text" in err
    assert f"{file}:6: `filter` in [keys.list]: there is no key pgupp; did you mean pgup?" in err
    assert f"{file}:7: there is no part of the screen `lst` (did you mean `list`?)" in err
    assert run(["settings", "--json"]) == 1
    data = {entry["name"]: entry for entry in json.loads(capsys.readouterr().out)}
    assert data["keys"]["value"] == {"list": {"quit": "x", "filter": "pgupp"}, "lst": {}}
    assert (data["theme"]["holds"], data["splash"]["holds"]) == ("at once", "from the next session")
    assert (data["theme"]["value"], data["theme"]["line"], data["splash"]["line"]) == ("nord", 1, None)
