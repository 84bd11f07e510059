"""Fabricated releases: realistic in form, of nobody, deterministic by seed, with known faults planted in
them.

Everything is labelled FABRICATED: file names, the preamble of every sheet, facility names, ports, operations.
"""

from paradero.synthetic.release import Written, write_release

__all__ = ["Written", "write_release"]
