-- missing_ends: the detention rows of a release, and how many lack a book-out, a book-in, a person id
SELECT count(*) AS n_rows, count(*) FILTER (WHERE book_out IS NULL) AS without_book_out,
  count(*) FILTER (WHERE book_in IS NULL) AS without_book_in,
  count(*) FILTER (WHERE person_no IS NULL) AS without_person
FROM stint_spans WHERE release = $release

-- kept_definition: a definition as the build counted by it
SELECT * FROM headcount_definitions WHERE definition = $definition
