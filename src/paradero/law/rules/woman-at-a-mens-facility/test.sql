-- woman_at_a_mens_facility: stints of women at facilities that lists have for men alone
-- inputs: facility_rows, detention_rows, stint_spans, stint_flags, rule_versions
-- kept: view
--
-- One event per stint at a facility of which a list says for whom it is. Shown: the row says female and
-- every such list says male alone; shown not to be: the row says male, or each such list has women too. Where
-- lists differ or use other words, and where the row says neither, nothing is shown. Where another row of
-- the person states the other sex, nothing is shown either.
WITH listed AS (
  SELECT detention_facility_code AS code,
    max(CASE WHEN upper(trim(male_female)) IN ('MALE', 'M') THEN 1 ELSE 0 END) = 1 AS has_men_alone,
    max(CASE WHEN upper(trim(male_female)) IN ('FEMALE', 'F', 'FEMALE/MALE', 'MALE/FEMALE', 'BOTH', 'F/M',
      'M/F') THEN 1 ELSE 0 END) = 1 AS has_women,
    max(CASE WHEN upper(trim(male_female)) IN ('MALE', 'M', 'FEMALE', 'F', 'FEMALE/MALE', 'MALE/FEMALE',
    'BOTH',
      'F/M', 'M/F') THEN 0 ELSE 1 END) = 1 AS has_other_words
  FROM facility_rows
  WHERE detention_facility_code IS NOT NULL AND male_female IS NOT NULL
  GROUP BY detention_facility_code
),
sexes AS (
  SELECT s.person_no, count(DISTINCT substr(upper(trim(d.gender)), 1, 1)) AS n
  FROM detention_rows d
  JOIN stint_spans s ON s.row_id = d.row_id
  WHERE s.person_no IS NOT NULL AND upper(trim(d.gender)) IN ('FEMALE', 'MALE', 'F', 'M')
  GROUP BY s.person_no
),
stated AS (
  SELECT s.person_no, s.row_id, s.book_in, s.book_out, l.has_men_alone, l.has_women, l.has_other_words,
    CASE WHEN x.n > 1 THEN NULL WHEN upper(trim(d.gender)) IN ('FEMALE', 'F') THEN TRUE
      WHEN upper(trim(d.gender)) IN ('MALE', 'M') THEN FALSE END AS is_woman
  FROM stint_spans s
  JOIN detention_rows d ON d.row_id = s.row_id
  JOIN listed l ON l.code = s.detention_facility_code
  LEFT JOIN stint_flags f ON f.row_id = s.row_id
  LEFT JOIN sexes x ON x.person_no = s.person_no
  WHERE NOT coalesce(f.duplicate_likely_bond, FALSE)
),
answered AS (
  SELECT *,
    CASE
      WHEN NOT is_woman THEN FALSE
      WHEN has_other_words THEN NULL
      WHEN NOT has_men_alone THEN FALSE
      WHEN is_woman AND NOT has_women THEN TRUE
    END AS is_shown
  FROM stated
)
SELECT v.variant, a.person_no, CAST(NULL AS STRING) AS subject, a.row_id AS event_row,
  CAST(NULL AS BIGINT) AS other_row, a.book_in AS event_lo, recorded_hi(a.book_in) AS event_hi,
  TRUE AS is_bound, a.is_shown, CAST(NULL AS BIGINT) AS margin_lo, CAST(NULL AS BIGINT) AS margin_hi,
  CAST(NULL AS STRING) AS bound_facts,
  CASE WHEN a.is_shown IS NOT NULL THEN NULL WHEN a.is_woman IS NULL THEN 'gender' ELSE 'listing'
    END AS shown_facts,
  CAST(NULL AS BIGINT) AS turns_at
FROM answered a
CROSS JOIN rule_versions v
