-- citizenship_country: what headcounts count, grouped by the country of citizenship on the row
-- inputs: counted_spans, detention_rows
-- kept: view
SELECT s.*, d.citizenship_country AS group_value
FROM counted_spans s
JOIN detention_rows d ON d.row_id = s.person_row
