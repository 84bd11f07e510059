-- Where the verdicts on a subject stand that they name themselves, with their persons.
SELECT file, place, person_no FROM read_parquet($places_file) WHERE subject = $subject
