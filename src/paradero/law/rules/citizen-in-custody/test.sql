-- citizen_in_custody: arrests and stints of people whom the record has as citizens of the United States
-- inputs: detention_rows, arrest_rows, removal_rows, stint_spans, stint_flags, arrests, removals,
--   rule_versions
-- kept: view
--
-- One event per row of arrests or detentions whose citizenship is the United States; rows of a person that
-- repeat another in all but the bond are left out. Shown: no row of the person, of arrests, detentions or
-- removals, names another citizenship; where one does, nothing is shown, and `other_row` is the first that
-- does. Never shown not to be: a row that names another country is no event.
WITH stated AS (
  SELECT s.person_no, s.row_id, s.book_in AS at_us, upper(trim(d.citizenship_country)) AS country
  FROM detention_rows d
  JOIN stint_spans s ON s.row_id = d.row_id
  LEFT JOIN stint_flags f ON f.row_id = d.row_id
  WHERE d.citizenship_country IS NOT NULL AND NOT coalesce(f.duplicate_likely_bond, FALSE)
  UNION ALL
  SELECT a.person_no, a.row_id, a.arrested_at, upper(trim(r.citizenship_country))
  FROM arrest_rows r
  JOIN arrests a ON a.row_id = r.row_id
  WHERE r.citizenship_country IS NOT NULL
),
read AS (
  SELECT *, country IN ('UNITED STATES', 'UNITED STATES OF AMERICA', 'USA', 'U.S.A.', 'US', 'U.S.')
    AS is_citizen
  FROM stated
),
others AS (
  SELECT person_no, min(row_id) AS other_row
  FROM (
    SELECT person_no, row_id FROM read WHERE NOT is_citizen AND person_no IS NOT NULL
    UNION ALL
    SELECT m.person_no, m.row_id
    FROM removals m
    JOIN removal_rows r ON r.row_id = m.row_id
    WHERE m.person_no IS NOT NULL AND upper(trim(r.citizenship_country)) NOT IN ('UNITED STATES',
      'UNITED STATES OF AMERICA', 'USA', 'U.S.A.', 'US', 'U.S.')
  ) n
  GROUP BY person_no
)
SELECT v.variant, r.person_no, CAST(NULL AS STRING) AS subject, r.row_id AS event_row, o.other_row,
  r.at_us AS event_lo, recorded_hi(r.at_us) AS event_hi, TRUE AS is_bound,
  CASE WHEN o.person_no IS NULL THEN TRUE END AS is_shown, CAST(NULL AS BIGINT) AS margin_lo,
  CAST(NULL AS BIGINT) AS margin_hi, CAST(NULL AS STRING) AS bound_facts,
  CASE WHEN o.person_no IS NOT NULL THEN 'disputed' END AS shown_facts, CAST(NULL AS BIGINT) AS turns_at
FROM read r
LEFT JOIN others o ON o.person_no = r.person_no
CROSS JOIN rule_versions v
WHERE r.is_citizen
