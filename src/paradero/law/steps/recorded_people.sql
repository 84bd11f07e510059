-- recorded_people: the person of each recorded event, as the release names them
-- inputs: order_events, persons
-- kept: view
--
-- None where the row has no person id.
SELECT DISTINCT e.event_no, p.release, p.unique_identifier
FROM order_events e
JOIN persons p ON p.person_no = e.person_no
WHERE e.event_row IS NOT NULL
