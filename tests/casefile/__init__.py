"""Tests of paradero.casefile."""
