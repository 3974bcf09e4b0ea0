"""What Mooring keeps on disk: paths, settings, its own machines."""
