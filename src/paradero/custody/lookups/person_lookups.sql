-- person_lookups: the persons by their ids in small letters, as a reader may type them
-- inputs: persons
-- kept: table
--
-- `lower_id` is the id with its letters small: ids that differ in nothing else stand together.
SELECT lower(unique_identifier) AS lower_id, unique_identifier, release, person_no
FROM persons
ORDER BY lower_id ASC NULLS LAST, unique_identifier ASC NULLS LAST, release ASC NULLS LAST
