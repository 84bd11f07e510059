"""Tests of paradero.authored."""
