-- order_scope: whether an order protects the subject of an event: all conditions of its class hold
-- inputs: order_conditions, value_likeness, order_events, recorded_attributes, recorded_people,
--   order_individuals, order_links, stated_scope
-- kept: table
--
-- Of events stated in files the answer is given (`stated_scope`). Of recorded events, a condition holds where
-- the row's value is among its values, fails where it is not (the other way round where it is negated), and
-- is open where nothing is recorded, the person's rows differ, or the value may be one of them under another
-- spelling (`value_likeness`). Being one of the individuals is asked of the person that the row
-- names: the same where somebody says so; another where somebody says that, or where the individual is known
--   in that release under another id; else not known.
-- `unknown_bits` adds up the bits of the open conditions.
WITH events AS (
  SELECT DISTINCT event_no FROM order_events WHERE event_row IS NOT NULL
),
matched AS (
  SELECT order_id, condition_bit, attribute, value, max(CASE WHEN is_same THEN 1 ELSE 0 END) AS is_within,
    max(CASE WHEN is_same IS NULL THEN 1 ELSE 0 END) AS is_alike
  FROM value_likeness
  GROUP BY order_id, condition_bit, attribute, value
),
valued AS (
  SELECT c.order_id, c.condition_bit, c.is_negated, e.event_no,
    sum(CASE WHEN m.is_within = 1 THEN 1 ELSE 0 END) AS n_within,
    sum(CASE WHEN m.is_within = 0 AND m.is_alike = 1 THEN 1 ELSE 0 END) AS n_alike,
      sum(CASE WHEN m.is_within = 0 AND m.is_alike = 0 THEN 1 ELSE 0 END) AS n_other
  FROM order_conditions c
  CROSS JOIN events e
  LEFT JOIN recorded_attributes a ON a.event_no = e.event_no AND a.attribute = c.attribute
  LEFT JOIN matched m ON m.order_id = c.order_id AND m.condition_bit = c.condition_bit
    AND m.attribute = a.attribute AND m.value = a.value
  WHERE c.attribute <> 'individual'
  GROUP BY c.order_id, c.condition_bit, c.is_negated, e.event_no
),
compared AS (
  SELECT i.order_id, i.individual_no, e.event_no,
    max(CASE WHEN k.is_same AND k.unique_identifier = p.unique_identifier THEN 1 ELSE 0 END) AS is_same,
    max(CASE WHEN NOT k.is_same AND k.unique_identifier = p.unique_identifier THEN 1 WHEN k.is_same
      AND k.unique_identifier <> p.unique_identifier THEN 1 ELSE 0 END) AS is_other
  FROM order_individuals i
  CROSS JOIN events e
  LEFT JOIN recorded_people p ON p.event_no = e.event_no
  LEFT JOIN order_links k ON k.order_id = i.order_id AND k.individual_no = i.individual_no
    AND k.release = p.release
  GROUP BY i.order_id, i.individual_no, e.event_no
),
answers AS (
  SELECT order_id, condition_bit, event_no,
    CASE WHEN CASE WHEN is_negated THEN n_other ELSE n_within END > 0
      AND CASE WHEN is_negated THEN n_within + n_alike ELSE n_other END = 0 THEN 1 ELSE 0 END AS holds,
    CASE WHEN CASE WHEN is_negated THEN n_within ELSE n_other END > 0
      AND CASE WHEN is_negated THEN n_other ELSE n_within + n_alike END = 0 THEN 1 ELSE 0 END AS fails
  FROM valued
  UNION ALL
  SELECT c.order_id, c.condition_bit, m.event_no, max(m.is_same) AS holds,
    min(CASE WHEN m.is_same = 0 THEN m.is_other ELSE 0 END) AS fails
  FROM order_conditions c
  JOIN compared m ON m.order_id = c.order_id
  WHERE c.attribute = 'individual'
  GROUP BY c.order_id, c.condition_bit, m.event_no
),
totals AS (
  SELECT order_id, event_no, max(fails) AS any_fails, min(holds) AS all_hold,
    CAST(sum(CASE WHEN holds = 1 OR fails = 1 THEN 0 ELSE condition_bit END) AS BIGINT) AS unknown_bits
  FROM answers
  GROUP BY order_id, event_no
)
SELECT order_id, event_no, CASE WHEN any_fails = 1 THEN FALSE WHEN all_hold = 1 THEN TRUE END AS is_protected,
  unknown_bits,
  CAST(NULL AS BIGINT) AS people_lo, CAST(NULL AS BIGINT) AS people_hi
FROM totals
UNION ALL
SELECT order_id, event_no, is_protected, unknown_bits, people_lo, people_hi FROM stated_scope
ORDER BY order_id ASC NULLS LAST, event_no ASC NULLS LAST
