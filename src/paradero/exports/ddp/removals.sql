-- ddp_removals: one row a removal; `duplicate_likely` where another has the same person and day of departure,
-- null without a person id
SELECT CAST(departed_date AS DATE) AS departed_date, port_of_departure, departure_country, case_aor,
  apprehension_state, apprehension_county, case_status, gender, birth_country, citizenship_country,
  CAST(birth_year AS INTEGER) AS birth_year, entry_date, entry_status, known_terrorist_yes_no,
  suspected_gang_yes_no, msc_charge AS most_serious_conviction_charge, msc_charge_date,
  msc_criminal_charge_status, msc_charge_code, msc_conviction_date, case_criminality, case_threat_level,
  felon, processing_disposition, case_category, final_program, final_program_code, arresting_agency,
  toa_case_category AS arrest_time_case_category,
  latest_final_program AS latest_apprehension_final_program, latest_arresting_agency,
  latest_apprehension_date, final_order_yes_no, final_order_date, final_charge_code, final_charge_section,
  prior_deport_yes_no, unique_identifier,
  CASE WHEN unique_identifier IS NOT NULL THEN count(*) OVER (
    PARTITION BY CAST(departed_date AS DATE), unique_identifier) > 1 END AS duplicate_likely,
  file_original, sheet_original, CAST(row_original AS INTEGER) AS row_original
FROM read_removals
ORDER BY row_id
