"""Tests of paradero.disclosure."""
