-- ddp_stays: one row a stay, of the stints that DDP does not drop: its last stint's values, its first,
-- longest and last facility, and their places
SELECT s.stay_ID, CAST(s.n_stints AS INTEGER) AS n_stints, s.detention_facility_codes_all,
  s.initial_bond_set_amount_lowest_seen, s.initial_bond_set_date_earliest_seen,
  s.bond_posted_amount_lowest_seen, s.bond_posted_date_earliest_seen, s.stay_book_in_date_time,
  s.stay_book_out_date_time, s.stay_book_out_date, s.stay_release_reason, s.religion, s.gender,
  s.marital_status, s.ethnicity, s.birth_country, s.citizenship_country, s.entry_status,
  s.known_terrorist_yes_no, s.suspected_gang_yes_no, s.msc_charge, s.msc_sentence_days, s.msc_sentence_months,
  s.msc_sentence_years, s.msc_charge_code AS most_serious_conviction_code, s.felon, s.offense_ina_236c_yes_no,
  s.case_ina_236c_yes_no, s.case_status, s.case_category, s.final_order_yes_no, s.final_order_date,
  s.case_threat_level, s.detainee_classification, s.final_charge, s.departed_date, s.departure_country,
  CAST(s.birth_year AS INTEGER) AS birth_year, s.book_in_criminality, s.race, s.entry_date, s.final_program,
  s.msc_charge_date, s.msc_conviction_date, s.msc_criminal_charge_status, s.msc_criminal_charge_status_code,
  s.msc_crime_class, s.unique_identifier, CAST(s.n_stays AS INTEGER) AS n_stays,
  s.detention_facility_first, s.detention_facility_code_first, s.book_in_date_time_first,
  s.book_out_date_time_first, s.detention_facility_longest, s.detention_facility_code_longest,
  s.book_in_date_time_longest, s.book_out_date_time_longest, s.detention_facility_last,
  s.detention_facility_code_last, s.book_in_date_time_last, s.book_out_date_time_last,
  f.city AS city_first, f.state AS state_first, f.county AS county_first,
  m.city AS city_longest, m.state AS state_longest, m.county AS county_longest,
  l.city AS city_last, l.state AS state_last, l.county AS county_last, s.stay_row
FROM read_stays s
LEFT JOIN ddp_places f ON f.code = s.detention_facility_code_first
LEFT JOIN ddp_places m ON m.code = s.detention_facility_code_longest
LEFT JOIN ddp_places l ON l.code = s.detention_facility_code_last
ORDER BY s.stay_book_in_date_time ASC NULLS LAST, s.unique_identifier, s.stay_row
