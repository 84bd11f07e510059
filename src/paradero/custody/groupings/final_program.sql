-- final_program: the stints as headcounts count them, grouped by the program that made the arrest, on the row
-- inputs: stint_spans, detention_rows
-- kept: view
SELECT s.*, d.final_program AS group_value
FROM stint_spans s
JOIN detention_rows d ON d.row_id = s.row_id
