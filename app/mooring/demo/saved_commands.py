"""The demo's commands.toml: something to run on one machine, on a group, and with values."""

from __future__ import annotations

COMMANDS_TOML = """\
# The commands of the invented company. Yours lie in commands.toml in Mooring's configuration folder.

[[command]]
name = "disk free"
command = "df -h ."
description = "space where the home directory is"

[[command]]
name = "release"
command = "cat RELEASE"
description = "what is deployed; run it on all machines, and see who is behind"

[[command]]
name = "errors in a log"
command = "grep -n {{what}} {{log}} | tail -n {{lines}}"
description = "the last lines of a log that hold a word"
tags = ["logs"]
on = ["production", "office"]

[command.parameters.what]
default = "ERROR"

[command.parameters.log]
default = "log/access.log"
choices = ["log/access.log", "log/postgresql.log", "log/redis.log", "log/mail.log", "log/auth.log", "metrics.log"]

[command.parameters.lines]
default = 20
pattern = "[0-9]+"

[[command]]
name = "slow orders"
command = "cat sql/slow-orders.sql"
description = "the query that is looked at every Monday"
on = "tag:db"

[[command]]
name = "deploy"
command = "./bin/deploy {{release}}"
description = "asks before it runs, as everything should that can hurt"
on = "tag:nginx"
confirm = true
timeout = 60

[command.parameters.release]
default = "4.2.2"
pattern = '[0-9]+\\.[0-9]+\\.[0-9]+(-rc[0-9]+)?'
"""
