-- removals: removal rows with their person, the repeated ones marked
-- inputs: removal_rows, persons
-- kept: table
--
-- Rows with equal person, departed date and departure country are one removal: the first in file order stands
-- for it (`copy` = 1). Rows without a person id are each their own.
SELECT p.person_no, r.row_id, us_of(r.departed_date) AS departed, r.departure_country,
  CASE WHEN p.person_no IS NULL THEN 1 ELSE row_number() OVER (
    PARTITION BY p.person_no, r.departed_date, r.departure_country ORDER BY r.row_id ASC NULLS FIRST
  ) END AS copy
FROM removal_rows r
LEFT JOIN persons p ON p.release = r.release AND p.unique_identifier = r.unique_identifier
ORDER BY p.person_no ASC NULLS LAST, r.departed_date ASC NULLS LAST, r.row_id ASC NULLS LAST
