-- award_rows: the source rows of each award, those that count first
SELECT award_key, row_id FROM award_records ORDER BY award_key, is_counted DESC, row_id

-- awards: the awards
SELECT * FROM awards ORDER BY award_key

-- subawards: the subawards, each once
SELECT * FROM subawards ORDER BY award_key, report_id, subaward_number
