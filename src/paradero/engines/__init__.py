"""Where steps run: DuckDB by default, Apache Spark with the very same text."""

from paradero.engines.digest import Digest, digest_of
from paradero.engines.steps import Step, order_steps, read_steps

__all__ = ["Digest", "Step", "digest_of", "order_steps", "read_steps"]
