-- stint_spans: every detention row, narrow and sorted by person: what chains, headcounts and conflicts are
--   computed from
-- inputs: detention_rows, stint_flags, persons
-- kept: table
--
-- Times are microseconds on the clock as recorded; `person_no` is null where the row has no person id.
-- `place` rises in the order of person, book-in, book-out, facility and file, nulls first, so an open stint
-- comes before a closed one with the same book-in; it is negative where the row has no person id. `kept`
-- marks the rows that have a person and are no likely duplicates: stays are made of them. `book_in_why` and
-- `book_out_why` say why a time is missing (withheld, unreadable, not_in_release, blank, stand_in,
-- day_or_month; null where it is stated): what a row shows depends on it. `end_why` says why neither book-out
-- nor the stay's book-out is stated, where it is not because they were left blank; `reason_why` why a reason
-- that may tell how custody ended is not stated (withheld, unreadable, or the release has no reasons). Of a
-- date whose order of day and month its file does not tell, `_lo` and `_hi` are the earlier and later
-- reading.
WITH spans AS (
  SELECT p.person_no, d.row_id, d.release,
    us_of(d.stay_book_in_date_time) AS stay_book_in,
    us_of(d.stay_book_out_date_time) AS stay_book_out,
    us_of(d.book_in_date_time) AS book_in,
    us_of(d.book_out_date_time) AS book_out,
    d.detention_facility_code, d.detention_release_reason, d.stay_release_reason,
    us_of(d.departed_date) AS departed, d.birth_year, d.case_status,
    CASE WHEN d.book_in_date_time IS NULL THEN coalesce(d.book_in_date_time_why_missing, 'blank')
      END AS book_in_why,
    CASE WHEN d.book_out_date_time IS NULL THEN coalesce(d.book_out_date_time_why_missing, 'blank')
      END AS book_out_why,
    CASE
      WHEN d.book_out_date_time IS NOT NULL OR d.stay_book_out_date_time IS NOT NULL THEN NULL
      WHEN d.book_out_date_time_why_missing IN ('withheld', 'unreadable', 'not_in_release', 'day_or_month')
        THEN d.book_out_date_time_why_missing
      WHEN d.stay_book_out_date_time_why_missing IN ('withheld', 'unreadable', 'day_or_month')
        THEN d.stay_book_out_date_time_why_missing
    END AS end_why,
    CASE
      WHEN d.detention_release_reason IS NULL AND d.detention_release_reason_why_missing IN ('withheld',
        'unreadable') THEN d.detention_release_reason_why_missing
      WHEN d.stay_release_reason IS NULL AND d.stay_release_reason_why_missing IN ('withheld', 'unreadable')
        THEN d.stay_release_reason_why_missing
      WHEN d.detention_release_reason IS NULL AND d.detention_release_reason_why_missing = 'not_in_release'
        AND d.stay_release_reason IS NULL AND d.stay_release_reason_why_missing = 'not_in_release'
          THEN 'not_in_release'
    END AS reason_why,
    us_of(d.book_in_date_time_lo) AS book_in_lo, us_of(d.book_in_date_time_hi) AS book_in_hi,
    us_of(d.book_out_date_time_lo) AS book_out_lo, us_of(d.book_out_date_time_hi) AS book_out_hi,
    p.person_no IS NOT NULL AND NOT coalesce(f.duplicate_likely_bond OR f.duplicate_likely_sameday,
      FALSE) AS kept,
    coalesce(f.duplicate_exact, FALSE) AS duplicate_exact
  FROM detention_rows d
  LEFT JOIN stint_flags f ON f.row_id = d.row_id
  LEFT JOIN persons p ON p.release = d.release AND p.unique_identifier = d.unique_identifier
)
SELECT
  CASE WHEN person_no IS NULL THEN -1 - row_id ELSE person_no * 4294967296 + row_number() OVER (
    PARTITION BY person_no
    ORDER BY book_in ASC NULLS FIRST, book_out ASC NULLS FIRST, detention_facility_code ASC NULLS FIRST,
      row_id ASC NULLS FIRST
  ) END AS place,
  *
FROM spans
ORDER BY place ASC NULLS LAST
