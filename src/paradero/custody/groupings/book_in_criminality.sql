-- book_in_criminality: the stints as headcounts count them, grouped by the criminality at book-in on the row
-- inputs: stint_spans, detention_rows
-- kept: view
SELECT s.*, d.book_in_criminality AS group_value
FROM stint_spans s
JOIN detention_rows d ON d.row_id = s.row_id
