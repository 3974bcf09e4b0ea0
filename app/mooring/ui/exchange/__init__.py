"""What goes between a session and the person's desktop: copies, pastes, links."""

from __future__ import annotations

from mooring.ui.exchange.copying import Copier
from mooring.ui.exchange.exchange import Exchange

__all__ = ["Copier", "Exchange"]
