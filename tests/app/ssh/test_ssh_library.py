"""Loading asyncssh: no program is run for it, and it finds the same libraries as it would by itself."""

from __future__ import annotations

import ctypes.util
import subprocess
import sys

import pytest

import mooring.ssh
from mooring.ssh.library import find_library

ALGORITHMS = "print(asyncssh.mac.get_mac_algs(), asyncssh.kex.get_kex_algs())"


def run(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60).stdout


def test_nothing_is_run_and_nothing_is_missed() -> None:
    """UMAC is there where nettle is, and sntrup761 where liboqs is, exactly as without our way of looking."""
    watch = "import sys; sys.addaudithook(lambda event, _: event == 'subprocess.Popen' and sys.exit('a program'))"
    assert run(f"{watch}; import mooring.ssh, asyncssh; {ALGORITHMS}") == run(f"import asyncssh; {ALGORITHMS}")


def test_the_usual_way_of_looking_is_there_again() -> None:
    assert mooring.ssh.connect is not None
    assert ctypes.util.find_library.__module__ == "ctypes.util"


def test_what_a_session_never_needs_is_not_loaded() -> None:
    """X.509 certificates, the copying of files, and the screens; the certificates are hidden from asyncssh alone."""
    loaded = run("import sys, mooring.cli.native.session; print(*sorted(sys.modules))").split()
    assert not [
        name for name in loaded if name.startswith(("cryptography.x509", "mooring.files", "mooring.ui", "textual"))
    ]
    assert (
        run("import mooring.ssh, cryptography.x509; print(cryptography.x509.Certificate.__name__)") == "Certificate\n"
    )


@pytest.mark.parametrize("name", ["c", "m", "no-such-library-anywhere"])
def test_a_library_is_found_where_the_loader_finds_it(name: str) -> None:
    found = find_library(name)
    assert (found is None) == (ctypes.util.find_library(name) is None)
    assert found is None or ctypes.CDLL(found) is not None
