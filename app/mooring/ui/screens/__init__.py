"""The screens: each puts panes side by side and passes messages between them."""
