"""What a person says of machines: favourites, notes, own entries; written to Mooring's own files alone."""
