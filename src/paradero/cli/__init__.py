"""The command line: `paradero <verb>`, run inside a casefile like git."""

from paradero.cli.main import main

__all__ = ["main"]
