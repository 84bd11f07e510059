-- row_persons: the person of every row of detentions, arrests and removals, in file order
-- inputs: stint_spans, arrests, removals
-- kept: table
--
-- What is made of a row lies by person: who asks for a row finds its person here first. `person_no` is null
-- where the row has no person id.
SELECT row_id, person_no FROM stint_spans
UNION ALL SELECT row_id, person_no FROM arrests
UNION ALL SELECT row_id, person_no FROM removals
ORDER BY row_id ASC NULLS LAST
