-- ddp_stints: one row a stint, with DDP's keys, lowest bonds and duplicate flags, nothing dropped, and the
-- place of the facility
SELECT s.stay_book_in_date_time, s.book_in_date_time, s.detention_facility, s.book_out_date_time,
  s.stay_book_out_date_time, s.detention_release_reason, s.stay_book_out_date, s.stay_release_reason,
  s.religion, s.gender, s.marital_status, s.ethnicity, s.birth_country, s.citizenship_country, s.entry_status,
  s.known_terrorist_yes_no, s.suspected_gang_yes_no, s.msc_charge, s.msc_sentence_days, s.msc_sentence_months,
  s.msc_sentence_years, s.msc_charge_code AS most_serious_conviction_code, s.felon, s.offense_ina_236c_yes_no,
  s.case_ina_236c_yes_no, s.bond_posted_date, s.bond_posted_amount, s.case_status, s.case_category,
  s.final_order_yes_no, s.final_order_date, s.case_threat_level, s.detainee_classification, s.final_charge,
  s.departed_date, s.departure_country, s.initial_bond_set_amount, s.initial_bond_set_date,
  s.detention_facility_code, CAST(s.birth_year AS INTEGER) AS birth_year, s.book_in_criminality, s.race,
  s.entry_date, s.final_program, s.msc_charge_date, s.msc_conviction_date, s.msc_criminal_charge_status,
  s.msc_criminal_charge_status_code, s.msc_crime_class, s.book_in_site, s.book_in_aor, s.unique_identifier,
  s.stay_ID, s.file_original, s.sheet_original, CAST(s.row_original AS INTEGER) AS row_original, s.stint_ID,
  s.initial_bond_set_amount_lowest_seen, s.initial_bond_set_date_earliest_seen,
  s.bond_posted_amount_lowest_seen, s.bond_posted_date_earliest_seen, s.duplicate_likely_bond,
  s.duplicate_likely_sameday, s.duplicate_drop_row, s.duplicate_likely, p.city, p.state, p.county
FROM read_stints s
LEFT JOIN ddp_places p ON p.code = s.detention_facility_code
ORDER BY s.book_in_date_time ASC NULLS LAST, s.unique_identifier ASC NULLS FIRST,
  s.detention_facility_code ASC NULLS FIRST, s.row_id
