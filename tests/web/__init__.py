"""Tests of paradero.web."""
