"""The files as received: what became of each, and every row of them in the columns of its sheet."""
