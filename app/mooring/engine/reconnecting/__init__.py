"""Bringing a session back whose connection was lost: when it is tried again, how often, and when not at all."""

from __future__ import annotations

from mooring.engine.reconnecting.outage import Outage, Outages
from mooring.engine.reconnecting.peer_watch import PeerWatch
from mooring.engine.reconnecting.policy import is_worth_another_attempt
from mooring.engine.reconnecting.sleep_watch import SleepWatch

__all__ = ["Outage", "Outages", "PeerWatch", "SleepWatch", "is_worth_another_attempt"]
