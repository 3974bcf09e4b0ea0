"""The list of machines: a virtual, filtered, grouped list on Textual's line API."""
