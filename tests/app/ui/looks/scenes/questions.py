"""What is asked in a tab while a connection is made."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from app.ui.looks.scene import Scene
from mooring.engine.protocol import AskQuestion
from mooring.model.prompts import (
    ChangedHostKeyQuestion,
    ConfirmationQuestion,
    HostKeyQuestion,
    KeyboardField,
    KeyboardInteractiveQuestion,
    Question,
    SecretQuestion,
)
from mooring.ui.sessions.questions.changed_host_key import ChangedHostKeyCard
from mooring.ui.sessions.questions.confirmation import ConfirmationCard
from mooring.ui.sessions.questions.host_key import HostKeyCard
from mooring.ui.sessions.questions.keyboard_interactive import KeyboardInteractiveCard
from mooring.ui.sessions.questions.secret import SecretCard
from support.session_screens import Desk

RANDOMART = """\
+--[ED25519 256]--+
|       o=+.      |
|      . +o.      |
|       =.o. .    |
|      . *.o= .   |
|       .S+B = .  |
|        o*.B +   |
|       ..oX =    |
|      .. *+E     |
|       .o.=o.    |
+----[SHA256]-----+"""
FINGERPRINT = "SHA256:uNiVztksCsDhcc0u9e8BrrJXVGQd6DpRWuGG2jM1Aug"

HOST_KEY = HostKeyQuestion("stage-1", "10.1.0.1", "10.1.0.1", 22, "ed25519", FINGERPRINT, RANDOMART)
KNOWN_ELSEWHERE = HostKeyQuestion(
    "web-1",
    "[10.0.0.1]:2222",
    "10.0.0.1",
    2222,
    "ed25519",
    FINGERPRINT,
    RANDOMART,
    ("~/.ssh/known_hosts:12: web-1.example.org", "~/.ssh/known_hosts:40: 192.0.2.17"),
)
CHANGED = ChangedHostKeyQuestion(
    "stage-1",
    "10.1.0.1",
    "ed25519",
    FINGERPRINT,
    RANDOMART,
    "~/.ssh/known_hosts:12",
    "ed25519",
    "SHA256:nThbg6kXUpJWGl7E1IGOCspRomTxdCARLviKw6E5SY8",
)
PASSWORD = SecretQuestion("gate", "jump@gate.example.org's password: ")
PASSPHRASE_AGAIN = SecretQuestion("web-1", "Enter passphrase for key '/home/you/.ssh/id_ed25519': ", 2)
SECOND_FACTOR = KeyboardInteractiveQuestion(
    "web-1",
    "Two steps",
    "Your password, and the code that your phone shows now.",
    (KeyboardField("Password: ", False), KeyboardField("Verification code: ", True)),
)
CONFIRMATION = ConfirmationQuestion(
    "web-1",
    "Accept updated hostkeys? (yes/no): ",
    ("The server has updated its host keys:", f"  add ED25519 {FINGERPRINT}"),
)


def asking(machine: str, question: Question) -> Callable[[Desk], Awaitable[None]]:
    """A walk to a question that is asked on the way to a machine."""

    async def walk(desk: Desk) -> None:
        desk.engine.opens = False
        await desk.listed()
        await desk.open(machine)
        desk.engine.tells(AskQuestion.of(1, 1, question))
        await desk.until(lambda: bool(desk.main.query("QuestionCard")), "it is asked")
        await desk.settled()

    return walk


SCENES = (
    Scene("host-key", asking("stage-1", HOST_KEY), HostKeyCard),
    Scene("host-key-known-elsewhere", asking("web-1", KNOWN_ELSEWHERE), HostKeyCard),
    Scene("changed-key", asking("stage-1", CHANGED), ChangedHostKeyCard),
    Scene("password", asking("db-replica-frankfurt-02", PASSWORD), SecretCard),
    Scene("passphrase-again", asking("web-1", PASSPHRASE_AGAIN), SecretCard),
    Scene("second-factor", asking("web-1", SECOND_FACTOR), KeyboardInteractiveCard),
    Scene("confirmation", asking("web-1", CONFIRMATION), ConfirmationCard),
)
