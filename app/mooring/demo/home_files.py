"""What lies in the homes of the demo machines, by what each machine is for."""

from __future__ import annotations

import random

from mooring.demo.roster import DemoMachine, Role

_RESET = "\x1b[0m"
_DIM, _RED, _GREEN, _YELLOW, _BLUE, _CYAN = (f"\x1b[{code}m" for code in (2, 31, 32, 33, 34, 36))


def files_for(machine: DemoMachine) -> dict[str, str]:
    """Paths below the home directory and their texts; the same machine always has the same files."""
    chance = random.Random(machine.name)
    files = {"README.md": _readme(machine), "RELEASE": f"{machine.release}\n"}
    match machine.role:
        case Role.WEB:
            files |= {"log/access.log": _access_log(chance), "nginx/shop.conf": _NGINX, "bin/deploy": _DEPLOY}
        case Role.DATABASE:
            files |= {"log/postgresql.log": _postgres_log(chance), "sql/slow-orders.sql": _SQL}
        case Role.CACHE:
            files |= {"redis.conf": _REDIS, "log/redis.log": _redis_log(chance)}
        case Role.MAIL:
            files |= {"log/mail.log": _mail_log(chance)}
        case Role.METRICS:
            files |= {"metrics.log": _metrics_log(chance)}
        case Role.DOCKER:
            files |= {"shop/compose.yaml": _COMPOSE, "shop/Dockerfile": _DOCKERFILE}
        case Role.SENSOR:
            files |= {"climate.csv": _climate(chance), "bin/water": '#!/bin/sh\necho "valve ${1:-1} open for 30 s"\n'}
        case Role.JUMP:
            files |= {"log/auth.log": _auth_log(chance)}
    return files


def _readme(machine: DemoMachine) -> str:
    return "\n".join(
        [
            f"# {machine.name}",
            "",
            f"- group: {machine.group}",
            f"- made with: {machine.driver}",
            f"- release: {machine.release}",
            "",
            "This machine is part of Mooring's demo: an SSH server on loopback,",
            "with a shell of your own account. Its home goes when the demo ends.",
            "",
            "Worth a try:",
            "",
            "    ls -l",
            *{
                Role.WEB: ["    less -R log/access.log", "    vim nginx/shop.conf"],
                Role.DATABASE: ["    less -R log/postgresql.log", "    vim sql/slow-orders.sql"],
                Role.CACHE: ["    less -R log/redis.log", "    vim redis.conf"],
                Role.MAIL: ["    less -R log/mail.log"],
                Role.METRICS: ["    flood            # and Ctrl+C"],
                Role.DOCKER: ["    vim shop/compose.yaml"],
                Role.SENSOR: ["    water 2", "    less climate.csv"],
                Role.JUMP: ["    less -R log/auth.log"],
            }[machine.role],
            "",
        ]
    )


def _time(second: int) -> str:
    return f"{8 + second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}"


def _access_log(chance: random.Random) -> str:
    paths = ("/", "/cart", "/api/orders", "/api/stock", "/img/harbour.webp", "/login", "/search?q=rope", "/healthz")
    statuses = ((200, _GREEN),) * 16 + ((304, _CYAN),) * 3 + ((404, _YELLOW),) * 2 + ((502, _RED),)
    lines: list[str] = []
    second = 0
    for _ in range(400):
        second += chance.randrange(1, 9)
        status, colour = chance.choice(statuses)
        milliseconds = chance.randrange(900, 4000) if status == 502 else chance.randrange(2, 180)
        lines.append(
            f"{_DIM}{_time(second)}{_RESET} 10.0.{chance.randrange(4)}.{chance.randrange(2, 250):<3} "
            f"{colour}{status}{_RESET} {_BLUE}{chance.choice(('GET', 'GET', 'GET', 'POST')):<4}{_RESET} "
            f"{chance.choice(paths):<18} {milliseconds:>4} ms"
        )
    return "\n".join(lines) + "\n"


def _levelled_log(chance: random.Random, messages: tuple[tuple[str, str], ...], count: int = 200) -> str:
    colours = {"INFO": _GREEN, "WARN": _YELLOW, "ERROR": _RED}
    lines: list[str] = []
    second = 0
    for _ in range(count):
        second += chance.randrange(1, 40)
        level, template = chance.choice(messages)
        message = template.format(chance.randrange(2, 900))
        lines.append(f"{_DIM}{_time(second)}{_RESET} {colours[level]}{level:<5}{_RESET} {message}")
    return "\n".join(lines) + "\n"


def _postgres_log(chance: random.Random) -> str:
    return _levelled_log(
        chance,
        (
            ("INFO", "checkpoint complete: wrote {} buffers"),
            ("INFO", "connection authorized: user=shop database=orders"),
            ("INFO", "automatic vacuum of table orders.public.carts: {} pages removed"),
            ("WARN", "duration: {}0 ms  statement: SELECT * FROM orders WHERE shipped IS NULL"),
            ("ERROR", "deadlock detected: process {} waits for ShareLock"),
        ),
    )


def _redis_log(chance: random.Random) -> str:
    return _levelled_log(
        chance,
        (
            ("INFO", "{} changes in 60 seconds. Saving..."),
            ("INFO", "DB saved on disk"),
            ("INFO", "Background saving terminated with success"),
            ("WARN", "{} clients connected, limit is 1000"),
        ),
    )


def _mail_log(chance: random.Random) -> str:
    return _levelled_log(
        chance,
        (
            ("INFO", "postfix/smtp: to=<crew@example.org>, delay=0.{}, status=sent"),
            ("INFO", "postfix/qmgr: from=<shop@example.com>, size={}, queue active"),
            ("WARN", "postfix/smtpd: lost connection after AUTH from unknown[203.0.113.7] ({})"),
        ),
    )


def _auth_log(chance: random.Random) -> str:
    return _levelled_log(
        chance,
        (
            ("INFO", "sshd[{}]: Accepted publickey for ops from 198.51.100.20 ssh2: ED25519"),
            ("INFO", "sshd[{}]: session opened for user ops"),
            ("WARN", "sshd[{}]: Invalid user admin from 203.0.113.99"),
            ("ERROR", "sshd[{}]: maximum authentication attempts exceeded for root"),
        ),
    )


def _metrics_log(chance: random.Random) -> str:
    names = ("cpu.user", "cpu.system", "mem.used", "disk.read", "disk.write", "net.in", "net.out", "load.1m")
    hosts = ("web-1", "web-2", "db-1", "cache-1", "stage-1")
    lines: list[str] = []
    for index in range(5000):
        value = chance.random() * 100
        colour = _RED if value > 95 else _YELLOW if value > 80 else _GREEN
        bar = "█" * int(value / 5)
        lines.append(
            f"{_DIM}{_time(index // 8)}{_RESET} {chance.choice(hosts):<8} {chance.choice(names):<11} "
            f"{value:6.2f} {colour}{bar}{_RESET}"
        )
    return "\n".join(lines) + "\n"


def _climate(chance: random.Random) -> str:
    rows = ["time,bed,temperature,humidity"]
    for hour in range(24):
        for bed in ("tomatoes", "basil", "chard"):
            rows.append(f"{hour:02}:00,{bed},{14 + 10 * chance.random():.1f},{50 + 40 * chance.random():.0f}")
    return "\n".join(rows) + "\n"


_NGINX = """\
# The shop, behind the load balancer.
upstream shop {
    least_conn;
    server 127.0.0.1:8001 max_fails=3 fail_timeout=10s;
    server 127.0.0.1:8002 max_fails=3 fail_timeout=10s;
    keepalive 32;
}

server {
    listen 443 ssl;
    server_name shop.example.com;

    ssl_certificate     /etc/ssl/shop.pem;
    ssl_certificate_key /etc/ssl/private/shop.key;

    location /img/ {
        root /srv/shop;
        expires 7d;
    }

    location / {
        proxy_pass http://shop;
        proxy_set_header Host $host;
        proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
    }
}
"""

_DEPLOY = """\
#!/bin/sh
# Pretends to roll out a release.
set -e
release=${1:?usage: deploy RELEASE}
for step in fetch verify stop switch start health; do
    printf '%-8s' "$step"
    sleep 0.3
    printf '\\033[32mok\\033[0m\\n'
done
echo "$release" > "$HOME/RELEASE"
"""

_SQL = """\
-- Orders that were paid and not shipped within two days, slowest first.
SELECT o.id, o.paid_at, c.name, count(i.id) AS items
FROM orders AS o
JOIN customers AS c ON c.id = o.customer_id
JOIN order_items AS i ON i.order_id = o.id
WHERE o.shipped_at IS NULL
  AND o.paid_at < now() - interval '2 days'
GROUP BY o.id, c.name
ORDER BY o.paid_at
LIMIT 50;
"""

_REDIS = """\
bind 127.0.0.1
port 6379
maxmemory 2gb
maxmemory-policy allkeys-lru
save 60 1000
appendonly yes
appendfsync everysec
"""

_COMPOSE = """\
services:
  shop:
    build: .
    ports:
      - "8000:8000"
    environment:
      DATABASE_URL: postgres://shop@db/orders
    depends_on:
      - db
      - cache
  db:
    image: postgres:17
    volumes:
      - orders:/var/lib/postgresql/data
  cache:
    image: redis:7

volumes:
  orders:
"""

_DOCKERFILE = """\
FROM python:3.13-slim
WORKDIR /srv/shop
COPY pyproject.toml .
RUN pip install --no-cache-dir .
COPY . .
EXPOSE 8000
CMD ["gunicorn", "--bind", "0.0.0.0:8000", "shop:app"]
"""
