"""Names and codes of places: counties by part of the country, towns of the delta."""
