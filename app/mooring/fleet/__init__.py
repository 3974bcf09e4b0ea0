"""One command on many machines: fan-out, and answers that a person can read."""

from __future__ import annotations
