-- award_records: every row that says something of an award, whatever it was downloaded as, with what it says
--   of the award as a whole
-- inputs: award_keys, award_parties, award_actions, award_transaction_rows, award_summary_rows, subawards,
--   subaward_rows
-- kept: view
--
-- `kind` is `action`, `summary` or `subaward`. A record says who the recipient is, where the work is done and
-- what the award has come to (`current_value`, `ceiling`, `outlayed`) as of `known_until`: the day of the
-- download where the file's name tells it (`known_until_from` is `download`), else the day the record was
-- last modified (`last_modified`), else that of the latest action it knows (`action`). `obligated` is the
-- total so far that the record states. Value and ceiling of an action are as of that action. `is_counted` is
-- false for a row that repeats another or was superseded. The name of a sole proprietor is a person's and is
-- left out (award_parties); descriptions are free text and stay in the rows as received. Amounts: US dollars,
-- nominal.
SELECT a.award_key, 'action' AS kind, a.row_id, a.is_counted, a.action_us AS latest_action_us,
  a.action_us AS value_as_of,
  CASE WHEN t.downloaded_on IS NOT NULL THEN day_number(t.downloaded_on) * 86400000000
    WHEN a.modified_us IS NOT NULL THEN a.modified_us ELSE a.action_us END AS known_until,
  CASE WHEN t.downloaded_on IS NOT NULL THEN 'download' WHEN a.modified_us IS NOT NULL THEN 'last_modified'
    ELSE 'action' END AS known_until_from,
  t.total_dollars_obligated AS obligated, t.total_outlayed_amount_for_overall_award AS outlayed,
    t.current_total_value_of_award AS current_value,
  t.potential_total_value_of_award AS ceiling, t.award_id_piid AS piid, p.uei AS recipient_uei,
    p.name AS recipient_name, p.is_sole_proprietor, p.parent_uei, p.parent_name,
  coalesce(t.awarding_sub_agency_name, t.awarding_agency_name) AS agency, t.awarding_office_name AS office,
    t.primary_place_of_performance_city_name AS place_city,
  t.primary_place_of_performance_state_code AS place_state,
    t.primary_place_of_performance_country_code AS place_country,
  t.multiple_or_single_award_idv AS single_or_multiple, us_of(t.period_of_performance_start_date) AS start_us,
    us_of(t.period_of_performance_current_end_date) AS end_us
FROM award_actions a
JOIN award_transaction_rows t ON t.row_id = a.row_id
JOIN award_parties p ON p.row_id = a.row_id AND p.party = 'recipient'
UNION ALL
SELECT k.award_key, 'summary', s.row_id, TRUE, us_of(s.award_latest_action_date),
  us_of(s.award_latest_action_date),
  CASE WHEN s.downloaded_on IS NOT NULL THEN day_number(s.downloaded_on) * 86400000000
    ELSE coalesce(us_of(s.last_modified_date), us_of(s.award_latest_action_date)) END,
  CASE WHEN s.downloaded_on IS NOT NULL THEN 'download' WHEN s.last_modified_date IS NOT NULL
    THEN 'last_modified' ELSE 'action' END,
  s.total_obligated_amount, s.total_outlayed_amount, s.current_total_value_of_award,
    s.potential_total_value_of_award, s.award_id_piid,
  p.uei, p.name, p.is_sole_proprietor, p.parent_uei, p.parent_name,
  coalesce(s.awarding_sub_agency_name, s.awarding_agency_name), s.awarding_office_name,
    s.primary_place_of_performance_city_name,
  s.primary_place_of_performance_state_code, s.primary_place_of_performance_country_code,
    s.multiple_or_single_award_idv,
  us_of(s.period_of_performance_start_date), us_of(s.period_of_performance_current_end_date)
FROM award_summary_rows s
JOIN award_keys k ON k.row_id = s.row_id
JOIN award_parties p ON p.row_id = s.row_id AND p.party = 'recipient'
UNION ALL
SELECT s.award_key, 'subaward', s.row_id, TRUE, us_of(r.prime_award_latest_action_date),
  us_of(r.prime_award_latest_action_date),
  CASE WHEN r.downloaded_on IS NOT NULL THEN day_number(r.downloaded_on) * 86400000000
    ELSE us_of(r.prime_award_latest_action_date) END,
  CASE WHEN r.downloaded_on IS NOT NULL THEN 'download' ELSE 'action' END,
  s.prime_obligated, r.prime_award_total_outlayed_amount, NULL, NULL, r.prime_award_piid, p.uei, p.name,
    p.is_sole_proprietor, p.parent_uei, p.parent_name,
  r.prime_award_awarding_sub_agency_name, r.prime_award_awarding_office_name,
    r.prime_award_primary_place_of_performance_city_name,
  r.prime_award_primary_place_of_performance_state_code,
    r.prime_award_primary_place_of_performance_country_code, NULL, NULL, NULL
FROM subawards s
JOIN subaward_rows r ON r.row_id = s.row_id
JOIN award_parties p ON p.row_id = s.row_id AND p.party = 'recipient'
