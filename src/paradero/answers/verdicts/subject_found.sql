-- Where the verdicts on a person of the records stand: the file and the place in it, counted from 0.
SELECT file, place
FROM read_parquet($places_file)
WHERE person_no IN (
  SELECT person_no FROM person_lookups
  WHERE lower_id = lower($subject) AND unique_identifier = $subject
    AND ($release IS NULL OR release = $release)
)
