-- final_program: what headcounts count, grouped by the program that made the arrest, on the row
-- inputs: counted_spans, detention_rows
-- kept: view
SELECT s.*, d.final_program AS group_value
FROM counted_spans s
JOIN detention_rows d ON d.row_id = s.person_row
