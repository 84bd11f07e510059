"""Files from the servers of their publishers: the one part of paradero that uses the network, when asked."""
