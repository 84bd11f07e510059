"""Files on disk, of whatever kind: written whole or not at all."""
