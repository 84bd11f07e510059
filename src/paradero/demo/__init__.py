"""The demonstration: a fabricated release through the whole of paradero, every planted fault looked for."""

from paradero.demo.show import show_demo

__all__ = ["show_demo"]
