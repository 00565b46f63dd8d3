"""Zone profiles: everything that differs between one zone and another, as data."""
