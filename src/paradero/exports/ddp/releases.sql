-- releases: the data releases that have records of people
SELECT DISTINCT release FROM sources
WHERE len(list_intersect(string_split(kinds, ', '), $kinds)) > 0
ORDER BY release
