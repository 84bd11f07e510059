-- event_questions: each term of an order that forbids or requires a kind of event, beside each event of that kind
-- inputs: order_terms, order_events
-- kept: view
--
-- The instant asked about (`at_lo`, `at_hi`) is the phase of the event at which the construction holds it to be done; of a term that requires something it is
-- the deadline. Shown: of what is forbidden, that it happened; of what is required, that it was done after the deadline, and that it was not only where it is
-- said to have been done. The margin is the time from the beginning of the order to the event, or from the deadline to it.
SELECT t.variant, e.event_no, e.event_row, CAST(NULL AS BIGINT) AS other_row, e.person_no, e.subject,
  CASE WHEN t.is_required THEN t.deadline_lo ELSE e.lo END AS at_lo,
  CASE WHEN t.is_required THEN t.deadline_hi ELSE e.hi END AS at_hi,
  TRUE AS is_bound_by_rule,
  CASE
    WHEN NOT t.is_required THEN e.happened
    WHEN after(e.lo, e.hi, t.deadline_lo, t.deadline_hi) THEN TRUE
    WHEN e.happened AND NOT after(e.lo, e.hi, t.deadline_lo, t.deadline_hi) THEN FALSE
  END AS is_shown,
  CASE WHEN t.is_required THEN elapsed_lo(t.deadline_lo, t.deadline_hi, e.lo, e.hi) ELSE elapsed_lo(t.begin_lo, t.begin_hi, e.lo, e.hi) END AS margin_lo,
  CASE WHEN t.is_required THEN elapsed_hi(t.deadline_lo, t.deadline_hi, e.lo, e.hi) ELSE elapsed_hi(t.begin_lo, t.begin_hi, e.lo, e.hi) END AS margin_hi,
  CAST(NULL AS STRING) AS rule_facts
FROM order_terms t
JOIN order_events e ON e.kind = t.kind AND e.phase = t.phase
