"""Where `mooring scp` copies from and to, and the command lines that the system's programs get."""

from __future__ import annotations

import pytest

from mooring.cli.scp.places import Place, parse_place
from mooring.cli.scp.progress_line import progress_text
from mooring.model.amounts import rate_text, size_text, time_text
from mooring.model.errors import UsageError
from mooring.model.files import CopyProgress
from mooring.model.machine import OptionSetting, Target
from mooring.model.origin import COMMAND_LINE
from mooring.system_ssh.copying import CannotCopyError, CopyFlags, copy_words, delta_words


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("file", (None, "", "file")),
        ("./a:b", (None, "", "./a:b")),
        ("/a:b", (None, "", "/a:b")),
        (":x", (None, "", ":x")),
        ("dev:", (None, "dev", "")),
        ("dev:/etc/hosts", (None, "dev", "/etc/hosts")),
        ("ops@dev:a b@c:d", ("ops", "dev", "a b@c:d")),
        ("a@b@dev:x", ("a@b", "dev", "x")),
        ("[::1]:x", (None, "::1", "x")),
        ("ops@[fe80::1%eth0]:/x", ("ops", "fe80::1%eth0", "/x")),
    ],
)
def test_a_colon_before_the_first_slash_ends_a_machine(word: str, found: tuple[str | None, str, str]) -> None:
    assert parse_place(word) == found


def test_what_is_no_place_is_refused() -> None:
    for word in ("scp://dev/x", "ops@:x"):
        with pytest.raises(UsageError):
            parse_place(word)


def test_the_command_lines_have_one_machines_options() -> None:
    option = OptionSetting("Port", "2222", COMMAND_LINE)
    dev, other = Target("dev", (option,), config_file="lab"), Target("::1", config_file="lab")
    places = [Place("-f").words, Place("a:b").words, Place("x y", "six", other).words]
    assert places == ["./-f", "./a:b", "[::1]:x y"]
    words = copy_words("scp", "ssh", [dev], places, CopyFlags(recursive=True, quiet=True, preserve=True))
    assert words == ["scp", "-F", "lab", "-o", "Port=2222", "-r", "-p", "-q", "--", *places]
    assert "-3" in copy_words("scp", "ssh", [other, other], ["a:x", "b:y"], CopyFlags())
    with pytest.raises(CannotCopyError):
        copy_words("scp", "ssh", [dev, other], ["a:x", "b:y"], CopyFlags())
    assert delta_words("rsync", "/opt/my ssh", [dev], ["dev:x", "."], CopyFlags()) == [
        "rsync", "-z", "--partial", "-e", "'/opt/my ssh' -F lab -o Port=2222", "--progress", "--", "dev:x", ".",
    ]  # fmt: skip


def test_the_progress_line_fits_and_shows_no_control_characters() -> None:
    progress = CopyProgress(5 << 20, 20 << 20, 3, 12, "日本/\x1b]0;x\x07\n".encode() * 9, 1.5 * 1024**2, 10.4)
    assert progress_text(progress, 60) == "…[]0;x^G^J  3/12 files   25 %   5.0 MB   1.5 MB/s  0:10 left"
    assert len(progress_text(progress, 20)) <= 20


def test_amounts_are_short() -> None:
    assert [size_text(count) for count in (0, 999, 1023, 10_000, 1 << 20, 123 << 30, 1 << 60)] == [
        "0 B", "999 B", "1.0 KB", "9.8 KB", "1.0 MB", "123 GB", "1024 PB",
    ]  # fmt: skip
    assert (rate_text(2048), time_text(4), time_text(750), time_text(3723)) == ("2.0 KB/s", "0:04", "12:30", "1:02:03")
