"""Every documented table: to filter, sort, count by a column, take away, or go on with in a notebook."""
