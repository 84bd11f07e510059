-- stays: one row per stay in the columns of the Deportation Data Project, with our windows and the stay's end
-- inputs: stay_spans, stint_spans, detention_rows, stint_flags
-- kept: table
--
-- Columns that are not counts, facilities or windows are those of the stay's last stint, null or not. The
-- four lowest/earliest-seen bond columns are the minima over the stints of the stay. `n_stays` counts the
-- stays of the person. stay_book_in_date_time and stay_book_out_date_time are ICE's own (nominal) window;
-- stint_window_in and stint_window_out are computed from the stints.
WITH bonds AS (
  SELECT s.person_no, s.stay_book_in,
    min(coalesce(b.initial_bond_set_amount_lowest_seen,
      d.initial_bond_set_amount)) AS initial_bond_set_amount_lowest_seen,
    min(coalesce(b.initial_bond_set_date_earliest_seen,
      d.initial_bond_set_date)) AS initial_bond_set_date_earliest_seen,
    min(coalesce(b.bond_posted_amount_lowest_seen, d.bond_posted_amount)) AS bond_posted_amount_lowest_seen,
    min(coalesce(b.bond_posted_date_earliest_seen, d.bond_posted_date)) AS bond_posted_date_earliest_seen
  FROM detention_rows d
  LEFT JOIN stint_flags b ON b.row_id = d.row_id
  JOIN stint_spans s ON s.row_id = d.row_id AND s.kept
  WHERE d.initial_bond_set_amount IS NOT NULL OR d.initial_bond_set_date IS NOT NULL
    OR d.bond_posted_amount IS NOT NULL
    OR d.bond_posted_date IS NOT NULL OR b.row_id IS NOT NULL
  GROUP BY s.person_no, s.stay_book_in
),
places AS (
  SELECT row_id, detention_facility, detention_facility_code, book_in_date_time, book_out_date_time
    FROM detention_rows
),
counts AS (
  SELECT person_no, count(*) AS n_stays FROM stay_spans GROUP BY person_no
)
SELECT d.release, d.unique_identifier,
  d.unique_identifier || '_' || time_text(g.stay_book_in) AS stay_ID,
  g.n_stints,
  c.n_stays,
  g.detention_facility_codes_all,
  f.detention_facility AS detention_facility_first,
    f.detention_facility_code AS detention_facility_code_first,
  f.book_in_date_time AS book_in_date_time_first, f.book_out_date_time AS book_out_date_time_first,
  m.detention_facility AS detention_facility_longest,
    m.detention_facility_code AS detention_facility_code_longest,
  m.book_in_date_time AS book_in_date_time_longest, m.book_out_date_time AS book_out_date_time_longest,
  d.detention_facility AS detention_facility_last, d.detention_facility_code AS detention_facility_code_last,
  d.book_in_date_time AS book_in_date_time_last, d.book_out_date_time AS book_out_date_time_last,
  d.stay_book_in_date_time, d.stay_book_out_date_time, d.stay_book_out_date,
  time_of(g.stint_window_in) AS stint_window_in, time_of(g.stint_window_out) AS stint_window_out,
    g.has_open_stint,
  d.stay_release_reason, d.religion, d.gender, d.marital_status, d.ethnicity, d.birth_country,
    d.birth_country_ero, d.citizenship_country,
  d.entry_status, d.known_terrorist_yes_no, d.suspected_gang_yes_no, d.msc_charge, d.msc_sentence_days,
    d.msc_sentence_months,
  d.msc_sentence_years, d.msc_charge_code, d.felon, d.offense_ina_236c_yes_no, d.case_ina_236c_yes_no,
  d.bond_posted_date, d.bond_posted_amount, d.case_status, d.case_category, d.final_order_yes_no,
    d.final_order_date, d.case_threat_level,
  d.apprehension_threat_level, d.detainee_classification, d.final_charge, d.departed_date,
    d.departure_country, d.initial_bond_set_amount,
  d.initial_bond_set_date, d.birth_date, d.birth_year, d.book_in_criminality, d.race, d.entry_date,
    d.final_program, d.final_program_group,
  d.msc_charge_date, d.msc_conviction_date, d.msc_criminal_charge_status, d.msc_criminal_charge_status_code,
  d.msc_criminal_charge_category, d.msc_crime_class, d.area_of_responsibility, d.docket_control_office,
    d.charge, d.charge_code,
  d.charge_section_code, d.alien_file_number, d.case_id, d.subject_id,
  b.initial_bond_set_amount_lowest_seen, b.initial_bond_set_date_earliest_seen,
    b.bond_posted_amount_lowest_seen, b.bond_posted_date_earliest_seen,
  d.unique_identifier_why_missing, d.stay_book_in_date_time_why_missing,
    d.stay_book_out_date_time_why_missing,
  d.departed_date_why_missing, d.stay_release_reason_why_missing,
  g.stay_row, d.row_id AS last_row, d.source AS last_source, d.source_sheet AS last_source_sheet,
    d.source_row AS last_source_row
FROM stay_spans g
JOIN detention_rows d ON d.row_id = g.last_row
JOIN places f ON f.row_id = g.stay_row
JOIN places m ON m.row_id = g.longest_row
JOIN counts c ON c.person_no = g.person_no
LEFT JOIN bonds b ON b.person_no = g.person_no AND b.stay_book_in IS NOT DISTINCT FROM g.stay_book_in
ORDER BY g.stay_row ASC NULLS LAST
