-- Of these persons those of a release.
SELECT person_no FROM persons
WHERE release = $release AND person_no IN (SELECT unnest($numbers))
