-- stay_removals: which removal ended which stay, by two named rules, with every removal left without a stay
-- inputs: stay_spans, stint_spans, removals
-- kept: table
--
-- `recorded-departure` (class recorded): the stay's last stint carries a departed date itself; no removal row
-- is needed. `nearest-removal` (class inferred): the removal of that person whose day lies nearest to the day
-- the stay ended (ICE's book-out, else the last of its stints), from 7 days before to 30 days after it; ties
-- to the earlier removal; each removal goes to one stay, the nearest, ties to the earlier stay. `gap_days` =
-- departed day minus end day.
WITH ended AS (
  SELECT s.person_no, s.stay_row, s.first_place, s.stay_book_in, l.departed,
    day_of(coalesce(l.stay_book_out, s.stint_window_out)) AS end_day
  FROM stay_spans s
  JOIN stint_spans l ON l.place = s.last_place
),
near AS (
  SELECT e.person_no, e.stay_row, e.first_place, e.stay_book_in, r.row_id AS removal_row, r.departed,
    day_of(r.departed) - e.end_day AS gap_days,
    row_number() OVER (
      PARTITION BY e.stay_row
      ORDER BY abs(day_of(r.departed) - e.end_day) ASC NULLS LAST, r.departed ASC NULLS LAST,
        r.row_id ASC NULLS LAST
    ) AS choice
  FROM ended e
  JOIN removals r ON r.person_no = e.person_no
  WHERE r.copy = 1 AND day_of(r.departed) - e.end_day BETWEEN -7 AND 30
),
answered AS (
  SELECT *, row_number() OVER (
    PARTITION BY removal_row ORDER BY abs(gap_days) ASC NULLS LAST, stay_book_in ASC NULLS FIRST,
      first_place ASC NULLS LAST
  ) AS answer
  FROM near
  WHERE choice = 1
),
listed AS (
  SELECT person_no, 'recorded-departure' AS rule, 'matched' AS status, stay_row,
    CAST(NULL AS BIGINT) AS removal_row, departed,
    day_of(departed) - end_day AS gap_days
  FROM ended
  WHERE departed IS NOT NULL
  UNION ALL
  SELECT person_no, 'nearest-removal', 'matched', stay_row, removal_row, departed, gap_days FROM answered
    WHERE answer = 1
  UNION ALL
  SELECT r.person_no, 'nearest-removal', 'removal_unmatched', CAST(NULL AS BIGINT), r.row_id, r.departed,
    CAST(NULL AS BIGINT)
  FROM removals r
  LEFT JOIN answered a ON a.removal_row = r.row_id AND a.answer = 1
  WHERE r.copy = 1 AND a.removal_row IS NULL
)
SELECT * FROM listed
ORDER BY person_no ASC NULLS LAST, rule ASC NULLS LAST, stay_row ASC NULLS LAST, removal_row ASC NULLS LAST
