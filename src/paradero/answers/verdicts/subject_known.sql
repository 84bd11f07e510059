-- Whether any verdict of a file is on a subject, under its own name or that of the person in the records.
SELECT 1 AS n
FROM query_table($table) v
LEFT JOIN persons p ON p.person_no = v.person_no
WHERE v.subject = $subject OR p.unique_identifier = $subject
LIMIT 1
