"""Tests of paradero.exports."""
