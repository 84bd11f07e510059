-- missing_ends: the detention rows of a release, and how many lack a book-out, a book-in, a person id
SELECT CAST(sum(n_rows) AS BIGINT) AS n_rows, CAST(sum(n_without_book_out) AS BIGINT) AS without_book_out,
  CAST(sum(n_without_book_in) AS BIGINT) AS without_book_in,
  CAST(sum(n_without_person) AS BIGINT) AS without_person
FROM facility_counts WHERE release = $release

-- releases: the releases that have detention rows
SELECT DISTINCT release FROM facility_counts ORDER BY release

-- kept_definition: a definition as the build counted by it
SELECT * FROM headcount_definitions WHERE definition = $definition
