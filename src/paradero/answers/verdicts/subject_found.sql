-- Where the verdicts on a subject stand, under its own name or that of the person in the records: the file
-- and the place in it, counted from 0.
SELECT file, place
FROM read_parquet($places_file)
WHERE person_no IN (
  SELECT person_no FROM person_lookups
  WHERE lower_id = lower($subject) AND unique_identifier = $subject
    AND ($release IS NULL OR release = $release)
)
UNION
SELECT file, place
FROM read_parquet($places_file)
WHERE subject = $subject
  AND ($release IS NULL OR person_no IN (SELECT person_no FROM persons WHERE release = $release))
ORDER BY file, place
