"""The row of tabs above the sessions."""

from __future__ import annotations

from mooring_widgets.session_tabs.item import TabItem, TabState
from mooring_widgets.session_tabs.session_tabs import SessionTabs

__all__ = ["SessionTabs", "TabItem", "TabState"]
