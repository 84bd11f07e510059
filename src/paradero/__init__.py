"""paradero audits state custody: a double-entry ledger of people held by a state."""

__version__ = "0.1.0"
