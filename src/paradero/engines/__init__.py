"""Where steps run: DuckDB by default, Apache Spark with the very same text."""

from paradero.engines.choice import Engine, open_engine
from paradero.engines.digest import Digest, digest_of
from paradero.engines.steps import Step, needed_for, order_steps, read_steps

__all__ = ["Digest", "Engine", "Step", "digest_of", "needed_for", "open_engine", "order_steps", "read_steps"]
