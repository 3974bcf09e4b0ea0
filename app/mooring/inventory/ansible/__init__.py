"""Ansible's inventories: what programs print and what files hold, read as Ansible reads them; and ours, written so."""

from __future__ import annotations
