-- stint_flags: likely duplicates among detention rows and the lowest bond seen, for the rows that share a key
--   with another
-- inputs: detention_rows
-- kept: table
--
-- A row that is alone with its person, facility and day of book-in can be no duplicate and has no row here.
-- The others are compared in full. `duplicate_exact`: equal in every column to an earlier row.
-- `duplicate_likely_bond`: equal in every column except the four bond columns to a row that comes before it
-- in order K. `duplicate_likely_sameday`: of the rows left, one of several with the same person, facility,
-- day of book-in and stay book-in, and not the last of them in order K. The rules are the Deportation Data
-- Project's; docs/explanation/reconstruction.md states them in words.
WITH keyed AS (
  SELECT row_id, release, unique_identifier, detention_facility_code, us_of(book_in_date_time) AS book_in,
    key_hash(release, unique_identifier, detention_facility_code, day_of(us_of(book_in_date_time))) AS key
  FROM detention_rows
),
shared_keys AS (
  SELECT key FROM keyed GROUP BY key HAVING count(*) > 1
),
candidates AS (
  SELECT r.*, day_of(us_of(r.book_in_date_time)) AS book_in_day
  FROM detention_rows r
  WHERE key_hash(r.release, r.unique_identifier, r.detention_facility_code,
    day_of(us_of(r.book_in_date_time)))
    IN (SELECT key FROM shared_keys)
),
grouped AS (
  SELECT *, row_number() OVER copies AS copy_but_for_bond, first_value(row_id) OVER copies AS first_copy
  FROM candidates
  WINDOW copies AS (
    PARTITION BY release, unique_identifier, detention_facility_code, book_in_date_time,
      stay_book_in_date_time,
      detention_facility, book_out_date_time, stay_book_out_date_time, stay_book_out_date,
        detention_release_reason, stay_release_reason,
      religion, gender, marital_status, ethnicity, birth_country, birth_country_ero, citizenship_country,
        entry_status,
      known_terrorist_yes_no, suspected_gang_yes_no, msc_charge, msc_sentence_days, msc_sentence_months,
        msc_sentence_years, msc_charge_code,
      felon, offense_ina_236c_yes_no, case_ina_236c_yes_no, case_status, case_category, final_order_yes_no,
        final_order_date,
      case_threat_level, apprehension_threat_level, detainee_classification, final_charge, departed_date,
        departure_country, birth_date,
      birth_year, book_in_criminality, race, entry_date, final_program, final_program_group, msc_charge_date,
        msc_conviction_date,
      msc_criminal_charge_status, msc_criminal_charge_status_code, msc_criminal_charge_category,
        msc_crime_class, book_in_site, book_in_aor,
      area_of_responsibility, docket_control_office, charge, charge_code, charge_section_code,
        alien_file_number, detention_id, case_id,
      subject_id, redactions, extra
    ORDER BY bond_posted_date ASC NULLS FIRST, bond_posted_amount ASC NULLS FIRST, row_id ASC NULLS FIRST
  )
),
compared AS (
  SELECT *,
    row_number() OVER (
      PARTITION BY first_copy, bond_posted_date, bond_posted_amount, initial_bond_set_date,
        initial_bond_set_amount
      ORDER BY row_id ASC NULLS FIRST
    ) AS exact_copy,
    min(initial_bond_set_amount) OVER same_stint AS initial_bond_set_amount_lowest_seen,
    min(initial_bond_set_date) OVER same_stint AS initial_bond_set_date_earliest_seen,
    min(bond_posted_amount) OVER same_stint AS bond_posted_amount_lowest_seen,
    min(bond_posted_date) OVER same_stint AS bond_posted_date_earliest_seen
  FROM grouped
  WINDOW same_stint AS (PARTITION BY release, unique_identifier, book_in_date_time, detention_facility_code)
),
ranked AS (
  SELECT row_id,
    row_number() OVER (
      PARTITION BY release, unique_identifier, detention_facility_code, book_in_day, stay_book_in_date_time
      ORDER BY
        book_in_date_time DESC NULLS LAST, detention_release_reason DESC NULLS LAST,
          stay_book_out_date DESC NULLS LAST,
        stay_release_reason DESC NULLS LAST, religion DESC NULLS LAST, gender DESC NULLS LAST,
          marital_status DESC NULLS LAST,
        birth_year DESC NULLS LAST, ethnicity DESC NULLS LAST, entry_status DESC NULLS LAST,
          felon DESC NULLS LAST,
        bond_posted_date DESC NULLS LAST, bond_posted_amount DESC NULLS LAST, case_status DESC NULLS LAST,
        case_category DESC NULLS LAST, final_order_yes_no DESC NULLS LAST, final_order_date DESC NULLS LAST,
        case_threat_level DESC NULLS LAST, book_in_criminality DESC NULLS LAST, final_charge DESC NULLS LAST,
        departed_date DESC NULLS LAST, departure_country DESC NULLS LAST, citizenship_country DESC NULLS LAST,
        final_program DESC NULLS LAST, msc_charge_code DESC NULLS LAST, msc_charge DESC NULLS LAST,
          row_id DESC NULLS LAST
    ) AS from_last
  FROM compared
  WHERE unique_identifier IS NOT NULL AND copy_but_for_bond = 1
)
SELECT c.row_id,
  c.exact_copy > 1 AS duplicate_exact,
  c.unique_identifier IS NOT NULL AND c.copy_but_for_bond > 1 AS duplicate_likely_bond,
  coalesce(r.from_last > 1, FALSE) AS duplicate_likely_sameday,
  c.initial_bond_set_amount_lowest_seen,
  c.initial_bond_set_date_earliest_seen,
  c.bond_posted_amount_lowest_seen,
  c.bond_posted_date_earliest_seen
FROM compared c
LEFT JOIN ranked r ON r.row_id = c.row_id
