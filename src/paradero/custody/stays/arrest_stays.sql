-- arrest_stays: which arrest led to which stay, by three named rules, with every stay and arrest left without
--   a partner
-- inputs: stay_spans, arrests
-- kept: table
--
-- `gap_us` = stay book-in (ICE's nominal one) minus arrest; `status` is matched, stay_unmatched or
-- arrest_unmatched. `ddp-window`: first rows of episodes, -5 days <= gap <= +10 days; the closest arrest of
-- each stay, then the closest stay of each arrest; a stay whose closest arrest prefers another stay stays
-- unmatched. `strictly-preceding`: any row, 0 <= gap <= 10 days and later than the person's previous stay
-- began; the latest. `episode`: first rows of episodes, up to 12 hours after the stay began and later than 12
-- hours after the previous one began; the latest. All three are inferences from times: the releases record no
-- link between an arrest and a stay.
WITH begun AS (
  SELECT person_no, stay_row, first_place, stay_book_in,
    lag(stay_book_in) OVER (PARTITION BY person_no
      ORDER BY stay_book_in ASC NULLS FIRST, first_place ASC NULLS FIRST) AS previous_book_in
  FROM stay_spans
  WHERE stay_book_in IS NOT NULL
),
pairs AS (
  SELECT b.person_no, b.stay_row, b.first_place, b.stay_book_in, b.previous_book_in, a.row_id AS arrest_row,
    a.arrested_at, a.episode_first,
    b.stay_book_in - a.arrested_at AS gap_us
  FROM begun b
  JOIN arrests a ON a.person_no = b.person_no
),
closest_arrests AS (
  SELECT *, row_number() OVER (
    PARTITION BY stay_row ORDER BY abs(gap_us) ASC NULLS LAST, arrested_at ASC NULLS LAST,
      arrest_row ASC NULLS LAST
  ) AS choice
  FROM pairs
  WHERE episode_first AND gap_us BETWEEN -432000000000 AND 864000000000
),
closest_stays AS (
  SELECT *, row_number() OVER (
    PARTITION BY arrest_row ORDER BY abs(gap_us) ASC NULLS LAST, stay_book_in ASC NULLS LAST,
      first_place ASC NULLS LAST
  ) AS answer
  FROM closest_arrests
  WHERE choice = 1
),
preceding AS (
  SELECT *, row_number() OVER (PARTITION BY stay_row
    ORDER BY arrested_at DESC NULLS LAST, arrest_row DESC NULLS LAST) AS choice
  FROM pairs
  WHERE gap_us BETWEEN 0 AND 864000000000 AND (previous_book_in IS NULL OR arrested_at > previous_book_in)
),
episodes AS (
  SELECT *, row_number() OVER (PARTITION BY stay_row
    ORDER BY arrested_at DESC NULLS LAST, arrest_row DESC NULLS LAST) AS choice
  FROM pairs
  WHERE episode_first AND gap_us >= -43200000000
    AND (previous_book_in IS NULL OR arrested_at > previous_book_in + 43200000000)
),
matched AS (
  SELECT 1 AS rule_no, person_no, stay_row, arrest_row, gap_us FROM closest_stays WHERE answer = 1
  UNION ALL
  SELECT 3, person_no, stay_row, arrest_row, gap_us FROM preceding WHERE choice = 1
  UNION ALL
  SELECT 2, person_no, stay_row, arrest_row, gap_us FROM episodes WHERE choice = 1
),
rules AS (
  SELECT 1 AS rule_no UNION ALL SELECT 2 UNION ALL SELECT 3
),
listed AS (
  SELECT person_no, rule_no, 'matched' AS status, stay_row, arrest_row, gap_us FROM matched
  UNION ALL
  SELECT s.person_no, r.rule_no, 'stay_unmatched', s.stay_row, CAST(NULL AS BIGINT), CAST(NULL AS BIGINT)
  FROM stay_spans s CROSS JOIN rules r
  LEFT JOIN matched m ON m.rule_no = r.rule_no AND m.stay_row = s.stay_row
  WHERE m.stay_row IS NULL
  UNION ALL
  SELECT a.person_no, r.rule_no, 'arrest_unmatched', CAST(NULL AS BIGINT), a.row_id, CAST(NULL AS BIGINT)
  FROM arrests a CROSS JOIN rules r
  LEFT JOIN matched m ON m.rule_no = r.rule_no AND m.arrest_row = a.row_id
  WHERE m.arrest_row IS NULL
)
SELECT person_no, CASE rule_no WHEN 1 THEN 'ddp-window' WHEN 2 THEN 'episode'
  ELSE 'strictly-preceding' END AS rule, status, stay_row, arrest_row, gap_us
FROM listed
ORDER BY person_no ASC NULLS LAST, rule_no ASC NULLS LAST, stay_row ASC NULLS LAST, arrest_row ASC NULLS LAST
