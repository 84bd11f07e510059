"""The law of a casefile: rules, orders and events as files, each tried on its worked cases."""
