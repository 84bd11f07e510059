-- book_in_aor: what headcounts count, grouped by the field office that booked the person in, on the row
-- inputs: counted_spans, detention_rows
-- kept: view
SELECT s.*, d.book_in_aor AS group_value
FROM counted_spans s
LEFT JOIN detention_rows d ON d.row_id = s.row_id
