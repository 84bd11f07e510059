-- ddp_encounters: one row an encounter; `duplicate_likely` where another has the same person and the same
-- instant, null without a person id
SELECT event_date, event_type, event_landmark, operation, encounter_threat_level, responsible_aor,
  responsible_site, lead_event_type, lead_source, final_program, arresting_agency, encounter_criminality,
  processing_disposition, case_status, case_category, departed_date, departure_country, final_order_yes_no,
  final_order_date, CAST(birth_year AS INTEGER) AS birth_year, citizenship_country, gender,
  unique_identifier,
  CASE WHEN unique_identifier IS NOT NULL
    THEN count(*) OVER (PARTITION BY event_date, unique_identifier) > 1 END AS duplicate_likely,
  file_original, sheet_original, CAST(row_original AS INTEGER) AS row_original
FROM read_encounters
ORDER BY row_id
