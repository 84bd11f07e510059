-- removed_despite_withholding: removals to the country of citizenship of people to whom withholding was
--   granted
-- inputs: departure_orders, rule_versions
-- kept: view
--
-- One event per departure (`departure_orders`) whose category says that withholding of removal was granted.
-- Bound: removed; not bound: left otherwise; else not known. Shown: the country of departure is that of
-- citizenship, spelled alike. Never shown not to be: which country was withheld, and where a journey went on
-- to, is in no release.
SELECT v.variant, d.person_no, CAST(NULL AS STRING) AS subject, d.row_id AS event_row,
  CAST(NULL AS BIGINT) AS other_row, d.departed_lo AS event_lo, d.departed_hi AS event_hi,
  d.way = 'removed' AS is_bound, d.is_home AS is_shown, CAST(NULL AS BIGINT) AS margin_lo,
  CAST(NULL AS BIGINT) AS margin_hi,
  CASE WHEN d.way IS NOT NULL THEN NULL WHEN d.is_disputed THEN 'disputed' ELSE 'departure_kind'
    END AS bound_facts,
  CASE WHEN d.is_home THEN NULL WHEN d.is_disputed THEN 'disputed' ELSE 'withheld_country'
    END AS shown_facts,
  CAST(NULL AS BIGINT) AS turns_at
FROM departure_orders d
CROSS JOIN rule_versions v
WHERE d.by_category = 'withholding'
