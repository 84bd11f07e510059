-- gender: what headcounts count, grouped by the sex on the row
-- inputs: counted_spans, detention_rows
-- kept: view
SELECT s.*, d.gender AS group_value
FROM counted_spans s
JOIN detention_rows d ON d.row_id = s.person_row
