-- headcount_doubts: the rows of headcount_days, and which of them cannot be added up one by one
-- inputs: headcount_days
-- kept: table
--
-- `is_tangled`: the person has several rows in the group and one of them is in doubt (or placements are
-- counted, of which several rows may tell one): their days are joined level by level before they are counted.
SELECT *, max(CASE WHEN is_repeated AND (NOT persons OR NOT is_exact) THEN 1
  ELSE 0 END) OVER (PARTITION BY asked_no, group_no, person_no) = 1 AS is_tangled
FROM headcount_days
ORDER BY asked_no ASC NULLS LAST, row_id ASC NULLS LAST
