"""One sheet: its header found, its rows told apart, typed, written and accounted for."""
