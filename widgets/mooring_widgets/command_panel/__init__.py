"""Saved commands in a list, and the output of one that ran: plain data in, messages out."""

from mooring_widgets.command_panel.command_list import CommandList
from mooring_widgets.command_panel.filter_line import FilterLine
from mooring_widgets.command_panel.output_view import OutputView
from mooring_widgets.command_panel.row import CommandRow

__all__ = ["CommandList", "CommandRow", "FilterLine", "OutputView"]
