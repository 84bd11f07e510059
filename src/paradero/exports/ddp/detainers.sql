-- ddp_detainers: one row a detainer; `duplicate_likely` where another has the same person and the same
-- instant of preparation, null without a person id
SELECT detainer_prepare_date, facility_state, facility_aor, port_of_departure, departure_country,
  departed_date, case_status, detainer_criminality AS detainer_prepared_criminality, detention_facility,
  detention_facility_code, facility_city, detainer_threat_level AS detainer_prep_threat_level, gender,
  citizenship_country, birth_country, CAST(birth_year AS INTEGER) AS birth_year, entry_status,
  msc_charge AS most_serious_conviction_charge, msc_sentence_days, msc_sentence_months, msc_sentence_years,
  msc_charge_code, msc_charge_date, msc_conviction_date, felon, processing_disposition, case_category,
  toa_case_category AS arrest_time_case_category, toa_current_program AS arrest_time_current_program,
  apprehension_method, final_order_yes_no, final_order_date, apprehension_date, entry_date,
  prior_felony_yes_no, multiple_prior_misd_yes_no, violent_misdemeanor_yes_no, illegal_entry_yes_no,
  illegal_reentry_yes_no, immigration_fraud_yes_no, significant_risk_yes_no, other_removal_reason_yes_no,
  criminal_street_gang_yes_no, aggravated_felony_yes_no, deportation_ordered_yes_no,
  order_to_show_cause_served_yes_no AS order_show_cause_served_yes_no, biometric_match_yes_no,
  statements_made_yes_no, unlawful_attempt_yes_no, unlawful_entry_yes_no, visa_yes_no,
  federal_interest_yes_no, resume_custody_yes_no, detainer_lift_reason, detainer_lift_reason_code,
  active_investigation_yes_no, detainer_type, notify_release_request_yes_no, tod_current_duty_site,
  unique_identifier,
  CASE WHEN unique_identifier IS NOT NULL
    THEN count(*) OVER (PARTITION BY detainer_prepare_date, unique_identifier) > 1 END AS duplicate_likely,
  file_original, sheet_original, CAST(row_original AS INTEGER) AS row_original
FROM read_detainers
ORDER BY row_id
