"""The subcommands by their names, loaded when they are called for."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module

import click

SECTIONS: dict[str, tuple[str, ...]] = {
    "Connect": ("ssh", "scp", "open", "sessions", "attach", "play"),
    "Run on many": ("run", "commands", "history"),
    "Machines": ("ls", "status", "ip", "url", "inspect", "explain", "inventory", "ssh-config"),
    "Mooring itself": ("doctor", "settings", "completion"),
}
"""Every subcommand, in the order of the help. Each is `mooring.cli.commands.NAME`, with `_` for `-`."""


class CommandGroup(click.Group):
    """Knows its commands by name alone, and imports the one that is wanted."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, in the order of the help."""
        return [name for names in SECTIONS.values() for name in names]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load a command; None where there is none of that name."""
        if cmd_name not in self.list_commands(ctx):
            return None
        command = import_module(f"mooring.cli.commands.{cmd_name.replace('-', '_')}").command
        if not isinstance(command, click.Command):
            raise TypeError(f"mooring.cli.commands has no command {cmd_name}")
        command.name = cmd_name
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command of the first word; raises UsageError that says what may have been meant by another word."""
        word = args[0]
        if self.get_command(ctx, word) is None and not word.startswith("-"):
            from mooring.cli.unknown_command import meant_by

            options = replace(ctx.obj, config_file=ctx.params.get("config_file"))
            raise click.UsageError(
                f"there is no command `{word}`. {meant_by(word, self.list_commands(ctx), options)}", ctx
            )
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands, section by section."""
        width = max(len(name) for name in self.list_commands(ctx))
        for title, names in SECTIONS.items():
            with formatter.section(title):
                rows = [(name.ljust(width), self._short_help(ctx, name, formatter.width - width)) for name in names]
                formatter.write_dl(rows)

    def _short_help(self, ctx: click.Context, name: str, limit: int) -> str:
        command = self.get_command(ctx, name)
        return command.get_short_help_str(limit) if command is not None else ""
