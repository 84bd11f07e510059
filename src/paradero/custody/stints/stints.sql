-- stints: every detention row as released, with DDP's keys and duplicate flags, nothing dropped
-- inputs: detention_rows, stint_flags
-- kept: view
--
-- `stay_ID` = person id, stay book-in; `stint_ID` = person id, book-in, facility code; null when a part is
-- missing. The four lowest/earliest-seen columns are minima over the rows of one stint_ID, null without a
-- person id. `duplicate_likely` is null without a person id, `duplicate_drop_row` false.
SELECT d.*,
  d.unique_identifier || '_' || time_text(us_of(d.stay_book_in_date_time)) AS stay_ID,
  d.unique_identifier || '_' || time_text(us_of(d.book_in_date_time)) || '_'
    || d.detention_facility_code AS stint_ID,
  CASE WHEN d.unique_identifier IS NOT NULL THEN coalesce(f.initial_bond_set_amount_lowest_seen,
    d.initial_bond_set_amount) END
    AS initial_bond_set_amount_lowest_seen,
  CASE WHEN d.unique_identifier IS NOT NULL THEN coalesce(f.initial_bond_set_date_earliest_seen,
    d.initial_bond_set_date) END
    AS initial_bond_set_date_earliest_seen,
  CASE WHEN d.unique_identifier IS NOT NULL THEN coalesce(f.bond_posted_amount_lowest_seen,
    d.bond_posted_amount) END
    AS bond_posted_amount_lowest_seen,
  CASE WHEN d.unique_identifier IS NOT NULL THEN coalesce(f.bond_posted_date_earliest_seen,
    d.bond_posted_date) END
    AS bond_posted_date_earliest_seen,
  coalesce(f.duplicate_exact, FALSE) AS duplicate_exact,
  coalesce(f.duplicate_likely_bond, FALSE) AS duplicate_likely_bond,
  coalesce(f.duplicate_likely_sameday, FALSE) AS duplicate_likely_sameday,
  coalesce(f.duplicate_likely_bond OR f.duplicate_likely_sameday, FALSE) AS duplicate_drop_row,
  CASE WHEN d.unique_identifier IS NOT NULL THEN coalesce(f.duplicate_likely_bond
    OR f.duplicate_likely_sameday, FALSE) END
    AS duplicate_likely
FROM detention_rows d
LEFT JOIN stint_flags f ON f.row_id = d.row_id
