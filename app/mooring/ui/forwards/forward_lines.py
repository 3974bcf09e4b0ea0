"""One forward as a line: its sign, which way it goes, and what goes through it."""

from __future__ import annotations

from rich.cells import cell_len

from mooring.model.amounts import size_text
from mooring.model.forward_report import ForwardReport, ForwardState
from mooring_widgets.plain_text import fit, plain_text

_SIGNS = {ForwardState.LISTENING: "●", ForwardState.WAITING: "↻", ForwardState.FAILED: "✕"}


def forward_line(report: ForwardReport, width: int) -> str:
    """The line, in at most so many cells; where both do not fit, the way counts for more than what went along it.

    Why one failed is not left out: it takes a second line then.
    """
    way = f"{_SIGNS[report.state]} {spell_way(report)}"
    told = _told(report)
    gap = width - cell_len(way) - cell_len(told)
    if gap >= 2:
        return f"{way}{' ' * gap}{told}"
    if report.state is ForwardState.FAILED:
        return f"{fit(way, width)}\n{fit(f'  {told}', width)}"
    return fit(f"{way}  {told}", width)


def spell_way(report: ForwardReport) -> str:
    """Letter, where it listens, where it leads: "L 8080 → localhost:80"."""
    specification = report.specification
    letter = "R" if report.remote else "D" if specification.dynamic else "L"
    listen = specification.listen_path or _place(specification.listen_host, report.port or specification.listen_port)
    if specification.dynamic:
        return plain_text(f"{letter} {listen}  SOCKS")
    connect = specification.connect_path or _place(specification.connect_host, specification.connect_port)
    return plain_text(f"{letter} {listen} → {connect}")


def _told(report: ForwardReport) -> str:
    if report.state is ForwardState.FAILED:
        return plain_text(report.reason)
    if report.state is ForwardState.WAITING:
        return "waits for the connection"
    return f"{report.open} open of {report.connections}  ↑ {size_text(report.sent)}  ↓ {size_text(report.received)}"


def _place(host: str | None, port: int) -> str:
    if host is None:
        return str(port)
    return f"[{host}]:{port}" if ":" in host else f"{host or '*'}:{port}"
