-- subawards: each reported subaward once, by prime award, report and number
-- inputs: award_keys, award_parties, subaward_rows
-- kept: table
--
-- A subaward is a part of its prime award's money, never money beside it. Rows of several downloads with the
-- same prime award, report id and number are one report: the one last modified is shown (ties: the last in
-- file order), `n_rows` counts them all, `n_amounts` how many different amounts they give. `n_reports` counts
-- the reports that carry the same number under the same prime award: above 1, a later report may repeat money
-- of an earlier one, which the reports do not tell. `is_sole_proprietor` says that the one who receives the
-- subaward is a person, `prime_is_sole_proprietor` that the recipient of the award is: their names are left
-- out. Amounts: US dollars, nominal.
WITH keyed AS (
  SELECT r.row_id, k.award_key, coalesce(trim(r.subaward_fsrs_report_id), '') AS report_id,
    coalesce(trim(r.subaward_number), '') AS subaward_number, r.subaward_amount AS subawarded,
    us_of(r.subaward_action_date) AS action_us,
      us_of(r.subaward_fsrs_report_last_modified_date) AS modified_us, s.uei AS subawardee_uei,
      s.name AS subawardee_name,
    s.parent_uei AS subawardee_parent_uei, s.parent_name AS subawardee_parent_name, s.is_sole_proprietor,
      r.subaward_primary_place_of_performance_city_name AS place_city,
    r.subaward_primary_place_of_performance_state_code AS place_state,
      r.subaward_primary_place_of_performance_country_code AS place_country,
    r.prime_award_amount AS prime_obligated, p.uei AS prime_uei, p.name AS prime_name,
      p.is_sole_proprietor AS prime_is_sole_proprietor
  FROM subaward_rows r
  JOIN award_keys k ON k.row_id = r.row_id
  JOIN award_parties s ON s.row_id = r.row_id AND s.party = 'subawardee'
  JOIN award_parties p ON p.row_id = r.row_id AND p.party = 'recipient'
),
ranked AS (
  SELECT *, row_number() OVER (
      PARTITION BY award_key, report_id, subaward_number
        ORDER BY modified_us DESC NULLS LAST, row_id DESC NULLS LAST) AS choice,
    count(*) OVER (PARTITION BY award_key, report_id, subaward_number) AS n_rows
  FROM keyed
),
amounts AS (
  SELECT award_key, report_id, subaward_number, count(DISTINCT subawarded) + CASE
    WHEN count(*) > count(subawarded) THEN 1 ELSE 0 END AS n_amounts
  FROM keyed GROUP BY award_key, report_id, subaward_number
)
SELECT r.award_key, r.report_id, r.subaward_number, r.row_id, r.n_rows, a.n_amounts,
  count(*) OVER (PARTITION BY r.award_key, r.subaward_number) AS n_reports,
  r.subawarded, r.action_us, r.modified_us, r.subawardee_uei, r.subawardee_name, r.subawardee_parent_uei,
    r.subawardee_parent_name, r.is_sole_proprietor,
  r.place_city, r.place_state, r.place_country, r.prime_obligated, r.prime_uei, r.prime_name,
    r.prime_is_sole_proprietor
FROM ranked r
JOIN amounts a ON a.award_key = r.award_key AND a.report_id = r.report_id
  AND a.subaward_number = r.subaward_number
WHERE r.choice = 1
ORDER BY r.award_key ASC NULLS LAST, r.report_id ASC NULLS LAST, r.subaward_number ASC NULLS LAST
