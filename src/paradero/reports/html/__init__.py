"""Pages as HTML: one file that opens from disk, asks no server, and is complete without scripts."""
