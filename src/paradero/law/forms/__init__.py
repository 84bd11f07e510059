"""What an order says, as its file declares it: scope, acts, terms, and the readings of each."""
