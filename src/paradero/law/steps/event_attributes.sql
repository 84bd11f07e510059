-- event_attributes: the values that each attribute of an event's subject can have
-- inputs: stated_attributes, recorded_attributes
-- kept: table
--
-- Several rows for one attribute where members of a cohort differ or nobody says which; none where nothing is known of it.
WITH said AS (
  SELECT event_no, attribute, value FROM stated_attributes UNION ALL SELECT event_no, attribute, value FROM recorded_attributes
)
SELECT DISTINCT event_no, attribute, value FROM said
ORDER BY event_no ASC NULLS LAST, attribute ASC NULLS LAST, value ASC NULLS LAST
