-- order_scope: whether an order protects the subject of an event: all conditions of its class hold
-- inputs: order_conditions, order_condition_values, order_events, event_attributes
-- kept: table
--
-- A condition holds where every value that the attribute can have is among its values, fails where none is (the other way round where it is negated: is none
-- of these), and is open otherwise: where members of a
-- cohort differ, or nothing is recorded. `unknown_bits` adds up the bits of the open conditions. Values are compared in capitals.
WITH events AS (
  SELECT DISTINCT event_no FROM order_events
),
answers AS (
  SELECT c.order_id, c.condition_bit, c.is_negated, e.event_no, count(a.value) AS n_values, sum(CASE WHEN v.value IS NOT NULL THEN 1 ELSE 0 END) AS n_within
  FROM order_conditions c
  CROSS JOIN events e
  LEFT JOIN event_attributes a ON a.event_no = e.event_no AND a.attribute = c.attribute
  LEFT JOIN order_condition_values v ON v.order_id = c.order_id AND v.condition_bit = c.condition_bit AND upper(v.value) = upper(a.value)
  GROUP BY c.order_id, c.condition_bit, c.is_negated, e.event_no
),
totals AS (
  SELECT order_id, event_no,
    max(CASE WHEN n_values > 0 AND n_within = CASE WHEN is_negated THEN n_values ELSE 0 END THEN 1 ELSE 0 END) AS any_fails,
    min(CASE WHEN n_values > 0 AND n_within = CASE WHEN is_negated THEN 0 ELSE n_values END THEN 1 ELSE 0 END) AS all_hold,
    CAST(sum(CASE WHEN n_values > 0 AND (n_within = 0 OR n_within = n_values) THEN 0 ELSE condition_bit END) AS BIGINT) AS unknown_bits
  FROM answers
  GROUP BY order_id, event_no
)
SELECT order_id, event_no, CASE WHEN any_fails = 1 THEN FALSE WHEN all_hold = 1 THEN TRUE END AS is_protected, unknown_bits
FROM totals
ORDER BY order_id ASC NULLS LAST, event_no ASC NULLS LAST
