"""However a session, the engine or the UI ends, nothing is left behind: judged by process ids."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from mooring.engine.client import EngineClient
from mooring.engine.failures import error_of
from mooring.engine.protocol import (
    SessionEnded,
    SessionFailed,
)
from mooring.model.errors import ConnectionLostError
from support.engine import (
    EngineRecorder,
    open_shell,
    process_is_gone,
    target_on,
    until_gone,
)
from support.programs import require_program
from support.sshd import SshServer


async def test_closing_hangs_up(engine: EngineClient, recorder: EngineRecorder, sshd: SshServer) -> None:
    await open_shell(engine, recorder, target_on(sshd))
    engine.send(1, b"echo shell=$$=\r")
    shell = int((await recorder.text(1, b"=\r\n")).split(b"=")[1])
    engine.close_session(1)
    assert isinstance(await recorder.end_of(1), SessionEnded)
    await until_gone(shell)


async def test_a_server_that_dies_is_a_lost_connection(
    engine: EngineClient, recorder: EngineRecorder, sshd: SshServer
) -> None:
    await open_shell(engine, recorder, target_on(sshd), reconnect=False)
    engine.send(1, b"echo sshd=$PPID=\r")
    os.kill(int((await recorder.text(1, b"=\r\n")).split(b"=")[1]), signal.SIGKILL)
    failed = await recorder.end_of(1)
    assert isinstance(failed, SessionFailed)
    assert isinstance(error_of(failed.failure), ConnectionLostError)


async def test_a_peer_that_does_not_answer_holds_no_close_up(
    engine: EngineClient, recorder: EngineRecorder, sshd: SshServer
) -> None:
    await open_shell(engine, recorder, target_on(sshd))
    engine.send(1, b"echo sshd=$PPID=\r")
    server = int((await recorder.text(1, b"=\r\n")).split(b"=")[1])
    os.kill(server, signal.SIGSTOP)
    try:
        engine.close_session(1)
        assert isinstance(await recorder.end_of(1, limit=5), SessionEnded)
    finally:
        os.kill(server, signal.SIGCONT)


async def open_shell_through_proxy(
    engine: EngineClient, recorder: EngineRecorder, server: SshServer, folder: Path
) -> tuple[int, int]:
    """Open a session through a ProxyCommand; return the process ids of its shell and of the proxy.

    The proxy (nc) does not end when its input does: as with ssh, whoever started it has to see to that.
    """
    proxy_id = folder / "proxy.pid"
    proxy = folder / "proxy"
    proxy.write_text(f"echo $$ > {proxy_id}\nexec {require_program('nc')} 127.0.0.1 {server.port}\n")
    await open_shell(engine, recorder, target_on(server, f"ProxyCommand sh {proxy}"))
    engine.send(1, b"echo shell=$$=\r")
    shell = int((await recorder.text(1, b"=\r\n")).split(b"=")[1])
    return shell, int(proxy_id.read_text())


async def test_killing_the_engine_leaves_no_shell_and_no_proxy(
    recorder: EngineRecorder, sshd: SshServer, tmp_path: Path
) -> None:
    client = await EngineClient.start(recorder, log_file=tmp_path / "engine.log")
    shell, proxy = await open_shell_through_proxy(client, recorder, sshd, tmp_path)
    os.kill(client.process_id, signal.SIGKILL)
    await recorder.until(lambda: recorder.lost is not None)
    await until_gone(proxy)
    await until_gone(shell)
    await client.stop()
    assert process_is_gone(client.process_id)


async def test_stopping_leaves_no_shell_and_no_proxy(recorder: EngineRecorder, sshd: SshServer, tmp_path: Path) -> None:
    client = await EngineClient.start(recorder, log_file=tmp_path / "engine.log")
    shell, proxy = await open_shell_through_proxy(client, recorder, sshd, tmp_path)
    await client.stop()
    assert process_is_gone(proxy)
    await until_gone(shell)


UI_TO_BE_KILLED = """
import asyncio, sys
from pathlib import Path
sys.path.append(sys.argv[1])
from mooring.engine.client import EngineClient
from mooring.model.machine import Target
from mooring.model.terminal import TerminalSize
from support.distance import distant
from support.engine import EngineRecorder, machine_of

async def main():
    recorder = EngineRecorder()
    client = await EngineClient.start(recorder, log_file=Path(sys.argv[2]))
    target = Target("box", config_file=sys.argv[3])
    client.open(1, machine_of(target), TerminalSize(80, 24), "xterm-256color", {}, 1 << 30)
    client.send(1, b"echo =she''ll=$$=\\r")
    shell = (await recorder.text(1, b"=shell=")).split(b"=shell=")[1]
    while b"=" not in shell:
        await recorder.more(1)
        shell = recorder.output[1].split(b"=shell=")[1]
    print(client.process_id, int(shell.split(b"=")[0]), flush=True)
    await asyncio.Event().wait()

asyncio.run(main())
"""


async def test_killing_the_ui_leaves_no_engine_and_no_shell(sshd: SshServer, tmp_path: Path) -> None:
    tests = Path(__file__).resolve().parents[1]
    config = sshd.write_client_config("box")
    arguments = [str(tests), str(tmp_path / "engine.log"), str(config)]
    with subprocess.Popen([sys.executable, "-c", UI_TO_BE_KILLED, *arguments], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        engine, shell = map(int, process.stdout.readline().split())
        process.kill()
    await until_gone(engine)
    await until_gone(shell)
    assert (tmp_path / "engine.log").read_text() == ""
