"""Go's text templates, as far as docker-machine's `-f` used them: `{{.Name}}`, `{{json .}}`, `{{if .Error}}`."""

from __future__ import annotations

from mooring.cli.template.template import Template

__all__ = ["Template"]
