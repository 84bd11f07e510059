-- event_questions: each term of an order that forbids or requires a kind of event, beside each event of that
--   kind
-- inputs: order_terms, order_events, stated_scope, term_answers
-- kept: view
--
-- The instant asked about (`at_lo`, `at_hi`) is the phase of the event at which the construction holds it to
-- be done; of a term that requires something it is the deadline. Shown: of what is forbidden, that it
-- happened; of what is required, what `term_answers` says: an event stands beside a required term where it
-- may be the act that answers it, or denies it. A recorded event says nothing of what it answers, and stands
-- there only where the order names people. The margin is the time from the beginning of the order to the
-- event, or from the deadline to it.
SELECT t.variant, e.event_no, e.event_row, CAST(NULL AS BIGINT) AS other_row, e.person_no, e.subject,
  CASE WHEN t.is_required THEN t.deadline_lo ELSE e.lo END AS at_lo,
  CASE WHEN t.is_required THEN t.deadline_hi ELSE e.hi END AS at_hi,
  TRUE AS is_bound_by_rule,
  CASE WHEN t.is_required THEN a.is_shown ELSE e.happened END AS is_shown,
  CASE WHEN t.is_required THEN elapsed_lo(t.deadline_lo, t.deadline_hi, e.lo, e.hi)
    ELSE elapsed_lo(t.begin_lo, t.begin_hi, e.lo, e.hi) END AS margin_lo,
  CASE WHEN t.is_required THEN elapsed_hi(t.deadline_lo, t.deadline_hi, e.lo, e.hi)
    ELSE elapsed_hi(t.begin_lo, t.begin_hi, e.lo, e.hi) END AS margin_hi,
  CAST(NULL AS STRING) AS rule_facts
FROM order_terms t
JOIN order_events e ON e.kind = t.kind AND e.phase = t.phase
LEFT JOIN stated_scope s ON s.order_id = t.order_id AND s.event_no = e.event_no
LEFT JOIN term_answers a ON a.variant = t.variant AND a.event_no = e.event_no
WHERE CASE WHEN t.is_required THEN a.variant IS NOT NULL
  OR (e.event_row IS NOT NULL AND t.names_people) ELSE e.event_row IS NOT NULL OR NOT s.is_silent END
