-- event_questions: each term of an order that forbids or requires a kind of event, beside each event of that
--   kind
-- inputs: order_terms, order_events, stated_scope, term_answers, recorded_answers
-- kept: view
--
-- The instant asked about (`at_lo`, `at_hi`) is the phase of the event at which the construction holds it to
-- be done; of a term that requires something it is the deadline; or the instant that an answer gives
-- (`term_answers`, `recorded_answers`). Shown: of what is plainly forbidden, that it happened; else what the
-- answer says. An event stands beside a required term where it may be the act that answers it, or denies it.
-- A recorded event says where it took people, nothing of what it answers, nor of what came before it, and
-- stands beside a required term only where the order names people. Free: the duty of this term never arose
-- for the subject, or was excused. The margin is the time from the beginning of the order to the event, or
-- from the deadline to it, where the answer gives no other.
WITH answers AS (
  SELECT * FROM term_answers UNION ALL SELECT * FROM recorded_answers
)
SELECT t.variant, e.event_no, e.event_row, CAST(NULL AS BIGINT) AS other_row, e.person_no, e.subject,
  CASE WHEN a.has_at THEN a.at_lo WHEN t.is_required THEN t.deadline_lo ELSE e.lo END AS at_lo,
  CASE WHEN a.has_at THEN a.at_hi WHEN t.is_required THEN t.deadline_hi ELSE e.hi END AS at_hi,
  CASE WHEN a.variant IS NULL THEN TRUE ELSE NOT a.is_free END AS is_bound_by_rule,
  CASE WHEN a.variant IS NOT NULL THEN a.is_shown WHEN t.is_required THEN NULL
    WHEN t.is_plain OR NOT e.happened THEN e.happened END AS is_shown,
  CASE WHEN a.has_margin THEN a.margin_lo
    WHEN t.is_required THEN elapsed_lo(t.deadline_lo, t.deadline_hi, e.lo, e.hi)
    ELSE elapsed_lo(t.begin_lo, t.begin_hi, e.lo, e.hi) END AS margin_lo,
  CASE WHEN a.has_margin THEN a.margin_hi
    WHEN t.is_required THEN elapsed_hi(t.deadline_lo, t.deadline_hi, e.lo, e.hi)
    ELSE elapsed_hi(t.begin_lo, t.begin_hi, e.lo, e.hi) END AS margin_hi,
  CAST(NULL AS STRING) AS rule_facts
FROM order_terms t
JOIN order_events e ON e.kind = t.kind AND e.phase = t.phase
LEFT JOIN stated_scope s ON s.order_id = t.order_id AND s.event_no = e.event_no
LEFT JOIN answers a ON a.variant = t.variant AND a.event_no = e.event_no
WHERE CASE WHEN t.is_required THEN a.variant IS NOT NULL
  OR (e.event_row IS NOT NULL AND t.names_people) ELSE e.event_row IS NOT NULL OR NOT s.is_silent END
