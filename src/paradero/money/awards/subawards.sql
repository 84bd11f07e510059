-- subawards: each reported subaward once, by prime award, report and number
-- inputs: subaward_rows
-- kept: table
--
-- A subaward is a part of its prime award's money, never money beside it. Rows of several downloads with the same prime award, report id and number are one report:
-- the one last modified is shown (ties: the last in file order), `n_rows` counts them all, `n_amounts` how many different amounts they give. `n_reports` counts the
-- reports that carry the same number under the same prime award: above 1, a later report may repeat money of an earlier one, which the reports do not tell.
-- Amounts: US dollars, nominal.
WITH keyed AS (
  SELECT row_id, coalesce(nullif(upper(trim(prime_award_unique_key)), ''), 'PIID_' || upper(trim(prime_award_piid))) AS award_key,
    coalesce(trim(subaward_fsrs_report_id), '') AS report_id, coalesce(trim(subaward_number), '') AS subaward_number, subaward_amount AS subawarded,
    us_of(subaward_action_date) AS action_us, us_of(subaward_fsrs_report_last_modified_date) AS modified_us, subawardee_uei, subawardee_name,
    subawardee_parent_uei, subawardee_parent_name, subaward_primary_place_of_performance_city_name AS place_city,
    subaward_primary_place_of_performance_state_code AS place_state, subaward_primary_place_of_performance_country_code AS place_country,
    subaward_description AS description, prime_award_amount AS prime_obligated, prime_awardee_uei AS prime_uei, prime_awardee_name AS prime_name
  FROM subaward_rows
),
ranked AS (
  SELECT *, row_number() OVER (
      PARTITION BY award_key, report_id, subaward_number ORDER BY modified_us DESC NULLS LAST, row_id DESC NULLS LAST) AS choice,
    count(*) OVER (PARTITION BY award_key, report_id, subaward_number) AS n_rows
  FROM keyed
),
amounts AS (
  SELECT award_key, report_id, subaward_number, count(DISTINCT subawarded) + CASE WHEN count(*) > count(subawarded) THEN 1 ELSE 0 END AS n_amounts
  FROM keyed GROUP BY award_key, report_id, subaward_number
)
SELECT r.award_key, r.report_id, r.subaward_number, r.row_id, r.n_rows, a.n_amounts, count(*) OVER (PARTITION BY r.award_key, r.subaward_number) AS n_reports,
  r.subawarded, r.action_us, r.modified_us, r.subawardee_uei, r.subawardee_name, r.subawardee_parent_uei, r.subawardee_parent_name,
  r.place_city, r.place_state, r.place_country, r.description, r.prime_obligated, r.prime_uei, r.prime_name
FROM ranked r
JOIN amounts a ON a.award_key = r.award_key AND a.report_id = r.report_id AND a.subaward_number = r.subaward_number
WHERE r.choice = 1
ORDER BY r.award_key ASC NULLS LAST, r.report_id ASC NULLS LAST, r.subaward_number ASC NULLS LAST
