"""What the native path can't do, decided in one place for the command line, the engine, `explain` and the screen."""

from mooring.limits.algorithms import SupportedAlgorithms
from mooring.limits.find import find_limits, refuse, warnings
from mooring.limits.finding import Finding, Severity

__all__ = ["Finding", "Severity", "SupportedAlgorithms", "find_limits", "refuse", "warnings"]
