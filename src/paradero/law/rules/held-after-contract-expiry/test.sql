-- held_after_contract_expiry: lists that date the end of a facility's contract, and people recorded there
--   after it
-- inputs: facility_terms, stint_spans, releases, disputed_times, rule_versions
-- kept: view
--
-- One event per row of a list that dates the end of a contract, at that end, where somebody was booked in at
-- the facility after it (`other_row`: the first such row). Shown: the book-in lies on a day after the expiry
-- and not after the day of the list, which still gives that expiry. Book-ins alone count, and no row that
-- contradicts another of the person: what is not known only lessens them. A book-in after the day of the
-- list shows nothing, since the contract may have been extended meanwhile. Never shown not to be: a release
-- need not hold every person.
WITH ended AS (
  SELECT row_id, detention_facility_code AS code, from_lo, to_hi, listed_lo, listed_hi
  FROM facility_terms
  WHERE term = 'contract' AND to_hi IS NOT NULL AND detention_facility_code IS NOT NULL
),
booked AS (
  SELECT s.row_id, s.detention_facility_code AS code, s.book_in
  FROM stint_spans s
  JOIN releases r ON r.release = s.release
  LEFT JOIN disputed_times d ON d.row_id = s.row_id
  WHERE s.person_no IS NOT NULL AND s.book_in <= r.released_at AND NOT coalesce(d.is_doubled, FALSE)
    AND s.detention_facility_code IN (SELECT code FROM ended)
),
after AS (
  SELECT e.row_id, min(b.book_in) AS first_in, min_by(b.row_id, b.book_in) AS first_row
  FROM ended e
  JOIN booked b ON b.code = e.code AND b.book_in > e.to_hi
  GROUP BY e.row_id
),
measured AS (
  SELECT v.variant, e.*, a.first_in, a.first_row,
    CASE WHEN recorded_hi(a.first_in) <= e.listed_hi THEN TRUE END AS is_shown
  FROM ended e
  JOIN after a ON a.row_id = e.row_id
  CROSS JOIN rule_versions v
)
SELECT variant, CAST(NULL AS BIGINT) AS person_no, code AS subject, row_id AS event_row,
  CASE WHEN is_shown THEN first_row END AS other_row, to_hi AS event_lo, to_hi AS event_hi, TRUE AS is_bound,
  is_shown, CASE WHEN is_shown THEN first_in - to_hi END AS margin_lo,
  CASE WHEN is_shown THEN listed_hi - to_hi END AS margin_hi, CAST(NULL AS STRING) AS bound_facts,
  CASE WHEN is_shown THEN NULL WHEN listed_lo IS NULL THEN 'list_date' ELSE 'extension' END AS shown_facts,
  to_hi AS turns_at
FROM measured
