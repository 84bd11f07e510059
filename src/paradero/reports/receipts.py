"""What goes with a file that leaves the casefile: what it counts, from which build, and what it does not
cover.
"""

from __future__ import annotations

from paradero.building.tables import Built


def note_of(built: Built, what: str) -> dict[str, str]:
    """The note for exports: title, what, scope, digest, version."""
    receipt = built.receipt
    return {
        "case": receipt.title,
        "what": what,
        "scope": receipt.scope,
        "digest": receipt.digest,
        "made by": f"paradero {receipt.version}",
    }
