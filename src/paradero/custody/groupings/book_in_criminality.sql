-- book_in_criminality: what headcounts count, grouped by the criminality at book-in on the row
-- inputs: counted_spans, detention_rows
-- kept: view
SELECT s.*, d.book_in_criminality AS group_value
FROM counted_spans s
JOIN detention_rows d ON d.row_id = s.person_row
