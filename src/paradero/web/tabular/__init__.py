"""Tables on the site: what an address asks of one, its cells, what its columns mean, ways to take it away."""
