"""Logging in: the methods in the person's order, keys in ssh's order, and prompts in ssh's words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import asyncssh

from mooring.model.errors import AuthenticationFailedError, CancelledByPersonError
from mooring.model.prompts import (
    ConfirmationQuestion,
    KeyboardField,
    KeyboardInteractiveQuestion,
    Notice,
    Prompter,
    SecretQuestion,
)
from mooring.ssh.agent import Agent
from mooring.ssh.failures import terminal_safe
from mooring.ssh.identities import Candidate, IdentityFile, KeySources, order_candidates
from mooring.ssh.key_files import KeyFileError, PrivateKeyFile
from mooring.ssh.opened_keys import OpenedKeys
from mooring.ssh.session_binding import SessionBinding

METHODS = ("publickey", "keyboard-interactive", "password")
"""The methods that the native path has, in ssh's order of preference (gssapi-with-mic and hostbased are left out)."""


@dataclass(frozen=True, slots=True)
class AuthenticationOptions:
    """The keywords of ssh_config(5) that decide on logging in. `agent_path` is None where no agent is to be asked.

    `methods` is PreferredAuthentications, cut down to what is enabled and what the native path has.
    """

    user: str
    host: str
    methods: tuple[str, ...] = METHODS
    identity_files: tuple[IdentityFile, ...] = ()
    certificate_files: tuple[str, ...] = ()
    identities_only: bool = False
    agent_path: str | None = None
    add_to_agent: str = "false"
    add_lifetime: int | None = None
    accepted_algorithms: tuple[str, ...] = ()
    smallest_rsa: int = 1024
    password_prompts: int = 3
    devices: str = ""
    batch: bool = False
    show_banner: bool = True


class Authenticator(asyncssh.SSHClient):
    """Answers asyncssh's questions on behalf of the person, one connection long.

    `keys` are those that other connections opened; without them each is opened for this one alone.
    """

    def __init__(
        self, hop: str, options: AuthenticationOptions, prompter: Prompter, keys: OpenedKeys | None = None
    ) -> None:
        self._hop = hop
        self._options = options
        self._prompter = prompter
        self._keys = keys or OpenedKeys()
        self._agent = Agent(options.agent_path) if options.agent_path else None
        self._agent_was_empty = False
        self._untried: list[Candidate] | None = None
        self._tried: list[Candidate] = []
        self._password_attempts = 0
        self._keyboard_attempts = 0
        self._is_first_round = True
        self._keyboard_questions = 0
        self.method = "none"
        self.allowed: tuple[str, ...] = ()
        self.restricted = False
        self.binding: SessionBinding | None = None
        """What tells an agent for which session it is asked; set before the login begins."""

    def attempt_failed(self, remaining: tuple[str, ...], *, partial: bool) -> None:
        """Take note of what may go on; after partial success every key may be tried once more, as in ssh."""
        self.allowed = remaining
        if partial and self._untried is not None:
            self._untried = [*self._untried, *self._tried]
            self._tried = []

    @property
    def agent_keys_offered(self) -> int:
        """How many of the agent's keys the server has seen."""
        return sum(candidate.from_agent for candidate in self._tried)

    def failure(self) -> AuthenticationFailedError:
        """The error for a login that no method could bring about."""
        options = self._options
        hint = None
        if self._agent_was_empty:
            hint = "The agent offered no key: it is empty, or locked (ssh-add -X unlocks it)."
        methods = ",".join(terminal_safe(name) for name in self.allowed)
        return AuthenticationFailedError(
            f"{options.user}@{options.host}: Permission denied ({methods}).", hop=self._hop, hint=hint
        )

    async def close(self) -> None:
        """Let go of the agent."""
        if self._agent is not None:
            await self._agent.close()

    def auth_banner_received(self, msg: str, lang: str) -> None:
        """Show the server's banner (RFC 4252, section 5.4), fit for a terminal."""
        text = terminal_safe(msg.replace("\r\n", "\n"), lines=True)
        if self._options.show_banner and text:
            self._prompter.notify(Notice(self._hop, text.rstrip("\n"), as_sent=msg))

    async def public_key_auth_requested(self) -> asyncssh.SSHKeyPair | None:
        """Give asyncssh the next key to offer."""
        self.method = "publickey"
        if self._untried is None:
            self._untried = await self._candidates()
        while self._untried:
            candidate = self._untried.pop(0)
            self._tried.append(candidate)
            pair = candidate.pair
            if pair is None:
                pair = await self._pair_of_private(candidate.path)
            if pair is not None:
                return pair
        return None

    async def password_auth_requested(self) -> str | None:
        """Ask for the password, NumberOfPasswordPrompts times."""
        options = self._options
        if self.restricted or self._password_attempts >= options.password_prompts:
            return None
        self.method = "password"
        self._password_attempts += 1
        if self._password_attempts > 1:
            self._tell("Permission denied, please try again.")
        return await self._secret(f"{options.user}@{options.host}'s password: ", self._password_attempts)

    async def password_change_requested(self, prompt: str, lang: str) -> tuple[str, str]:
        """The password has expired on the server: ask for the old one and twice for a new one."""
        who = f"{self._options.user}@{self._options.host}"
        if prompt:
            self._tell(terminal_safe(prompt, lines=True))
        old = await self._secret(f"Enter {who}'s old password: ", 1)
        attempt = 0
        while True:
            attempt += 1
            new = await self._secret(f"Enter {who}'s new password: ", attempt)
            if new == await self._secret(f"Retype {who}'s new password: ", attempt):
                return old, new
            self._tell("Mismatch; try again, EOF to quit.")

    def kbdint_auth_requested(self) -> str | None:
        """Say whether keyboard-interactive may be tried (again)."""
        self._keyboard_attempts += 1
        if self.restricted or self._keyboard_attempts > self._options.password_prompts:
            return None
        if self._keyboard_attempts > 1 and not self._keyboard_questions:
            return None
        self.method = "keyboard-interactive"
        self._is_first_round = True
        return self._options.devices

    async def kbdint_challenge_received(
        self, name: str, instructions: str, lang: str, prompts: Sequence[tuple[str, bool]]
    ) -> list[str] | None:
        """Put the server's questions to the person; a round without questions only shows its text."""
        self._keyboard_questions += 1
        title, text = terminal_safe(name), terminal_safe(instructions, lines=True)
        if not prompts:
            shown = "\n".join(part for part in (title, text) if part)
            if shown:
                self._tell(shown)
            return []
        who = f"({self._options.user}@{self._options.host}) "
        fields = tuple(KeyboardField(who + terminal_safe(prompt, lines=True), echo) for prompt, echo in prompts)
        attempt, self._is_first_round = self._keyboard_attempts if self._is_first_round else 1, False
        answer = await self._prompter.ask(KeyboardInteractiveQuestion(self._hop, title, text, fields, attempt))
        if answer is None:
            raise CancelledByPersonError(f"No answer was given for {self._hop}.")
        return list(answer)

    async def _candidates(self) -> list[Candidate]:
        options = self._options
        agent_keys: Sequence[asyncssh.SSHKeyPair] = ()
        if self._agent is not None:
            listed = await self._agent.list_keys(self.binding)
            agent_keys = listed.keys
            self._agent_was_empty = not agent_keys and listed.problem is None
            if listed.problem is not None:
                self._tell(listed.problem)
        sources = KeySources(
            options.identity_files,
            options.certificate_files,
            agent_keys,
            options.identities_only,
            options.accepted_algorithms,
            options.smallest_rsa,
        )
        return order_candidates(sources, self._open_key, self._tell)

    async def _pair_of_private(self, path: str) -> asyncssh.SSHKeyPair | None:
        private = await self._open_key(path)
        if private is None:
            return None
        return asyncssh.load_keypairs([private])[0]

    async def _open_key(self, path: str) -> asyncssh.SSHKey | None:
        """Open a private key file, or take it as another connection has opened it."""
        return await self._keys.open(path, self._open_file)

    async def _open_file(self, path: str) -> asyncssh.SSHKey | None:
        """Open a private key file, asking for its passphrase as often as for a password."""
        options = self._options
        try:
            file = PrivateKeyFile(path)
            if not file.is_encrypted:
                return await self._opened(await file.open(None), path)
            for attempt in range(1, options.password_prompts + 1):
                if options.batch:
                    return None
                passphrase = await self._secret(f"Enter passphrase for key '{path[:100]}': ", attempt)
                if not passphrase:
                    return None
                key = await file.open(passphrase)
                del passphrase
                if key is not None:
                    return await self._opened(key, path)
        except KeyFileError as error:
            if not self._is_absent_default(path, str(error)):
                self._tell(str(error))
        return None

    async def _opened(self, key: asyncssh.SSHKey | None, path: str) -> asyncssh.SSHKey | None:
        options = self._options
        if key is not None and self._agent is not None and await self._may_add(key, path):
            problem = await self._agent.add(
                key, lifetime=options.add_lifetime, confirm=options.add_to_agent == "confirm"
            )
            if problem is not None:
                self._tell(problem)
        return key

    async def _may_add(self, key: asyncssh.SSHKey, path: str) -> bool:
        """AddKeysToAgent, asking where it says so."""
        if self._options.add_to_agent != "ask":
            return self._options.add_to_agent != "false"
        comment = terminal_safe(key.get_comment() or path)
        question = ConfirmationQuestion(self._hop, f"Add key {path} ({comment}) to agent?", by_askpass=True)
        return await self._prompter.ask(question) == ("yes",)

    def _is_absent_default(self, path: str, problem: str) -> bool:
        """Whether the complaint is only that one of the default key files does not exist."""
        given = any(file.path == path and file.given for file in self._options.identity_files)
        return not given and "No such file" in problem

    async def _secret(self, prompt: str, attempt: int) -> str:
        answer = await self._prompter.ask(SecretQuestion(self._hop, prompt, attempt))
        if answer is None:
            raise CancelledByPersonError(f"No answer was given for {self._hop}.")
        return answer[0] if answer else ""

    def _tell(self, text: str) -> None:
        self._prompter.notify(Notice(self._hop, text))
