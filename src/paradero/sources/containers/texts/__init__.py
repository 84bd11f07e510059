"""Text that holds a table: its letters, what parts its columns, and its quotes."""
