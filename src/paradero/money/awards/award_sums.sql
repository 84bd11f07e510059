-- award_sums: what the actions, the summaries and the subawards of each award come to, each by itself
-- inputs: award_keys, award_actions, award_records, subawards
-- kept: view
--
-- `obligated_actions` adds each action once; `_lo` and `_hi` bound it where versions of an action differ and
-- nothing tells which holds. An amount that cannot be read is in no sum and counted in `n_without_amount`;
-- the bounds are then open. `obligated_summary` is the total of the summary last downloaded,
-- `obligated_stated` the total that subaward reports state of their prime award, `obligated_then` the actions
-- up to the day of the summary's latest action, `obligated_later` those after it (the bounds take in those of
-- which that cannot be told), `running_total` what the latest action states as the total so far. `subawarded`
-- adds each report once, `subawarded_lo` of the reports under one number the largest alone. A blank
-- modification number is the award's first action where no action is earlier. `actions_until`,
-- `summary_until`, `later_until` and `stated_until` say up to when the rows speak that the sum rests on.
-- Amounts: US dollars, nominal.
WITH actions AS (
  SELECT award_key, modification_number, transaction_number, count(*) AS n_rows,
    max(CASE WHEN is_counted THEN obligated END) AS obligated,
    min(CASE WHEN is_counted OR is_unclear THEN obligated END) AS lo,
      max(CASE WHEN is_counted OR is_unclear THEN obligated END) AS hi,
    max(CASE WHEN (is_counted OR is_unclear) AND obligated IS NULL THEN 1 ELSE 0 END) AS lacks,
      max(CASE WHEN differs THEN 1 ELSE 0 END) AS changed,
    max(CASE WHEN is_unclear THEN 1 ELSE 0 END) AS unclear,
      max(CASE WHEN is_counted THEN action_us END) AS action_us
  FROM award_actions GROUP BY award_key, modification_number, transaction_number
),
begun AS (
  SELECT *, min(action_us) OVER (PARTITION BY award_key) AS earliest_us FROM actions
),
acted AS (
  SELECT award_key, CAST(sum(obligated) AS DECIMAL(20, 2)) AS obligated_actions,
    CASE WHEN max(lacks) = 0 THEN CAST(sum(lo) AS DECIMAL(20, 2)) END AS obligated_lo,
      CASE WHEN max(lacks) = 0 THEN CAST(sum(hi) AS DECIMAL(20, 2)) END AS obligated_hi,
    CAST(sum(CASE WHEN obligated < 0 THEN obligated ELSE 0 END) AS DECIMAL(20, 2)) AS deobligated,
      count(*) AS n_actions, CAST(sum(n_rows) AS BIGINT) AS n_action_rows,
    CAST(sum(lacks) AS BIGINT) AS n_without_amount, CAST(sum(changed) AS BIGINT) AS n_changed,
      CAST(sum(unclear) AS BIGINT) AS n_unclear,
    CAST(max(CASE WHEN modification_number = '0' OR (modification_number = ''
      AND coalesce(action_us = earliest_us, TRUE)) THEN 1 ELSE 0 END) AS BIGINT) AS n_bases,
      min(action_us) AS first_action_us, max(action_us) AS last_action_us
  FROM begun GROUP BY award_key
),
spoken AS (
  SELECT a.award_key, a.row_id, a.action_us, r.known_until FROM award_actions a
  JOIN award_records r ON r.row_id = a.row_id AND r.kind = 'action' WHERE NOT a.differs
),
states AS (
  SELECT award_key, kind, row_id, obligated, known_until, latest_action_us,
    row_number() OVER (PARTITION BY award_key, kind
    ORDER BY obligated IS NULL ASC NULLS LAST, known_until DESC NULLS LAST, row_id DESC NULLS LAST) AS choice,
    count(*) OVER (PARTITION BY award_key, kind) AS n_rows,
      min(obligated) OVER (PARTITION BY award_key, kind, known_until) AS least,
    max(obligated) OVER (PARTITION BY award_key, kind, known_until) AS most
  FROM award_records WHERE kind <> 'action'
),
summarised AS (
  SELECT s.award_key, s.obligated AS obligated_summary, s.row_id AS summary_row, s.latest_action_us,
    s.known_until AS summary_until, s.n_rows AS n_summary_rows,
    s.least AS summary_lo, s.most AS summary_hi, s.least <> s.most AS summaries_differ
  FROM states s WHERE s.kind = 'summary' AND s.choice = 1
),
dated AS (
  SELECT a.award_key, a.obligated, a.lo, a.hi, a.lacks,
    CASE WHEN day_of(a.action_us) > day_of(s.latest_action_us) THEN 1
    WHEN day_of(a.action_us) <= day_of(s.latest_action_us) THEN 0 END AS later
  FROM actions a
  JOIN summarised s ON s.award_key = a.award_key
),
known_then AS (
  SELECT award_key, CAST(sum(CASE WHEN later = 1 THEN 0 ELSE obligated END) AS DECIMAL(20,
    2)) AS obligated_then,
    CAST(sum(CASE WHEN later = 1 THEN coalesce(obligated, 0) ELSE 0 END) AS DECIMAL(20,
      2)) AS obligated_later,
    CASE WHEN max(CASE WHEN later = 0 THEN 0 ELSE lacks END) = 0
      THEN CAST(sum(CASE WHEN later = 1 THEN lo WHEN later = 0 THEN 0 ELSE least(lo, 0) END) AS DECIMAL(20,
      2)) END AS later_lo,
    CASE WHEN max(CASE WHEN later = 0 THEN 0 ELSE lacks END) = 0
      THEN CAST(sum(CASE WHEN later = 1 THEN hi WHEN later = 0 THEN 0 ELSE greatest(hi, 0) END) AS DECIMAL(20,
      2)) END AS later_hi
  FROM dated GROUP BY award_key
),
known AS (
  SELECT p.award_key, max(p.known_until) AS actions_until,
    max(CASE WHEN day_of(p.action_us) > day_of(s.latest_action_us) THEN p.known_until END) AS later_until
  FROM spoken p
  LEFT JOIN summarised s ON s.award_key = p.award_key
  GROUP BY p.award_key
),
totals AS (
  SELECT award_key, obligated, row_number() OVER (PARTITION BY award_key
    ORDER BY latest_action_us DESC NULLS LAST, known_until DESC NULLS LAST, row_id DESC NULLS LAST) AS choice
  FROM award_records WHERE kind = 'action' AND is_counted AND obligated IS NOT NULL
),
stated AS (
  SELECT award_key, obligated AS obligated_stated, row_id AS stated_row, known_until AS stated_until
    FROM states WHERE kind = 'subaward' AND choice = 1
),
numbers AS (
  SELECT award_key, subaward_number, count(*) AS n, sum(subawarded) AS subawarded, max(subawarded) AS largest,
    max(CASE WHEN subawarded IS NULL THEN 1 ELSE 0 END) AS lacks
  FROM subawards GROUP BY award_key, subaward_number
),
passed_on AS (
  SELECT award_key, CAST(sum(subawarded) AS DECIMAL(20, 2)) AS subawarded,
    CASE WHEN max(lacks) = 0 THEN CAST(sum(largest) AS DECIMAL(20, 2)) END AS subawarded_lo,
    CAST(sum(n) AS BIGINT) AS n_subawards,
      CAST(sum(CASE WHEN n > 1 THEN 1 ELSE 0 END) AS BIGINT) AS n_reported_again
  FROM numbers GROUP BY award_key
),
keys AS (
  SELECT award_key, max(CASE WHEN may_repeat THEN 1 ELSE 0 END) AS may_repeat FROM award_keys
    GROUP BY award_key
)
SELECT k.award_key, a.obligated_actions, a.obligated_lo, a.obligated_hi, a.deobligated, a.n_actions,
  a.n_action_rows, a.n_without_amount, a.n_changed, a.n_unclear,
  a.n_bases, a.first_action_us, a.last_action_us, s.obligated_summary, s.summary_row, s.n_summary_rows,
    s.summaries_differ, s.summary_lo, s.summary_hi,
  s.latest_action_us AS summary_action_us, h.obligated_then, h.obligated_later, h.later_lo, h.later_hi,
    u.actions_until, u.later_until, s.summary_until, t.stated_until, k.may_repeat,
  r.obligated AS running_total, t.obligated_stated, t.stated_row,
  p.subawarded, p.subawarded_lo, p.n_subawards, p.n_reported_again
FROM keys k
LEFT JOIN acted a ON a.award_key = k.award_key
LEFT JOIN summarised s ON s.award_key = k.award_key
LEFT JOIN known_then h ON h.award_key = k.award_key
LEFT JOIN known u ON u.award_key = k.award_key
LEFT JOIN totals r ON r.award_key = k.award_key AND r.choice = 1
LEFT JOIN stated t ON t.award_key = k.award_key
LEFT JOIN passed_on p ON p.award_key = k.award_key
