"""The list of machines: a virtual, filtered, grouped list on Textual's line API."""

from __future__ import annotations

from mooring_widgets.machine_list.filter_input import FilterInput
from mooring_widgets.machine_list.list_view import MachineListView
from mooring_widgets.machine_list.machine_list import MachineList
from mooring_widgets.machine_list.ordering import SortOrder
from mooring_widgets.machine_list.row import MachineRow
from mooring_widgets.machine_list.state import RowState

__all__ = ["FilterInput", "MachineList", "MachineListView", "MachineRow", "RowState", "SortOrder"]
