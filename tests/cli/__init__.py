"""Tests of paradero.cli."""
