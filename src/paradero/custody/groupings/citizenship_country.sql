-- citizenship_country: the stints as headcounts count them, grouped by the country of citizenship on the row
-- inputs: stint_spans, detention_rows
-- kept: view
SELECT s.*, d.citizenship_country AS group_value
FROM stint_spans s
JOIN detention_rows d ON d.row_id = s.row_id
