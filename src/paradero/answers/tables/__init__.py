"""Any built table as a reader asks for it: filtered, sorted, in some of its columns, counted by a column."""
