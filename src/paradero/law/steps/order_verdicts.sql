-- order_verdicts: verdicts on events under the terms of orders, one for each construction
-- inputs: order_questions, order_terms, order_periods, order_scope, stay_reach
-- kept: table
--
-- `order_questions` is event_questions or rule_questions. In force at the instant asked about: not before
-- the order began to bind under the construction, within one of its periods (until it expires, and those by
-- which it was extended), and within none in which it was stayed, or after it was vacated or superseded. An
-- order without conditions protects everybody, and nobody where there was nobody. A stay of part of the
-- class counts for those whom it reaches (`stay_reach`); where nobody says whether it does, it may. Each is
-- true, false or open; the order is in force where all hold, not in force where one fails. The three are
-- asked also of the earliest and of the latest instant alone: `moment_decides` where either would settle it,
-- `act_decides` where the order's own times leave one of them open.
WITH scoped AS (
  SELECT q.*, t.order_id, t.begin_lo, t.begin_hi,
    CASE WHEN t.n_conditions = 0 AND s.event_no IS NULL THEN q.is_bound_by_rule WHEN NOT s.is_protected
      OR NOT q.is_bound_by_rule THEN FALSE
      WHEN s.is_protected AND q.is_bound_by_rule THEN TRUE END AS is_bound,
    CASE WHEN t.n_conditions = 0 AND s.event_no IS NULL THEN 0
      ELSE coalesce(s.unknown_bits, t.all_bits) END AS unknown_bits,
    s.people_lo, s.people_hi
  FROM order_questions q
  JOIN order_terms t ON t.variant = q.variant
  LEFT JOIN order_scope s ON s.order_id = t.order_id AND s.event_no = q.event_no
),
spanned AS (
  SELECT s.variant, s.event_no, s.other_row, p.is_in_force, p.stay, r.reaches,
    in_period(s.at_lo, s.at_hi, p.begin_lo, p.begin_hi, p.end_lo, p.end_hi) AS within,
    in_period(s.at_lo, s.at_lo, p.begin_lo, p.begin_hi, p.end_lo, p.end_hi) AS within_at_lo,
    in_period(s.at_hi, s.at_hi, p.begin_lo, p.begin_hi, p.end_lo, p.end_hi) AS within_at_hi
  FROM scoped s
  JOIN order_periods p ON p.variant = s.variant
  LEFT JOIN stay_reach r ON r.order_id = s.order_id AND r.stay = p.stay AND r.event_no = s.event_no
),
held_against AS (
  SELECT variant, event_no, other_row, is_in_force,
    CASE WHEN stay IS NULL THEN within ELSE within AND reaches END AS within,
    CASE WHEN stay IS NULL THEN within_at_lo ELSE within_at_lo AND reaches END AS within_at_lo,
    CASE WHEN stay IS NULL THEN within_at_hi ELSE within_at_hi AND reaches END AS within_at_hi
  FROM spanned
),
periods AS (
  SELECT variant, event_no, other_row,
    max(CASE WHEN is_in_force AND within THEN 1 ELSE 0 END) = 1 AS alive,
      min(CASE WHEN is_in_force AND coalesce(within, TRUE) THEN 0 ELSE 1 END) = 1 AS dead,
    max(CASE WHEN NOT is_in_force AND within THEN 1 ELSE 0 END) = 1 AS barred,
      min(CASE WHEN NOT is_in_force AND coalesce(within, TRUE) THEN 0 ELSE 1 END) = 1 AS free,
    max(CASE WHEN is_in_force AND within_at_lo THEN 1 ELSE 0 END) = 1 AS alive_at_lo,
    min(CASE WHEN is_in_force AND coalesce(within_at_lo, TRUE) THEN 0 ELSE 1 END) = 1 AS dead_at_lo,
    max(CASE WHEN NOT is_in_force AND within_at_lo THEN 1 ELSE 0 END) = 1 AS barred_at_lo,
    min(CASE WHEN NOT is_in_force AND coalesce(within_at_lo, TRUE) THEN 0 ELSE 1 END) = 1 AS free_at_lo,
    max(CASE WHEN is_in_force AND within_at_hi THEN 1 ELSE 0 END) = 1 AS alive_at_hi,
    min(CASE WHEN is_in_force AND coalesce(within_at_hi, TRUE) THEN 0 ELSE 1 END) = 1 AS dead_at_hi,
    max(CASE WHEN NOT is_in_force AND within_at_hi THEN 1 ELSE 0 END) = 1 AS barred_at_hi,
    min(CASE WHEN NOT is_in_force AND coalesce(within_at_hi, TRUE) THEN 0 ELSE 1 END) = 1 AS free_at_hi
  FROM held_against
  GROUP BY variant, event_no, other_row
),
begun AS (
  SELECT s.*, p.alive, p.dead, p.barred, p.free, p.alive_at_lo, p.dead_at_lo, p.barred_at_lo, p.free_at_lo,
    p.alive_at_hi, p.dead_at_hi, p.barred_at_hi, p.free_at_hi,
    not_before(s.at_lo, s.at_hi, s.begin_lo, s.begin_hi) AS started,
      not_before(s.at_lo, s.at_lo, s.begin_lo, s.begin_hi) AS started_at_lo,
    not_before(s.at_hi, s.at_hi, s.begin_lo, s.begin_hi) AS started_at_hi
  FROM scoped s
  JOIN periods p ON p.variant = s.variant AND p.event_no = s.event_no
    AND coalesce(p.other_row, -1) = coalesce(s.other_row, -1)
),
answered AS (
  SELECT *,
    CASE WHEN NOT started OR dead OR barred THEN FALSE WHEN started AND alive
      AND free THEN TRUE END AS in_force,
    CASE WHEN at_lo IS NULL THEN NULL WHEN NOT started_at_lo OR dead_at_lo OR barred_at_lo THEN FALSE
      WHEN started_at_lo AND alive_at_lo AND free_at_lo THEN TRUE END AS in_force_at_lo,
    CASE WHEN at_hi IS NULL THEN NULL WHEN NOT started_at_hi OR dead_at_hi OR barred_at_hi THEN FALSE
      WHEN started_at_hi AND alive_at_hi AND free_at_hi THEN TRUE END AS in_force_at_hi
  FROM begun
)
SELECT variant, order_id, event_no, event_row, other_row, person_no, subject, at_lo, at_hi, is_bound,
  in_force, is_shown,
  verdict_of(is_bound, in_force, is_shown) AS verdict,
  coalesce(is_bound, TRUE) AND coalesce(in_force, TRUE) AND coalesce(is_shown, TRUE) AS may_be_violated,
  margin_lo, margin_hi, unknown_bits, rule_facts, people_lo, people_hi,
  in_force IS NULL AND (at_lo IS NULL OR at_hi IS NULL OR in_force_at_lo IS NOT NULL
    OR in_force_at_hi IS NOT NULL) AS moment_decides,
  in_force IS NULL AND ((at_lo IS NOT NULL AND in_force_at_lo IS NULL)
    OR (at_hi IS NOT NULL AND in_force_at_hi IS NULL)) AS act_decides
FROM answered
ORDER BY variant ASC NULLS LAST, event_no ASC NULLS LAST, other_row ASC NULLS LAST
