"""Pictures of flights: scenes as data, and what draws them."""
