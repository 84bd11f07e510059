"""Which act answers what is required by a date."""
