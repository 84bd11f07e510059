-- whether a rule has any verdict on an event of a person
SELECT EXISTS (FROM query_table($table) WHERE person_no IS NOT NULL) AS is_on_people
