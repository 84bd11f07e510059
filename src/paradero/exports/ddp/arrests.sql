-- ddp_arrests: one row an arrest, with the state filled in and the episode: arrests of one person at most 24
-- hours apart
--
-- `duplicate_likely` is null without a person id. An arrest without a person id or without a time is an
-- episode of its own.
WITH placed AS (
  SELECT r.*, a.person_no, a.episode, a.episode_first
  FROM read_arrests r JOIN arrests a ON a.row_id = r.row_id
),
numbered AS (
  SELECT * EXCLUDE (episode, episode_first),
    CASE WHEN person_no IS NULL THEN 1 WHEN episode IS NOT NULL THEN episode
      ELSE coalesce(max(episode) OVER (PARTITION BY person_no), 0)
        + row_number() OVER (PARTITION BY person_no, episode IS NULL ORDER BY row_id) END AS episode,
    episode IS NULL OR episode_first AS is_first
  FROM placed
)
SELECT CAST(n.apprehension_date_time AS DATE) AS apprehension_date, n.apprehension_type,
  coalesce(n.apprehension_state, s.state) AS apprehension_state_filled_in,
  n.apprehension_state AS apprehension_state_original, n.apprehension_county AS county, n.apprehension_aor,
  n.final_program, n.arresting_agency, n.apprehension_method, n.apprehension_criminality, n.case_status,
  n.case_category, n.departure_country, n.final_order_yes_no, CAST(n.birth_year AS INTEGER) AS birth_year,
  n.citizenship_country, n.gender, n.departed_date, n.final_order_date, n.apprehension_site_landmark,
  n.operation, n.apprehension_site AS toa_current_duty_site, n.case_criminality, n.case_threat_level,
  n.unique_identifier, n.apprehension_date_time,
  CAST(n.episode AS INTEGER) AS duplicate_episode_identifier, n.is_first AS duplicate_episode_first,
  CASE WHEN n.person_no IS NOT NULL
    THEN count(*) OVER (PARTITION BY n.person_no, n.episode) > 1 END AS duplicate_likely,
  n.file_original, n.sheet_original, CAST(n.row_original AS INTEGER) AS row_original, n.row_id
FROM numbered n
LEFT JOIN ddp_site_states s ON s.site = n.apprehension_site
ORDER BY n.unique_identifier ASC NULLS LAST, n.apprehension_date_time ASC NULLS LAST,
  n.apprehension_method = 'ERO Reprocessed Arrest' ASC NULLS LAST, n.row_id
