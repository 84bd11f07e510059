"""Legs held against missions, manifests, transfers and removals."""
