"""Sessions that outlive the screens: leaving them, and taking them up again in the tabs that they had."""
