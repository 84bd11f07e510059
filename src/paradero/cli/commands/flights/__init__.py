"""Commands on flights: legs, tracks, matches, fetching."""
