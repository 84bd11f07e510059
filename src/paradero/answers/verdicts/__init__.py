"""Which event broke which order or rule, why, and what would settle the undetermined."""
