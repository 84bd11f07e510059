-- unjudged_events: rows that state no event because what makes one is not recorded, by the kind of event
-- inputs: detention_rows, removal_rows, stint_spans
-- kept: table
--
-- A removal cannot be judged where no departed date is recorded, a transfer where the person, the facility,
-- the book-out, its reason, or the minute of the stay's begin (by which the rows of a stay are joined) is
-- not. They are counted beside the verdicts on recorded events: what is withheld is none of them, and may
-- have been one.
SELECT 'removal' AS kind, count(*) AS n
FROM (
  SELECT row_id FROM detention_rows WHERE departed_date IS NULL UNION ALL SELECT row_id FROM removal_rows
    WHERE departed_date IS NULL
) r
UNION ALL
SELECT 'transfer' AS kind, count(*) AS n FROM stint_spans 
WHERE person_no IS NULL OR detention_facility_code IS NULL OR book_out IS NULL
  OR detention_release_reason IS NULL OR stay_book_in IS NULL OR stay_book_in % 86400000000 = 0
ORDER BY kind ASC NULLS LAST
