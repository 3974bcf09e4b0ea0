"""Mooring's widgets; none of them knows the application or SSH."""
