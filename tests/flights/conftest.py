"""The real traces of `shared/data/adsb`, beside the checkout. Where they are missing the tests fail."""

from __future__ import annotations

from pathlib import Path

import pytest

ADSB = Path(__file__).parents[2].parent / "shared" / "data" / "adsb"


@pytest.fixture(scope="session")
def adsb() -> Path:
    """The folder of the real traces."""
    assert ADSB.is_dir(), (
        f"expected the public traces in {ADSB}: they are part of the shared folder beside the checkout"
    )
    return ADSB
