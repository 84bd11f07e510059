-- headcount_doubts: the rows of headcount_days whose days cannot be added up one by one: something is in doubt, or the person has several rows in the group
-- inputs: headcount_days
-- kept: table
--
-- `is_tangled`: the person has several rows in the group and one of them is in doubt (or placements are counted, of which several rows may tell one): their
-- days are joined level by level before they are counted.
WITH doubted AS (
  SELECT asked_no, group_no, person_no FROM headcount_days WHERE is_repeated AND (NOT persons OR NOT is_exact)
  GROUP BY asked_no, group_no, person_no
)
SELECT s.*, d.person_no IS NOT NULL AS is_tangled
FROM headcount_days s
LEFT JOIN doubted d ON d.asked_no = s.asked_no AND d.group_no = s.group_no AND d.person_no = s.person_no
WHERE s.is_repeated OR NOT s.is_exact
ORDER BY s.asked_no ASC NULLS LAST, s.row_id ASC NULLS LAST
