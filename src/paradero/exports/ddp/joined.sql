-- ddp_joined: one row an episode of arrest, with the stay that it led to where one is found: the closest
-- arrest of each stay, then the closest stay of each arrest, from 5 days after the stay began to 10 days
-- before
--
-- What both have is the stay's where there is one, else the arrest's.
WITH pairs AS (
  SELECT arrest_row, stay_row FROM arrest_stays WHERE rule = 'ddp-window' AND status = 'matched'
)
SELECT a.apprehension_date, a.apprehension_type, a.apprehension_state_filled_in,
  a.apprehension_state_original, a.county, a.apprehension_aor, a.arresting_agency, a.apprehension_method,
  a.apprehension_criminality, a.apprehension_site_landmark, a.operation, a.toa_current_duty_site,
  a.case_criminality, a.unique_identifier, a.apprehension_date_time, a.duplicate_episode_identifier,
  a.duplicate_episode_first, a.duplicate_likely, a.file_original, a.sheet_original, a.row_original,
  s.stay_ID, s.n_stints, s.detention_facility_codes_all, s.initial_bond_set_amount_lowest_seen,
  s.initial_bond_set_date_earliest_seen, s.bond_posted_amount_lowest_seen, s.bond_posted_date_earliest_seen,
  s.stay_book_in_date_time, s.stay_book_out_date_time, s.stay_book_out_date, s.stay_release_reason,
  s.religion, if(s.stay_ID IS NULL, a.gender, s.gender) AS gender, s.marital_status, s.ethnicity,
  s.birth_country, if(s.stay_ID IS NULL, a.citizenship_country, s.citizenship_country) AS citizenship_country,
  s.entry_status, s.known_terrorist_yes_no, s.suspected_gang_yes_no, s.msc_charge, s.msc_sentence_days,
  s.msc_sentence_months, s.msc_sentence_years, s.most_serious_conviction_code, s.felon,
  s.offense_ina_236c_yes_no, s.case_ina_236c_yes_no,
  if(s.stay_ID IS NULL, a.case_status, s.case_status) AS case_status,
  if(s.stay_ID IS NULL, a.case_category, s.case_category) AS case_category,
  if(s.stay_ID IS NULL, a.final_order_yes_no, s.final_order_yes_no) AS final_order_yes_no,
  if(s.stay_ID IS NULL, a.final_order_date, s.final_order_date) AS final_order_date,
  if(s.stay_ID IS NULL, a.case_threat_level, s.case_threat_level) AS case_threat_level,
  s.detainee_classification, s.final_charge,
  if(s.stay_ID IS NULL, CAST(a.departed_date AS DATE), CAST(s.departed_date AS DATE)) AS departed_date,
  if(s.stay_ID IS NULL, a.departure_country, s.departure_country) AS departure_country,
  if(s.stay_ID IS NULL, a.birth_year, s.birth_year) AS birth_year, s.book_in_criminality, s.race,
  s.entry_date,
  if(s.stay_ID IS NULL, a.final_program, s.final_program) AS final_program,
  s.msc_charge_date, s.msc_conviction_date, s.msc_criminal_charge_status, s.msc_criminal_charge_status_code,
  s.msc_crime_class, s.n_stays, s.detention_facility_first, s.detention_facility_code_first,
  s.book_in_date_time_first, s.book_out_date_time_first, s.detention_facility_longest,
  s.detention_facility_code_longest, s.book_in_date_time_longest, s.book_out_date_time_longest,
  s.detention_facility_last, s.detention_facility_code_last, s.book_in_date_time_last,
  s.book_out_date_time_last, s.city_first, s.state_first, s.county_first, s.city_longest, s.state_longest,
  s.county_longest, s.city_last, s.state_last, s.county_last, s.stay_ID IS NOT NULL AS has_detention_stay
FROM ddp_arrests a
LEFT JOIN pairs p ON p.arrest_row = a.row_id
LEFT JOIN ddp_stays s ON s.stay_row = p.stay_row
WHERE a.duplicate_episode_first
ORDER BY a.apprehension_date_time ASC NULLS LAST, a.unique_identifier ASC NULLS LAST, a.row_id
