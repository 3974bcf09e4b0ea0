"""Several sessions in one tab, side by side and stacked."""
