"""One name a function, spelt for each engine: `duckdb.sql` and `spark.sql` define the same names."""
